// How much of a promise is used, in the promise's own time: nights and pauses fill nothing.
import { type CardPromise, type ClockCourse, type ClockPause, OFFICE_UNITS, type TimeUnit } from "./shapes";

type Filling = Pick<CardPromise, "started_at" | "due_at" | "course" | "paused">;

/** The used share of its limit, as the server reckoned it; 1 at its due time. */
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

/** Seconds of own time used so many seconds after the start: straight between two corners, and
 *  no more than at the last one. */
export function usedAt({ corners }: ClockCourse, seconds: number): number {
  let [left, low] = [0, 0];
  for (const [right, high] of corners) {
    if (seconds < right) return low + ((high - low) * (seconds - left)) / (right - left);
    [left, low] = [right, high];
  }
  return low;
}

function shareWhilePaused({ given_s, left_s }: ClockPause): number {
  return given_s === null || left_s === null || given_s <= 0 ? 0 : (given_s - left_s) / given_s;
}

const IN_OFFICE_HOURS = new Set<TimeUnit>(OFFICE_UNITS);

export const countsOfficeHours = ({ limit }: Pick<CardPromise, "limit">): boolean =>
  IN_OFFICE_HOURS.has(limit?.unit ?? "");
