// How much time is left? Mark and words, and the ruler below them.
import { useEffect, useState } from "preact/hooks";
import { Mark } from "../../../static/src/shared/mark";
import { Ruler } from "../../../static/src/shared/ruler";
import type { CardPromise } from "../../../static/src/shared/shapes";
import { awaits, shareOf, type Standable, type Standing, standingOfPromise } from "../../../static/src/shared/standing";
import { pausedShort, pausedWhy } from "../../../static/src/shared/paused";
import { dayTime, leftWords } from "../../../static/src/shared/time";
import { t } from "../../../static/src/shared/words";
import { serverClock } from "../core/city";
import { unitName } from "../core/playbook";

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

export function Due({ standing }: { standing: Standing }) {
  const words = awaits(standing) ? t("words.promise.pending") : standing.left === null ? wordsAtRest(standing) : leftWords(standing.left, standing.late);
  return (
    <span class={`due st-${standing.state}${standing.state === "ok" ? " calm" : ""}`}>
      <Mark state={standing.state} />
      {words}
    </span>
  );
}

const wordsAtRest = ({ paused }: Standing): string => (paused ? pausedShort(paused) : t("words.paused.title"));

type Props = { alert: Pick<Standable, "life_safety" | "whistle">; promise: CardPromise; now: number };

export function Clock({ alert, promise, now }: Props) {
  if (promise.paused) return <StandingClock promise={promise} now={now} />;
  const standing = standingOfPromise(alert, promise, now);
  if (!standing || promise.due_at === null) return null;
  return (
    <div class="clock">
      <div>
        <Due standing={standing} />
        <small>
          {t("due.before", { clock: clockName(promise), time: dayTime(promise.due_at, now) })}
        </small>
      </div>
      <Ruler share={standing.share} state={standing.state} />
    </div>
  );
}

/** Whose it is, where it is not the lead's. */
export function clockName({ clock, support }: CardPromise): string {
  const name = t(`words.clock.${clock}`);
  return support ? t("words.support_clock", { unit: unitName(support) ?? support, clock: name }) : name;
}

/** It stands: what is left, why, by whom and until when. */
function StandingClock({ promise, now }: { promise: CardPromise; now: number }) {
  return (
    <div class="clock">
      <div class="at-rest">
        <span class="due st-paused"><Mark state="paused" />{t("words.paused.of", { clock: clockName(promise) })}</span>
        <small>{pausedWhy(promise, now, unitName)}</small>
      </div>
      <Ruler share={shareOf(promise, now)} state="paused" />
    </div>
  );
}
