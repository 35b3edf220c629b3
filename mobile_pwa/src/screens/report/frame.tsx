// The frame around each of the four questions: bar, the way through, and the mark that it is kept.
import type { ComponentChildren } from "preact";
import { Icon } from "../../../../static/src/shared/mark";
import { t } from "../../../../static/src/shared/words";
import { useCell } from "../../core/cell";
import { goInstead, route } from "../../core/route";
import { Mistake } from "../../parts/note";
import { Screen } from "../../parts/screen";
import { PARTS, type Part } from "../../reports/report";
import { saved } from "../../reports/store";

type FrameProps = { part: Part; flush?: boolean; foot: ComponentChildren; children: ComponentChildren };

/** Bar, the four steps, and the mark 已存. */
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

type NextProps = { to?: Part; id: string; onPress?: () => void; disabled?: boolean; children: ComponentChildren };

export function NextButton({ to, id, onPress, disabled = false, children }: NextProps) {
  const press = (): void => {
    onPress?.();
    if (to) goInstead("report", id, to);
  };
  return <button type="button" class="btn main big wide" disabled={disabled} onClick={press}>{children}</button>;
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
