// The questions of a category's form: one control for each kind that the server declares.
import type { ComponentChildren } from "preact";
import type { FormQuestion } from "../../../../static/src/shared/shapes";
import { instantOf, localTime } from "../../../../static/src/shared/time";
import { label, t } from "../../../../static/src/shared/words";
import type { AnswerValue } from "../../core/rows";
import { Line, Pick, Segments } from "../../parts/fields";

type QuestionProps = { field: FormQuestion; answer: AnswerValue | undefined; wrong: string | undefined; put: (answer: AnswerValue) => void };

/** By kind; a test compares them with `dispatch/rules/questions`. */
const CONTROLS: Record<string, (props: QuestionProps) => ComponentChildren> = {
  text: FreeText,
  number: Decimal,
  choice: One,
  choices: Several,
  yes_no: YesNo,
  date_time: Moment,
  unit: Unit,
};

/** A kind that this phone does not know yet, from a newer server, is asked in words. */
export function Question(props: QuestionProps) {
  const Control = CONTROLS[props.field.kind] ?? FreeText;
  return <Control {...props} />;
}

function FreeText({ answer, put, ...asked }: QuestionProps) {
  return <Line {...lineOf(asked)} value={answer === undefined ? "" : String(answer)} put={put} />;
}

/** What is no number stays as it was typed, so that its fault can be told. */
function Decimal({ answer, put, ...asked }: QuestionProps) {
  const write = (text: string): void => {
    const number = Number(text.replace(",", "."));
    put(text.trim() !== "" && Number.isFinite(number) ? number : text);
  };
  return <Line {...lineOf(asked)} value={answer === undefined ? "" : String(answer)} inputMode="decimal" put={write} />;
}

/** Asked by the city's clock, sent as an instant; nothing chosen is no answer. */
function Moment({ answer, put, ...asked }: QuestionProps) {
  const value = answer === undefined ? "" : clockTimeOf(String(answer));
  return <Line {...lineOf(asked)} value={value} type="datetime-local" put={(local) => put(instantOf(local) ?? "")} />;
}

function One({ field, answer, wrong, put }: QuestionProps) {
  return <Segments {...groupOf(field, wrong)} options={optionsOf(field)} value={idOf(answer)} put={put} />;
}

function Several({ field, answer, wrong, put }: QuestionProps) {
  const chosen = Array.isArray(answer) ? answer : [];
  const turn = (id: string): void => put(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  return <Segments {...groupOf(field, wrong)} many options={optionsOf(field)} value={chosen} put={turn} />;
}

function YesNo({ field, answer, wrong, put }: QuestionProps) {
  const options = ["yes", "no"].map((id) => ({ id, label: t(`words.choice.${id}`) }));
  const value = answer === undefined ? "" : answer === true ? "yes" : "no";
  return <Segments {...groupOf(field, wrong)} options={options} value={value} put={(id) => put(id === "yes")} />;
}

/** Too many to lie side by side. */
function Unit({ field, answer, wrong, put }: QuestionProps) {
  return <Pick label={label(field.label)} required={field.required} wrong={wrong} options={optionsOf(field)} value={idOf(answer)} put={put} />;
}

const lineOf = ({ field, wrong }: { field: FormQuestion; wrong: string | undefined }) => ({
  label: label(field.label),
  required: field.required,
  inputMode: "text" as const,
  wrong,
});
const groupOf = (field: FormQuestion, wrong: string | undefined) => ({ legend: label(field.label), required: field.required, wrong });
const optionsOf = (field: FormQuestion) => (field.choices ?? []).map(({ id, label: name }) => ({ id, label: label(name) }));
const idOf = (answer: AnswerValue | undefined): string => (typeof answer === "string" ? answer : "");

/** By the city's clock, for the input; nothing where no instant was given. */
const clockTimeOf = (instant: string): string => (Number.isNaN(Date.parse(instant)) ? "" : localTime(instant));
