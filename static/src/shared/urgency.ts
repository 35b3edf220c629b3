// How urgent an alert is at this instant: the clock that burns most, its state, and the order of lists.
import { awaitsDecision, firstCard, isLate, isLateNow, lateInOffice, type RunningPromise, type State, stateOf, wasLateBeforePause, worse } from "./late";
import { shareOf } from "./progress";
import { type CardPromise, DONE_STATUSES, OVERALL, type Status, type Tier, TO_DISPOSE } from "./shapes";

export type Urgency = {
  state: State;
  /** The clock that speaks for the alert: what is late most, else what is due first; null where nothing runs. */
  promise: CardPromise | null;
  /** The clock that is paused for a reason, or null. */
  paused: CardPromise | null;
  /** Milliseconds until its due time, negative when late; null where nothing runs. */
  left: number | null;
  /** Used share of its limit, 1 = due. */
  share: number;
  /** How late in office hours, in milliseconds; null where every hour counts, or nothing is late. */
  late: number | null;
  emergency: boolean;
};

/** What of a card says how urgent it is. */
export type WithPromises = {
  status: Status;
  life_safety: boolean;
  whistle: string | null;
  card: Tier | null;
  promises: CardPromise[];
};

/** The danger is over once the work is done: what waits for a look or a rating burns nowhere. */
const WORK_IS_DONE = new Set(DONE_STATUSES);

export const isEmergency = (card: WithPromises): boolean =>
  (card.life_safety || card.whistle === "emergency") && !WORK_IS_DONE.has(card.status);

export function urgencyOf(card: WithPromises, now: number): Urgency {
  const emergency = isEmergency(card);
  const wasLate = card.promises.some((promise) => wasLateBeforePause(promise, now));
  const worn = card.card ?? (wasLate ? firstCard(card.life_safety) : null);
  const paused = pausedOf(card.promises);
  const nothing: Urgency = { state: "ok", promise: null, paused, left: null, share: 0, late: null, emergency };
  const ticking = card.status === "suspended" ? [] : card.promises;
  const running = ticking.flatMap((promise) => urgencyOfPromise(card, promise, now) ?? []);
  if (running.length > 0) {
    const first = running.reduce((a, b) => (inTurn(b, a) < 0 ? b : a));
    const state = running.reduce((worst, each) => worse(worst, each.state), first.state);
    return { ...withCard({ ...first, state }, worn), paused, emergency };
  }
  if (paused === null && card.status !== "suspended") return withCard(nothing, worn);
  const share = paused === null ? 0 : shareOf(paused, now);
  return withCard({ ...nothing, state: "paused", share }, worn);
}

/** The card with the clocks that speak for it to one reader: what is late, whoever owes it, the reader's
 *  own before others'; where nothing is late, the reader's own, or all where none of them is theirs. */
export function speakingTo<C extends Pick<WithPromises, "status" | "promises">>(card: C, owes: (promise: CardPromise) => boolean, now: number): C {
  const own = card.promises.filter(owes);
  const theirs = own.length > 0 ? own : card.promises;
  const allLate = card.promises.filter((promise) => runs(promise) && isLateNow(promise, now));
  const ofUnits = allLate.filter(({ clock }) => clock !== OVERALL); // the told date speaks where no unit is late
  const late = ofUnits.length > 0 ? ofUnits : allLate;
  if (late.length === 0 || card.status === "suspended") return { ...card, promises: theirs };
  const ownLate = late.filter(owes);
  const standing = theirs.filter(({ state }) => state === "paused");
  return { ...card, promises: [...(ownLate.length > 0 ? ownLate : late), ...standing] };
}

/** The clock that is paused: that of the work itself, where several are. */
export function pausedOf<P extends Pick<CardPromise, "clock" | "paused">>(promises: readonly P[]): P | null {
  const found = promises.filter(({ paused }) => paused != null);
  return found.find(({ clock }) => clock === TO_DISPOSE) ?? found[0] ?? null;
}

/** Null where the promise does not run, or has no due time yet. */
export function urgencyOfPromise(
  card: Pick<WithPromises, "life_safety" | "whistle">,
  promise: CardPromise,
  now: number,
): Urgency | null {
  if (!runs(promise)) return null;
  const left = Date.parse(promise.due_at) - now;
  return {
    state: stateOf(promise, card.life_safety, now),
    promise,
    paused: null,
    left,
    share: shareOf(promise, now),
    late: left > 0 ? null : lateInOffice(promise, now),
    emergency: card.life_safety || card.whistle === "emergency",
  };
}

const runs = (promise: CardPromise): promise is RunningPromise =>
  promise.state === "running" && promise.due_at !== null;

/** The decision on it is missing, and its time is over. */
export const isAwaited = ({ promise, left }: Urgency): boolean =>
  promise !== null && left !== null && awaitsDecision(promise, left);

function withCard(urgency: Urgency, card: Tier | null): Urgency {
  return card === null ? urgency : { ...urgency, state: worse(urgency.state, card) };
}

/** What is late first, longest first; then what is due first, whatever share of its limit is used. */
function inTurn(a: Urgency, b: Urgency): number {
  const [late, alsoLate] = [isLate(a.state), isLate(b.state)];
  if (late !== alsoLate) return late ? -1 : 1;
  const [mine, other] = [a.left ?? Infinity, b.left ?? Infinity];
  return mine === other ? 0 : mine < other ? -1 : 1;
}

/** Most urgent first: danger to life, and among it as among the others what is late, then what is due first. */
export const byUrgency = (a: Urgency, b: Urgency): number =>
  a.emergency === b.emergency ? inTurn(a, b) : a.emergency ? -1 : 1;
