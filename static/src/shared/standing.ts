// How does an alert stand against its promises at this instant? Shape, worst clock, urgency.
import type { CardPromise, Course, Paused, Tier } from "./shapes";

export type State = "ok" | "blue" | "near" | "yellow" | "orange" | "red" | "paused" | "done";

export type Standing = {
  state: State;
  /** The clock that burns most, or null where nothing runs. */
  promise: CardPromise | null;
  /** The clock that stands for a reason, or null. */
  paused: CardPromise | null;
  /** Milliseconds until its due time, negative when late; null where nothing runs. */
  left: number | null;
  /** Used share of its limit, 1 = due. */
  share: number;
  /** How late in office hours, in milliseconds; null where every hour counts, or nothing is late. */
  late: number | null;
  emergency: boolean;
};

/** What of a card says how it stands. */
export type Standable = {
  status: string;
  life_safety: boolean;
  whistle: string | null;
  card: Tier | null;
  promises: CardPromise[];
};

const RANK: Record<State, number> = {
  red: 6, orange: 5, yellow: 4, near: 3, blue: 2, ok: 1, paused: 0, done: 0,
};

export const isLate = (state: State): boolean => RANK[state] >= RANK.yellow;
export const worse = (a: State, b: State): State => (RANK[b] > RANK[a] ? b : a);
/** The danger is over once the work is done: what waits for a look or a rating burns nowhere. */
const OVER = new Set(["verifying", "resolved"]);
export const isEmergency = (card: Standable): boolean =>
  (card.life_safety || card.whistle === "emergency") && !OVER.has(card.status);

export function standingOf(card: Standable, now: number): Standing {
  const emergency = isEmergency(card);
  const worn = card.card ?? (card.promises.some(stoodLate(now)) ? lateState(card.life_safety) : null);
  const paused = pausedOf(card.promises);
  const nothing: Standing = { state: "ok", promise: null, paused, left: null, share: 0, late: null, emergency };
  const ticking = card.status === "suspended" ? [] : card.promises;
  const running = ticking.flatMap((promise) => standingOfPromise(card, promise, now) ?? []);
  if (running.length > 0) {
    const worst = running.reduce((a, b) => (burnsMore(b, a) ? b : a));
    return { ...withCard(worst, worn), paused, emergency };
  }
  if (paused === null && card.status !== "suspended") return withCard(nothing, worn);
  const share = paused === null ? 0 : shareOf(paused, now);
  return withCard({ ...nothing, state: "paused", share }, worn);
}

/** Late before it stood: it stays late, as the report counts it, though its card did not come yet. */
const stoodLate = (now: number) => ({ state, due_at }: CardPromise): boolean =>
  state === "paused" && due_at !== null && Date.parse(due_at) <= now;

/** The clock that stands: that of the work itself, where several do. */
export function pausedOf<P extends Pick<CardPromise, "clock" | "paused">>(promises: readonly P[]): P | null {
  const standing = promises.filter(({ paused }) => paused != null);
  return standing.find(({ clock }) => clock === "dispose") ?? standing[0] ?? null;
}

/** Null where the promise does not run, or has no due time yet. */
export function standingOfPromise(
  card: Pick<Standable, "life_safety" | "whistle">,
  promise: CardPromise,
  now: number,
): Standing | null {
  if (promise.state !== "running" || promise.due_at === null) return null;
  const left = Date.parse(promise.due_at) - now;
  const share = shareOf(promise, now);
  const state = left > 0 ? lightOf(share) : neverLate(promise) ? "near" : lateState(card.life_safety);
  const emergency = card.life_safety || card.whistle === "emergency";
  const late = left > 0 ? null : lateInOffice(promise, now);
  return { state, promise, paused: null, left, share, late, emergency };
}

/** A reporter is never late: the clock of the rating closes by itself. */
const neverLate = (promise: CardPromise): boolean => promise.clock === "rate" || isPending(promise);

/** Asked in time to move it, and nobody has decided: it is not late, whatever the clock says. */
export const isPending = ({ flag }: { flag?: string | null }): boolean => flag === "pending";

/** Its time is over, and the decision is missing. */
export const awaits = ({ promise, left }: Standing): boolean =>
  promise !== null && isPending(promise) && left !== null && left <= 0;

type Counted = Pick<CardPromise, "started_at" | "course" | "limit">;
type Filling = Pick<CardPromise, "started_at" | "due_at" | "course" | "paused">;

/** In the promise's own time, as the server reckoned it: nights and pauses fill nothing. */
export function shareOf(promise: Filling, now: number): number {
  if (promise.paused) return shareWhilePaused(promise.paused);
  if (promise.due_at === null) return 0;
  const start = Date.parse(promise.started_at);
  if (promise.course && promise.course.given_s > 0) {
    return usedAt(promise.course, (now - start) / 1000) / promise.course.given_s;
  }
  const span = Date.parse(promise.due_at) - start;
  if (span <= 0 || promise.course) return now >= start ? 1 : 0;
  return Math.max(0, (now - start) / span);
}

const IN_OFFICE_HOURS = new Set(["work_hours", "work_days"]);

export const countsOfficeHours = ({ limit }: Pick<CardPromise, "limit">): boolean =>
  IN_OFFICE_HOURS.has(limit?.unit ?? "");

/** An office that is closed makes nothing later. Null where every hour counts, or no calendar reaches. */
export function lateInOffice(promise: Counted, now: number): number | null {
  const { course } = promise;
  if (!course || !countsOfficeHours(promise)) return null;
  const used = usedAt(course, (now - Date.parse(promise.started_at)) / 1000);
  return Math.max(0, used - course.given_s) * 1000;
}

/** Seconds of own time used so many seconds after the start: straight between two corners, and
 *  no more than at the last one. */
export function usedAt({ corners }: Course, seconds: number): number {
  let [left, low] = [0, 0];
  for (const [right, high] of corners) {
    if (seconds < right) return low + ((high - low) * (seconds - left)) / (right - left);
    [left, low] = [right, high];
  }
  return low;
}

function shareWhilePaused({ given_s, left_s }: Paused): number {
  return given_s === null || left_s === null || given_s <= 0 ? 0 : (given_s - left_s) / given_s;
}

/** What is used of a limit, as a shape: 过半 from 50 %, 临期 from 80 %. */
export function lightOf(share: number): State {
  if (share >= 0.8) return "near";
  return share >= 0.5 ? "blue" : "ok";
}

/** The server gives the card; in the second before it does, the law of the first card is known. */
function lateState(lifeSafety: boolean): Tier {
  return lifeSafety ? "red" : "yellow";
}

function withCard(standing: Standing, card: Tier | null): Standing {
  return card === null ? standing : { ...standing, state: worse(standing.state, card) };
}

function burnsMore(a: Standing, b: Standing): boolean {
  if (RANK[a.state] !== RANK[b.state]) return RANK[a.state] > RANK[b.state];
  return (a.left ?? Infinity) < (b.left ?? Infinity);
}

/** Most urgent first: emergencies, then lateness, then the nearest due time. */
export function byUrgency(a: Standing, b: Standing): number {
  if (a.emergency !== b.emergency) return a.emergency ? -1 : 1;
  if (RANK[a.state] !== RANK[b.state]) return RANK[b.state] - RANK[a.state];
  const left = a.left ?? Infinity;
  const right = b.left ?? Infinity;
  return left === right ? 0 : left < right ? -1 : 1;
}
