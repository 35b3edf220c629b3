// A few words and the category's own questions, then send.
import { useState } from "preact/hooks";
import { choiceName } from "../../../../static/src/shared/city-words";
import { Icon } from "../../../../static/src/shared/mark";
import type { FormField } from "../../../../static/src/shared/shapes";
import { label, t } from "../../../../static/src/shared/words";
import { categoryOf, useForms } from "../../core/playbook";
import { goInstead, to } from "../../core/route";
import type { AnswerValue, Report } from "../../core/rows";
import { Area, Line, Pick, Segments } from "../../parts/fields";
import { Mistake, Tip } from "../../parts/note";
import { submit } from "../../reports/outbox";
import { lacks, type Lack, LONGEST_TEXT, shownFields } from "../../reports/report";
import { changeReport } from "../../reports/store";
import { ReportFrame } from "./frame";

export function WordsStep({ report }: { report: Report }) {
  const category = categoryOf(useForms(), report.category);
  const [tried, setTried] = useState(false);
  const missing = lacks(report, category);
  const faults = new Map(report.trouble?.faults.map(({ field, detail }) => [field.replace(/^answers\./, ""), detail]));
  const send = (): void => {
    setTried(true);
    if (missing.length > 0) return;
    // the id was made with the draft: a second and third press find the report on its way
    void submit(report.id);
    goInstead("sent", report.id);
  };
  return (
    <ReportFrame
      part="words"
      foot={<button type="button" class="btn main big wide" onClick={send}><Icon name="whistle" />{t("report.send")}</button>}
    >
      <h2 class="q">{t("words_step.title")}</h2>
      {report.state === "refused" && <Mistake>{report.trouble?.detail}</Mistake>}
      {tried && <Missing report={report} missing={missing} />}
      <Area
        label={t("words_step.text")}
        value={report.text}
        most={LONGEST_TEXT}
        required={report.photos.length === 0}
        wrong={faults.get("text")}
        hint={t("words_step.mic")}
        put={(text) => void changeReport(report.id, { text })}
      />
      {shownFields(category, report.answers).map((field) => (
        <Question
          key={field.name}
          field={field}
          answer={report.answers[field.name]}
          wrong={faults.get(field.name) ?? (tried && lackOf(missing, field.name) ? t("lack.answer") : undefined)}
          put={(answer) => void changeReport(report.id, { answers: { ...report.answers, [field.name]: answer } })}
        />
      ))}
      <Tip>{t("words_step.danger")}</Tip>
    </ReportFrame>
  );
}

const lackOf = (missing: readonly Lack[], field: string): boolean => missing.some((lack) => lack.field === field);

/** What is missing on other screens, each with the way there. */
function Missing({ report, missing }: { report: Report; missing: readonly Lack[] }) {
  const told = missing.filter(({ field }) => field === undefined);
  if (told.length === 0) return null;
  return (
    <Mistake>
      {told.map(({ part, key, params }) => (
        <a key={key} href={to("report", report.id, part)}>{t(key, params)}</a>
      ))}
    </Mistake>
  );
}

type QuestionProps = { field: FormField; answer: AnswerValue | undefined; wrong: string | undefined; put: (answer: AnswerValue) => void };

function Question({ field, answer, wrong, put }: QuestionProps) {
  const asked = { legend: label(field.label), required: field.required, wrong };
  const options = (field.choices ?? []).map(({ id, label: name }) => ({ id, label: label(name) }));
  if (field.kind === "unit") {
    return <Pick label={asked.legend} required={asked.required} wrong={wrong} options={options} value={typeof answer === "string" ? answer : ""} put={put} />;
  }
  if (field.kind === "choice") {
    return <Segments {...asked} options={options} value={typeof answer === "string" ? answer : ""} put={put} />;
  }
  if (field.kind === "choices") {
    const chosen = Array.isArray(answer) ? answer : [];
    const turn = (id: string): void => put(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
    return <Segments {...asked} many options={options} value={chosen} put={turn} />;
  }
  if (field.kind === "yes_no") {
    const yesNo = ["yes", "no"].map((id) => ({ id, label: choiceName(id) }));
    const value = answer === undefined ? "" : answer === true ? "yes" : "no";
    return <Segments {...asked} options={yesNo} value={value} put={(id) => put(id === "yes")} />;
  }
  return <Written field={field} answer={answer} wrong={wrong} put={put} />;
}

function Written({ field, answer, wrong, put }: QuestionProps) {
  const isNumber = field.kind === "number";
  const isTime = field.kind === "date_time";
  const write = (text: string): void => {
    if (isTime) return put(instantByPhone(text));
    const number = Number(text.replace(",", "."));
    put(isNumber && text.trim() !== "" && Number.isFinite(number) ? number : text);
  };
  return (
    <Line
      label={label(field.label)}
      value={answer === undefined ? "" : isTime ? phoneTimeOf(String(answer)) : String(answer)}
      inputMode={isNumber ? "decimal" : "text"}
      type={isTime ? "datetime-local" : "text"}
      required={field.required}
      wrong={wrong}
      put={write}
    />
  );
}

/** The input speaks the phone's clock, the server wants an instant; nothing chosen is no answer. */
function instantByPhone(local: string): string {
  const moment = new Date(local);
  return Number.isNaN(moment.getTime()) ? "" : moment.toISOString();
}

function phoneTimeOf(instant: string): string {
  const moment = new Date(instant);
  if (Number.isNaN(moment.getTime())) return "";
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
