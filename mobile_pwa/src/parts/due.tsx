// How much time is left? Mark and words, and the ruler below them.
import { useEffect, useState } from "preact/hooks";
import { Mark } from "../../../static/src/shared/mark";
import { Ruler } from "../../../static/src/shared/ruler";
import type { CardPromise } from "../../../static/src/shared/shapes";
import { type Standable, type Standing, standingOfPromise } from "../../../static/src/shared/standing";
import { dayTime, leftWords } from "../../../static/src/shared/time";
import { t } from "../../../static/src/shared/words";
import { serverClock } from "../core/city";

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
  const words = standing.left === null ? t("words.state.paused") : leftWords(standing.left);
  return (
    <span class={`due st-${standing.state}${standing.state === "ok" ? " calm" : ""}`}>
      <Mark state={standing.state} />
      {words}
    </span>
  );
}

type Props = { alert: Pick<Standable, "life_safety" | "whistle">; promise: CardPromise; now: number };

export function Clock({ alert, promise, now }: Props) {
  const standing = standingOfPromise(alert, promise, now);
  if (!standing || promise.due_at === null) return null;
  return (
    <div class="clock">
      <div>
        <Due standing={standing} />
        <small>
          {t("due.before", { clock: t(`words.clock.${promise.clock}`), time: dayTime(promise.due_at, now) })}
        </small>
      </div>
      <Ruler share={standing.share} state={standing.state} />
    </div>
  );
}
