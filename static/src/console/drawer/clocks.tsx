// The clocks of an alert's promises, each as a ruler with its words.
import { clockName } from "../../shared/city-words";
import { awaitsDecision, endedLate, isLate, isPending, lateInOffice, type State, stateOf } from "../../shared/late";
import { Mark } from "../../shared/mark";
import { countsOfficeHours, shareOf } from "../../shared/progress";
import { pausedShort, pausedWords } from "../../shared/promise-words";
import { Ruler } from "../../shared/ruler";
import { type AlertPage, type AlertPromise, CLOCKS, type Labels, TO_DISPOSE } from "../../shared/shapes";
import { dayTime, duration, leftWords, workHours } from "../../shared/time";
import { pausedOf } from "../../shared/urgency";
import { t } from "../../shared/words";
import { unitName } from "../words/names";

type Props = {
  promises: readonly AlertPromise[];
  lifeSafety: boolean;
  now: number;
  labels: Labels;
  label?: string;
  /** When the alert was opened again last: clocks that began before it stand apart. */
  reopenedAt?: string | null;
};

export function Clocks({ promises, reopenedAt = null, label = t("clocks.label"), ...counted }: Props) {
  const isEarlier = ({ started_at }: AlertPromise): boolean =>
    reopenedAt !== null && Date.parse(started_at) < Date.parse(reopenedAt);
  const earlier = promises.filter(isEarlier);
  return (
    <>
      <Round promises={promises.filter((promise) => !isEarlier(promise))} label={label} {...counted} />
      <Round promises={earlier} label={t("clocks.before")} title={t("clocks.before")} {...counted} />
    </>
  );
}

type RoundProps = Omit<Props, "reopenedAt"> & { title?: string };

function Round({ promises, lifeSafety, now, labels, label, title }: RoundProps) {
  const latest = latestRounds(promises);
  if (latest.length === 0) return null;
  const explained = pausedOf(latest);
  return (
    <section class="cks" aria-label={label}>
      {title !== undefined && <h3>{title}</h3>}
      {latest.map((promise) => (
        <ClockLine
          key={promise.clock}
          promise={promise}
          reading={readClock(promise, lifeSafety, now, labels)}
          now={now}
          brief={promise !== explained}
        />
      ))}
    </section>
  );
}

type ClockLineProps = { promise: AlertPromise; reading: ClockReading; now: number; brief: boolean };

/** `brief`: why it is paused is said beside another clock already. */
function ClockLine({ promise, reading: { state, share, words }, now, brief }: ClockLineProps) {
  return (
    <div class={`ck st-${state}${promise.paused && !brief ? " wide" : ""}`}>
      <span>{clockName(promise.clock)}</span>
      <small>{promise.due_at === null ? "" : dayTime(promise.due_at, now)}</small>
      <span class={isLate(state) ? "due" : "due calm"}>
        <Mark state={state} />
        {promise.paused && brief ? pausedShort(promise) : words}
      </span>
      <Ruler share={share} state={state} />
    </div>
  );
}

export type ClockReading = { state: State; share: number; words: string };

/** In the promise's own time, as the server reckoned it. */
export function readClock(promise: AlertPromise, lifeSafety: boolean, now: number, labels: Labels): ClockReading {
  const share = shareOf(promise, now);
  if (promise.paused) {
    const words = pausedWords(promise, now, (id) => unitName(labels, id));
    return { state: promise.card ?? "paused", share, words };
  }
  if (promise.stopped_at !== null) return stopped(promise, promise.stopped_at, promise.due_at);
  const { due_at } = promise;
  if (due_at === null) return { state: "paused", share: 0, words: t("clocks.no_due") };
  const left = Date.parse(due_at) - now;
  const state = stateOf({ ...promise, due_at }, lifeSafety, now);
  if (left > 0) return { state, share, words: leftWords(left) };
  const late = leftWords(left, lateInOffice(promise, now), due_at);
  const words = awaitsDecision(promise, left) ? t("words.promise.pending") : late;
  return { state: promise.card ?? state, share, words };
}

/** Without a due time, where no calendar reached or its clock stood, nothing was late. */
function stopped(promise: AlertPromise, stoppedAt: string, dueAt: string | null): ClockReading {
  const start = Date.parse(promise.started_at);
  const end = Date.parse(stoppedAt);
  const due = dueAt === null ? Infinity : Date.parse(dueAt);
  const took = duration(end - start);
  if (isPending(promise)) return undecided(promise, took);
  const share = spentShare(promise) ?? (due > start ? (end - start) / (due - start) : 0);
  if (endedLate(promise)) {
    return { state: "missed", share: Math.max(share, 1), words: t("clocks.missed", { time: lateFor(promise, end - due) }) };
  }
  const key = promise.outcome === "met" ? "clocks.met" : "clocks.ended";
  return { state: "done", share: Math.min(share, 1), words: t(key, { time: took }) };
}

/** Done after its due time while nobody had decided: nobody was late, until somebody says so. */
function undecided({ state }: AlertPromise, took: string): ClockReading {
  const words = state === "pending" ? t("words.promise.pending") : t("clocks.ended", { time: took });
  return { state: "done", share: 1, words };
}

/** An office that was closed made nothing later. */
function lateFor(promise: AlertPromise, passed: number): string {
  const left = promise.remaining_s;
  return left !== null && countsOfficeHours(promise) ? workHours(Math.max(0, -left) * 1000) : duration(passed);
}

function spentShare({ used_s, remaining_s }: AlertPromise): number | null {
  if (used_s === null || remaining_s === null || used_s + remaining_s <= 0) return null;
  return used_s / (used_s + remaining_s);
}

/** The clocks of the alert and its lead; the date that the reporter was told is one of them where
 *  it is not the lead's own. */
export function clocksOf({ promises, told }: Pick<AlertPage, "promises" | "told">): AlertPromise[] {
  const mine = promises.filter(({ support }) => !support);
  if (told === null) return mine;
  const owed = latestRounds(mine).find(({ clock }) => clock === TO_DISPOSE);
  const isSame = owed !== undefined && owed.due_at === told.due_at && owed.state === told.state;
  return isSame ? mine : [...mine, told];
}

/** After rework a clock runs again: its last round is the one that counts now. */
function latestRounds(promises: readonly AlertPromise[]): AlertPromise[] {
  const byClock = new Map<string, AlertPromise>();
  for (const promise of promises) {
    const known = byClock.get(promise.clock);
    if (!known || known.started_at <= promise.started_at) byClock.set(promise.clock, promise);
  }
  return [...byClock.values()].sort((a, b) => CLOCKS.indexOf(a.clock) - CLOCKS.indexOf(b.clock));
}
