// What is late, and how late: the one place where the faces decide it.
import { countsOfficeHours, shareOf, usedAt } from "./progress";
import { type AlertPromise, type CardPromise, LIGHTS, PENDING, type Tier, TO_RATE } from "./shapes";

/** How a clock or an alert looks: the shape of its mark and its colour. */
export type State = "ok" | "blue" | "near" | "yellow" | "orange" | "red" | "paused" | "done" | "missed";

export const RANK: Record<State, number> = {
  red: 6, orange: 5, yellow: 4, near: 3, blue: 2, ok: 1, paused: 0, done: 0, missed: 0,
};

export const isLate = (state: State): boolean => RANK[state] >= RANK.yellow;
export const worse = (a: State, b: State): State => (RANK[b] > RANK[a] ? b : a);

/** A clock that runs and has a due time. */
export type RunningPromise = CardPromise & { due_at: string };

/** The state of a running clock by itself; the server's card may make it worse. */
export function stateOf(promise: RunningPromise, lifeSafety: boolean, now: number): State {
  if (Date.parse(promise.due_at) > now) return lightOf(shareOf(promise, now));
  return isLateNow(promise, now) ? firstCard(lifeSafety) : "near";
}

const [HALF, SOON] = LIGHTS;

/** What is used of a limit: 过半 from 50 %, 临期 from 80 %. */
function lightOf(share: number): State {
  if (share * 100 >= SOON) return "near";
  return share * 100 >= HALF ? "blue" : "ok";
}

/** A reporter is never late: the clock of the rating closes by itself. */
const isNeverLate = (promise: Pick<CardPromise, "clock" | "flag">): boolean =>
  promise.clock === TO_RATE || isPending(promise);

/** Asked in time to move it, and nobody has decided: it is not late, whatever the clock says. */
export const isPending = ({ flag }: { flag?: string | null }): boolean => flag === PENDING;

/** Its time is over, and the decision is missing. `left` in milliseconds, negative when over. */
export const awaitsDecision = (promise: { flag?: string | null }, left: number): boolean =>
  isPending(promise) && left <= 0;

/** The card that the law gives first. The server gives it a second later. */
export const firstCard = (lifeSafety: boolean): Tier => (lifeSafety ? "red" : "yellow");

/** Whether a promise that runs or is paused is late: the same as the server's `late`, which tests compare. */
export const isLateNow = (promise: CardPromise, now: number): boolean =>
  promise.due_at !== null && Date.parse(promise.due_at) <= now && !isNeverLate(promise);

/** Late before it was paused: it stays late, as the report counts it, though its card did not come yet. */
export const wasLateBeforePause = (promise: CardPromise, now: number): boolean =>
  promise.state === "paused" && isLateNow(promise, now);

type Ended = Pick<AlertPromise, "clock" | "flag" | "outcome" | "due_at" | "stopped_at">;

/** Over, and later than promised. Without a due time nothing was late, nor where nobody is ever late. */
export function endedLate(promise: Ended): boolean {
  const { outcome, due_at, stopped_at } = promise;
  if (isNeverLate(promise)) return false;
  return outcome === "missed" || (due_at !== null && stopped_at !== null && Date.parse(stopped_at) > Date.parse(due_at));
}

type Measured = Pick<CardPromise, "started_at" | "course" | "limit">;

/** How late in office hours, in milliseconds: an office that is closed makes nothing later. Null
 *  where every hour counts, or no calendar reaches. */
export function lateInOffice(promise: Measured, now: number): number | null {
  const { course } = promise;
  if (!course || !countsOfficeHours(promise)) return null;
  const used = usedAt(course, (now - Date.parse(promise.started_at)) / 1000);
  return Math.max(0, used - course.given_s) * 1000;
}
