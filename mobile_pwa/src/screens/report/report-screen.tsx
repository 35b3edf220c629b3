// The four questions of a report, one screen each. What is filled in is kept at once.
import type { ComponentChildren } from "preact";
import { t } from "../../../../static/src/shared/words";
import { useCell } from "../../core/cell";
import { categoryOf, useForms } from "../../core/playbook";
import { goInstead, route } from "../../core/route";
import type { Report } from "../../core/rows";
import { Instead } from "../../parts/instead";
import { Blank } from "../../parts/note";
import { Screen } from "../../parts/screen";
import { dangerOf, heardDanger, heeding, isHeeded } from "../../reports/life-words";
import { PARTS, type Part } from "../../reports/report";
import { changeReport, reports, reportsRead } from "../../reports/store";
import { AccusationSheet } from "./accusation";
import { CategoryStep } from "./category-step";
import { PhotoStep } from "./photo-step";
import { PlaceStep } from "./place-step";
import { Warning } from "./warning";
import { WordsStep } from "./words-step";

const STEPS: Record<Part, (props: { report: Report }) => ComponentChildren> = {
  photo: PhotoStep,
  category: CategoryStep,
  place: PlaceStep,
  words: WordsStep,
};

export function ReportScreen() {
  const { id, step } = useCell(route);
  const report = useCell(reports).find((one) => one.id === id);
  const forms = useForms();
  const isRead = useCell(reportsRead);
  if (!report) return isRead ? <Lost /> : null;
  // what was sent off is not changed any more
  if (report.state === "waiting" || report.state === "sent") return <Instead at={["sent", id]} />;
  const part = PARTS.find((one) => one === step) ?? "photo";
  const Step = STEPS[part];
  const category = categoryOf(forms, report.category);
  const calls = (category?.life_safety && dangerOf(forms, report)) || [];
  const goOn = (): void => {
    void changeReport(report.id, { warned: true, heeded: heeding(report, calls) });
  };
  const chooseAgain = (): void => {
    void changeReport(report.id, { category: null, answers: {} });
    goInstead("report", report.id, "category");
  };
  const mustWarn = !isHeeded(report, calls) && part !== "photo" && part !== "category";
  return (
    <>
      <Step key={part} report={report} />
      {mustWarn && <Warning numbers={calls} goOn={goOn} close={() => goInstead("report", id, "category")} />}
      {forms && category?.accusation && heardDanger(forms, report.text) === null && <AccusationSheet report={id} isNone={chooseAgain} />}
    </>
  );
}

function Lost() {
  return (
    <Screen title={t("report.title")} onBack={() => goInstead("home")}>
      <Blank icon="note">{t("report.lost")}</Blank>
    </Screen>
  );
}
