// The category: twelve pictures, a search over all words, or leave it to the street.
import { useEffect, useMemo, useState } from "preact/hooks";
import { Icon } from "../../../../static/src/shared/mark";
import type { FormCategory, Forms } from "../../../../static/src/shared/shapes";
import { troubleWords } from "../../../../static/src/shared/trouble-words";
import { t } from "../../../../static/src/shared/words";
import { useCell } from "../../core/cell";
import { formsTrouble, useForms } from "../../core/playbook";
import type { Report } from "../../core/rows";
import { Mistake } from "../../parts/note";
import { entriesOf, entryKey } from "../../reports/asking";
import { findCategories, UNSURE } from "../../../../static/src/shared/find-category";
import { changeReport, reports } from "../../reports/store";
import { groupsOf } from "./find-category";
import { NextButton, ReportFrame } from "./frame";
import { HeardSheets } from "./heard";
import { type Choosing, Tiles } from "./tiles";

export function CategoryStep({ report }: { report: Report }) {
  const forms = useForms();
  const trouble = useCell(formsTrouble);
  const [sought, setSought] = useState("");
  const choose = (code: string): void => {
    if (code !== report.category) void changeReport(report.id, { category: code, answers: {}, warned: false });
  };
  useEffect(() => document.querySelector('main [aria-pressed="true"]')?.scrollIntoView({ block: "nearest" }), [report.category]);
  return (
    <ReportFrame
      part="category"
      foot={report.category && <NextButton to="place" id={report.id}>{t("next")}</NextButton>}
    >
      <h2 class="q">{t("category.title")}</h2>
      <div class="find">
        <Icon name="search" />
        <input type="search" value={sought} aria-label={t("category.search")} placeholder={t("category.search")} onInput={(event) => setSought(event.currentTarget.value)} />
      </div>
      <HeardSheets report={report} text={sought} />
      {forms ? <Choices forms={forms} sought={sought} chosen={report.category} choose={choose} /> : null}
      {!forms && trouble !== null && <Mistake>{troubleWords(trouble)}</Mistake>}
    </ReportFrame>
  );
}

function Choices({ forms, sought, chosen, choose }: Choosing & { sought: string }) {
  const recent = useRecent(forms);
  const hits = useMemo(() => findCategories(forms, sought), [forms, sought]);
  const shownAbove = new Set(entriesOf(forms, recent).map(entryKey));
  const common = forms.categories.filter((category) => category.common && !entriesOf(forms, [category]).some((entry) => shownAbove.has(entryKey(entry))));
  const tiles = { forms, chosen, choose };
  if (sought.trim()) {
    const shown = entriesOf(forms, hits).length;
    return (
      <>
        <p class="g" role="status">{t(shown ? "category.found" : "category.none_found", { n: shown })}</p>
        <Tiles {...tiles} categories={hits} />
        <UnsureButton {...tiles} />
      </>
    );
  }
  return (
    <>
      {recent.length > 0 && <Group name={t("category.recent")} categories={recent} {...tiles} />}
      <Group name={t("category.common")} categories={common} {...tiles} />
      <UnsureButton {...tiles} />
      {groupsOf(forms).map(({ id, name, categories }) => (
        <details key={id} class="major">
          <summary>{name}<small>{categories.length}</small></summary>
          <Tiles {...tiles} categories={categories} />
        </details>
      ))}
    </>
  );
}

function Group({ name, ...tiles }: Choosing & { name: string; categories: readonly FormCategory[] }) {
  return (
    <>
      <h3 class="g">{name}</h3>
      <Tiles {...tiles} />
    </>
  );
}

function UnsureButton({ chosen, choose }: Pick<Choosing, "chosen" | "choose">) {
  return (
    <button type="button" class="rowb" aria-pressed={chosen === UNSURE} onClick={() => choose(UNSURE)}>
      <Icon name="support" />
      <span>{t("category.unsure")}</span>
      {chosen === UNSURE && <Icon name="check" />}
    </button>
  );
}

/** What this phone reported lately: no list of it is kept beyond the reports themselves. */
function useRecent(forms: Forms): FormCategory[] {
  const codes = new Set(useCell(reports).filter(({ state }) => state !== "draft").map(({ category }) => category));
  return forms.categories.filter(({ code }) => codes.has(code) && code !== UNSURE).slice(0, 3);
}
