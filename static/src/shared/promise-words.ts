// How the time of a promise is said: what is left, how late it is, or why its clock is paused.
import { countsOfficeHours } from "./progress";
import type { CardPromise } from "./shapes";
import { dayTime, duration, hours, leftSpoken, leftWords } from "./time";
import { isAwaited, type Urgency } from "./urgency";
import { hasWords, t } from "./words";

/** 剩 4 分钟, 超 1 天 2 小时, 申请待批; null where nothing runs. */
export function timeLeft(urgency: Urgency): string | null {
  if (isAwaited(urgency)) return t("words.promise.pending");
  return urgency.left === null ? null : leftWords(urgency.left, urgency.late, dueAt(urgency));
}

/** The same for somebody who hears it alone, without its colour and its place. */
export function timeLeftSpoken(urgency: Urgency): string | null {
  if (urgency.left === null || isAwaited(urgency)) return timeLeft(urgency);
  return leftSpoken(urgency.left, urgency.late, dueAt(urgency));
}

const dueAt = ({ promise }: Urgency): string | null => promise?.due_at ?? null;

type PausedPromise = Pick<CardPromise, "limit" | "paused">;
type UnitName = (id: string) => string | null;

/** 已暂停 · 剩工作时间 3 小时 20 分钟 · 待区裁决 · 经办：福田区 · 至 11 月 25 日 18:00 */
export function pausedWords(promise: PausedPromise, now: number, unit: UnitName): string {
  return [t("words.paused.title"), pausedWhy(promise, now, unit)].filter(Boolean).join(" · ");
}

/** The same where its title stands above it already. */
export function pausedWhy(promise: PausedPromise, now: number, unit: UnitName): string {
  const { reason = null, owner = null, until = null } = promise.paused ?? {};
  const name = owner === null ? null : unit(owner);
  return [
    leftOf(promise),
    reason !== null && hasWords(`words.paused.reason.${reason}`) ? t(`words.paused.reason.${reason}`) : "",
    name ? t("words.paused.owner", { unit: name }) : "",
    until ? t("words.paused.until", { time: dayTime(until, now) }) : "",
  ]
    .filter(Boolean)
    .join(" · ");
}

/** For a row: 已暂停 · 剩工作时间 3 小时 20 分钟. */
export const pausedShort = (promise: PausedPromise): string =>
  [t("words.paused.title"), leftOf(promise)].filter(Boolean).join(" · ");

/** Office hours are no days: 40 of them are a week of work. */
function leftOf(promise: PausedPromise): string {
  const { paused } = promise;
  const left = paused?.left_s ?? null;
  if (left === null) return "";
  const inOffice = countsOfficeHours(promise);
  if (left <= 0) return leftWords(left * 1000, inOffice ? -left * 1000 : null);
  return inOffice
    ? t("words.paused.left_work", { time: hours(left * 1000) })
    : t("words.time.left", { time: duration(left * 1000) });
}
