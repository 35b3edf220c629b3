// How do its promises stand? Each clock as a ruler with its words.
import { Mark } from "../../shared/mark";
import { Ruler } from "../../shared/ruler";
import { say } from "../say";
import type { DetailPromise } from "../../shared/shapes";
import { isLate, type State } from "../../shared/standing";
import { dayTime, duration, leftWords } from "../../shared/time";
import { clockName } from "../words";

/** As the life of an alert goes. */
const ORDER = ["accept", "ruling", "sign", "contact", "arrive", "dispose", "verify", "rate"];

type Props = { promises: readonly DetailPromise[]; now: number };

export function Clocks({ promises, now }: Props) {
  const latest = latestRounds(promises);
  if (latest.length === 0) return null;
  return (
    <section class="cks" aria-label={say("clocks.label")}>
      {latest.map((promise) => (
        <Clock key={promise.clock} promise={promise} now={now} />
      ))}
    </section>
  );
}

function Clock({ promise, now }: { promise: DetailPromise; now: number }) {
  const { state, share, words } = readClock(promise, now);
  return (
    <div class={`ck st-${state}`}>
      <span>{clockName(promise.clock)}</span>
      <small>{promise.due_at === null ? "" : dayTime(promise.due_at, now)}</small>
      <span class={isLate(state) ? "due" : "due calm"}>
        <Mark state={state} />
        {words}
      </span>
      <Ruler share={share} state={state} />
    </div>
  );
}

export type ClockReading = { state: State; share: number; words: string };

/** In the promise's own time where the server counted it, else between its two instants. */
export function readClock(promise: DetailPromise, now: number): ClockReading {
  if (promise.due_at === null) {
    const why = promise.state === "paused" ? "clocks.paused" : "clocks.no_due";
    return { state: "paused", share: 0, words: say(why) };
  }
  const due = Date.parse(promise.due_at);
  const start = Date.parse(promise.started_at);
  if (promise.stopped_at !== null) return stopped(promise, start, due);
  const share = due > start ? Math.max(0, (now - start) / (due - start)) : 1;
  if (promise.state === "paused") return { state: "paused", share, words: say("clocks.paused") };
  const left = due - now;
  if (left <= 0) {
    return { state: promise.card ?? "yellow", share, words: leftWords(left) };
  }
  const state: State = share >= 0.8 ? "near" : share >= 0.5 ? "blue" : "ok";
  return { state, share, words: leftWords(left) };
}

function stopped(promise: DetailPromise, start: number, due: number): ClockReading {
  const end = Date.parse(promise.stopped_at ?? "");
  const share = due > start ? (end - start) / (due - start) : 0;
  const took = duration(end - start);
  if (promise.outcome === "missed" || end > due) {
    return { state: "done", share, words: say("clocks.missed", { time: duration(end - due) }) };
  }
  const key = promise.outcome === "met" ? "clocks.met" : "clocks.ended";
  return { state: "done", share: Math.min(share, 1), words: say(key, { time: took }) };
}

/** After rework a clock runs again: its last round is the one that counts now. */
function latestRounds(promises: readonly DetailPromise[]): DetailPromise[] {
  const byClock = new Map<string, DetailPromise>();
  for (const promise of promises) {
    const known = byClock.get(promise.clock);
    if (!known || known.started_at <= promise.started_at) byClock.set(promise.clock, promise);
  }
  return [...byClock.values()].sort((a, b) => ORDER.indexOf(a.clock) - ORDER.indexOf(b.clock));
}
