// How much time is left: mark and words, and the ruler below them.
import { useEffect, useState } from "preact/hooks";
import { clockName } from "../../../static/src/shared/city-words";
import { Mark } from "../../../static/src/shared/mark";
import { shareOf } from "../../../static/src/shared/progress";
import { pausedShort, pausedWhy, timeLeft } from "../../../static/src/shared/promise-words";
import { Ruler } from "../../../static/src/shared/ruler";
import type { CardPromise } from "../../../static/src/shared/shapes";
import { dayTime } from "../../../static/src/shared/time";
import { type Urgency, urgencyOfPromise, type WithPromises } from "../../../static/src/shared/urgency";
import { t } from "../../../static/src/shared/words";
import { unitLabel } from "../core/playbook";
import { serverClock } from "../core/server";

const TICK_MS = 15_000;

/** The server's time, read again now and then; words change, nothing moves. */
export function useNow(everyMs = TICK_MS): number {
  const [now, setNow] = useState(() => serverClock.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(serverClock.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}

export function Due({ urgency }: { urgency: Urgency }) {
  return (
    <span class={`due st-${urgency.state}${urgency.state === "ok" ? " calm" : ""}`}>
      <Mark state={urgency.state} />
      {timeLeft(urgency) ?? atRest(urgency)}
    </span>
  );
}

const atRest = ({ paused }: Urgency): string => (paused ? pausedShort(paused) : t("words.paused.title"));

type ShownPromise = { promise: CardPromise; now: number };
type Props = ShownPromise & {
  alert: Pick<WithPromises, "life_safety" | "whistle">;
  /** What it is called here. */
  name: string;
};

export function ClockCard({ alert, promise, now, name }: Props) {
  if (promise.paused) return <PausedClock promise={promise} now={now} name={name} />;
  const urgency = urgencyOfPromise(alert, promise, now);
  if (!urgency || promise.due_at === null) return null;
  return (
    <div class="clock">
      <div>
        <Due urgency={urgency} />
        <small>
          {t("due.before", { clock: name, time: dayTime(promise.due_at, now) })}
        </small>
      </div>
      <Ruler share={urgency.share} state={urgency.state} />
    </div>
  );
}

/** Whose it is, where it is not the lead's. */
export function promiseName({ clock, support, mode }: CardPromise): string {
  const name = clockName(clock);
  if (!support) return name;
  return t(mode === "first" ? "due.first_clock" : "words.support_clock", { unit: unitLabel(support) ?? support, clock: name });
}

/** Whose it is, also where it is the lead's or the verifier's: 深圳燃气集团处置. */
export function promiseOf(promise: CardPromise): string {
  const unit = promise.support ? null : unitLabel(promise.unit ?? null);
  return unit ? t("due.unit_clock", { unit, clock: clockName(promise.clock) }) : promiseName(promise);
}

/** Paused: what is left, why, by whom and until when. */
function PausedClock({ promise, now, name }: ShownPromise & { name: string }) {
  return (
    <div class="clock">
      <div class="at-rest">
        <span class="due st-paused"><Mark state="paused" />{t("words.paused.of", { clock: name })}</span>
        <small>{pausedWhy(promise, now, unitLabel)}</small>
      </div>
      <Ruler share={shareOf(promise, now)} state="paused" />
    </div>
  );
}
