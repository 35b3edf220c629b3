// A few words and the category's own questions, then send.
import { useEffect, useState } from "preact/hooks";
import { Icon } from "../../../../static/src/shared/mark";
import { type FormCategory, type FormQuestion, LONGEST_TEXT } from "../../../../static/src/shared/shapes";
import { showFault } from "../../../../static/src/shared/show-fault";
import { label, t } from "../../../../static/src/shared/words";
import { categoryOf, useForms } from "../../core/playbook";
import { goInstead, to } from "../../core/route";
import type { Report } from "../../core/rows";
import { Area, Pick } from "../../parts/fields";
import { Mistake, Tip } from "../../parts/note";
import { submit } from "../../reports/outbox";
import { type Lack, lacks, shownFields } from "../../reports/report";
import { changeReport } from "../../reports/store";
import { ReportFrame } from "./frame";
import { HeardSheets } from "./heard";
import { OfferedKinds } from "./offered-kinds";
import { Question } from "./questions";

export function WordsStep({ report }: { report: Report }) {
  const known = useForms();
  const category = categoryOf(known, report.category);
  const [tried, setTried] = useState(0);
  useEffect(() => void (tried > 0 && showFault(document.querySelector("main"))), [tried]);
  const missing = lacks(report, category);
  const faults = new Map(report.trouble?.faults.map(({ field, detail }) => [field.replace(/^answers\./, ""), detail]));
  const wrong = (field: string): string | undefined =>
    faults.get(field) ?? (tried > 0 && lackOf(missing, field) ? t(isAskedAsChoice(category, field) ? "lack.choice" : "lack.answer") : undefined);
  const send = async (): Promise<void> => {
    setTried(tried + 1);
    if (missing.length > 0) return;
    // the id was made with the draft: a second and third press find the report on its way
    await submit(report.id);
    goInstead("sent", report.id);
  };
  return (
    <ReportFrame
      part="words"
      foot={<button type="button" class="btn main big wide" onClick={() => void send()}><Icon name="whistle" />{t("report.send")}</button>}
    >
      <h2 class="q">{t("words_step.title")}</h2>
      {report.state === "refused" && <Mistake>{report.trouble?.detail}</Mistake>}
      {tried > 0 && <Missing report={report} missing={missing} />}
      <Area
        label={t("words_step.text")}
        value={report.text}
        most={LONGEST_TEXT}
        required={report.photos.length === 0}
        wrong={faults.get("text")}
        hint={t("words_step.mic")}
        put={(text) => void changeReport(report.id, { text })}
      />
      <HeardSheets report={report} text={report.text} />
      <OfferedKinds report={report} />
      <Questions report={report} fields={shownFields(category, report.answers)} wrong={wrong} />
      <About report={report} category={category} wrong={faults.get("about_unit")} />
      <Tip>{label(known?.danger?.hint, t("emergency.hint"))}</Tip>
    </ReportFrame>
  );
}

type QuestionsProps = { report: Report; fields: readonly FormQuestion[]; wrong: (field: string) => string | undefined };

function Questions({ report: { id, answers }, fields, wrong }: QuestionsProps) {
  return (
    <>
      {fields.map((field) => (
        <Question
          key={field.name}
          field={field}
          answer={answers[field.name]}
          wrong={wrong(field.name)}
          put={(answer) => void changeReport(id, { answers: { ...answers, [field.name]: answer } })}
        />
      ))}
    </>
  );
}

type AboutProps = { report: Report; category: FormCategory | null; wrong: string | undefined };

/** A complaint about a unit, of any kind of problem; folded, because most reports are none. */
function About({ report, category, wrong }: AboutProps) {
  const forms = useForms();
  if (!forms || category?.fields.some(({ kind }) => kind === "unit")) return null;
  const options = (forms.about ?? []).map((id) => ({ id, label: label(forms.units[id], id) }));
  const chosen = report.about_unit ?? "";
  return (
    <details open={chosen !== "" || wrong !== undefined}>
      <summary>{t("words_step.about_open")}</summary>
      <Pick
        label={t("words_step.about")}
        options={options}
        value={chosen}
        wrong={wrong}
        help={t("words_step.about_help")}
        put={(id) => void changeReport(report.id, { about_unit: id === "" ? null : id })}
      />
    </details>
  );
}

const CHOSEN = new Set(["choice", "choices", "yes_no", "unit"]);

const isAskedAsChoice = (category: FormCategory | null, name: string): boolean =>
  category?.fields.some((field) => field.name === name && CHOSEN.has(field.kind)) ?? false;

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
