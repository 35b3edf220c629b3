// Steps on this phone whose alerts stand in no list any more: taken elsewhere, they would be out of reach.
import type { Card } from "../../../static/src/shared/shapes";
import { t } from "../../../static/src/shared/words";
import { useCell } from "../core/cell";
import { to } from "../core/route";
import type { QueuedStep } from "../core/rows";
import { CardLink } from "../parts/card";
import { queue } from "../steps/queue";
import { queuedName, ofAlert } from "../steps/queued";

/** One card for each alert; `shown`: the list beside which they stand. */
export function StraySteps({ shown }: { shown: readonly Card[] | null }) {
  const listed = new Set(shown?.map(({ id }) => id));
  return <>{cardsOf(useCell(queue).filter(({ alert }) => !listed.has(alert)))}</>;
}

/** Of all alerts, those with a step that was refused. */
export function RefusedSteps() {
  const steps = useCell(queue);
  const refused = new Set(steps.filter(({ state }) => state === "refused").map(({ alert }) => alert));
  return <>{cardsOf(steps.filter(({ alert }) => refused.has(alert)))}</>;
}

const cardsOf = (steps: readonly QueuedStep[]) =>
  [...new Set(steps.map(({ alert }) => alert))].map((alert) => {
    const own = ofAlert(steps, alert);
    return (
      <CardLink
        key={alert}
        href={to("alert", alert)}
        icon="note"
        title={own[0]?.title ?? ""}
        second={own.map(queuedName).join(" · ")}
        badge={<Waits steps={own} />}
      />
    );
  });

export function Waits({ steps }: { steps: readonly QueuedStep[] }) {
  const isRefused = steps.some(({ state }) => state === "refused");
  return (
    <span class={isRefused ? "pill warn" : "pill"}>
      {t(isRefused ? "tasks.refused" : "tasks.waiting", { n: steps.length })}
    </span>
  );
}
