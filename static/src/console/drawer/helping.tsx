// The units beside the lead, also the one that comes first: how far each is, and its own clocks.
import { Icon } from "../../shared/mark";
import type { AlertPromise, HelpingUnit, Labels } from "../../shared/shapes";
import { t } from "../../shared/words";
import { Clocks } from "./clocks";

type Props = {
  helping: readonly HelpingUnit[];
  promises: readonly AlertPromise[];
  lifeSafety: boolean;
  now: number;
  labels: Labels;
};

export function Helping({ helping, promises, lifeSafety, now, labels }: Props) {
  if (helping.length === 0) return null;
  const come = helping.filter(({ mode }) => mode !== "informed");
  const informed = helping.filter(({ mode }) => mode === "informed");
  return (
    <section class="helping" aria-label={t("helping.label")}>
      {helping.some(({ mode }) => mode !== "first") && <h3>{t("helping.label")}</h3>}
      {come.map((helper) => (
        <div key={helper.unit} class="helper" data-unit={helper.unit} data-state={helper.state}>
          <p>
            <b>{comerName(helper)}</b>
            <span class={helper.state === "finished" ? "soft" : "helper-state"}>
              {helper.state === "finished" && <Icon name="check" size="s" />}
              {helper.state_label}
            </span>
          </p>
          <Clocks
            label={t("helping.clocks", { unit: helper.label })}
            promises={promises.filter(({ support }) => support === helper.unit)}
            lifeSafety={lifeSafety}
            now={now}
            labels={labels}
          />
        </div>
      ))}
      {informed.length > 0 && (
        <p class="soft">{t("helping.told", { units: informed.map(({ label }) => label).join(t("helping.comma")) })}</p>
      )}
    </section>
  );
}

/** 先期处置 · 福田街道: what it comes for, where that is not to help the lead. */
const comerName = ({ mode, label }: HelpingUnit): string =>
  mode === "first" ? t("helping.first", { unit: label }) : label;
