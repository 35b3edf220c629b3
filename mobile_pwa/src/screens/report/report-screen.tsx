// The four questions of a report, one screen each; what is filled in is kept at once.
import type { ComponentChildren } from "preact";
import { Icon } from "../../../../static/src/shared/mark";
import { t } from "../../../../static/src/shared/words";
import { useCell } from "../../core/cell";
import { categoryOf, useForms } from "../../core/playbook";
import { goInstead, route } from "../../core/route";
import { Blank, Mistake } from "../../parts/note";
import { Screen } from "../../parts/screen";
import { reports, saved } from "../../reports/drawer";
import { PARTS, type Part, type Report } from "../../reports/report";
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
  if (!report) return <Lost />;
  const part = PARTS.find((one) => one === step) ?? "photo";
  const Step = STEPS[part];
  const category = categoryOf(forms, report.category);
  const mustWarn = category?.life_safety === true && !report.warned && part !== "photo" && part !== "category";
  return (
    <>
      <Step key={part} report={report} />
      {mustWarn && <Warning report={report} />}
    </>
  );
}

type FrameProps = { part: Part; flush?: boolean; foot: ComponentChildren; children: ComponentChildren };

/** Bar, the four steps, and 已存: the promise that nothing is lost. */
export function ReportFrame({ part, flush = false, foot, children }: FrameProps) {
  const at = PARTS.indexOf(part);
  const back = (): void => {
    const before = PARTS[at - 1];
    if (before) goInstead("report", route.value.id, before);
    else goInstead("home");
  };
  return (
    <Screen title={t("report.title")} onBack={back} close={at === 0} side={<SavedMark />} flush={flush} foot={foot}>
      <ol class="steps">
        {PARTS.map((one, i) => (
          <li key={one} class={i < at ? "past" : i === at ? "now" : ""} aria-current={i === at ? "step" : undefined}>
            {t(`report.part.${one}`)}
          </li>
        ))}
      </ol>
      <FullPhone />
      {children}
    </Screen>
  );
}

export function NextButton({ to, id, onPress, children }: { to?: Part; id: string; onPress?: () => void; children: ComponentChildren }) {
  const press = (): void => {
    onPress?.();
    if (to) goInstead("report", id, to);
  };
  return <button type="button" class="btn main big wide" onClick={press}>{children}</button>;
}

function SavedMark() {
  const state = useCell(saved);
  if (state === "failed") return null;
  return (
    <span class={state === "saved" ? "saved" : "saved busy"}>
      <Icon name="check" size="xs" />
      {t("report.saved")}
    </span>
  );
}

function FullPhone() {
  return useCell(saved) === "failed" ? <Mistake>{t("trouble.full")}</Mistake> : null;
}

function Lost() {
  return (
    <Screen title={t("report.title")} onBack={() => goInstead("home")}>
      <Blank icon="note">{t("report.lost")}</Blank>
    </Screen>
  );
}
