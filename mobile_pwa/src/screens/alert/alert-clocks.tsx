// The clocks of an alert: the reader's own first, those of other units named and folded away.
import type { AlertPage, CardPromise } from "../../../../static/src/shared/shapes";
import { pausedOf } from "../../../../static/src/shared/urgency";
import { t } from "../../../../static/src/shared/words";
import { session } from "../../core/session";
import { ClockCard, promiseName, promiseOf } from "../../parts/due";
import { unitsOf } from "../own-clocks";

type Props = { alert: AlertPage; now: number };

export function AlertClocks({ alert, now }: Props) {
  // whoever was merged into another one waits for that one
  const promises = alert.merged?.promises ?? alert.promises;
  const explained = pausedOf(promises); // all are paused for one reason, said beside one of them
  const running = promises
    .filter((promise) => promise.state === "running" || promise === explained)
    .sort((a, b) => String(a.due_at).localeCompare(String(b.due_at)));
  const mine = ownUnits(alert);
  const isOwn = ({ support }: CardPromise): boolean => (mine.length > 0 ? mine.includes(support ?? "") : !support);
  const own = running.filter(isOwn);
  const others = running.filter((promise) => !isOwn(promise));
  const cards = (of: readonly CardPromise[], nameOf: (promise: CardPromise) => string) =>
    of.map((promise) => <ClockCard key={`${promise.support ?? ""} ${promise.clock}`} alert={alert} promise={promise} now={now} name={nameOf(promise)} />);
  if (own.length === 0) return <>{cards(others, promiseOf)}</>;
  return (
    <>
      {cards(own, promiseName)}
      {others.length > 0 && (
        <details class="other-clocks">
          <summary>{t("alert.other_clocks", { n: others.length })}</summary>
          {cards(others, promiseOf)}
        </details>
      )}
    </>
  );
}

/** The units for which the reader helps, as far as they have to come. Answers that older versions kept have none. */
export const ownUnits = (alert: AlertPage): string[] =>
  (alert.helping ?? []).filter(({ unit, mode }) => mode !== "informed" && unitsOf(alert, session.value).includes(unit)).map(({ unit }) => unit);
