// How is a clock that stands put into words? What is left, why, by whom, until when.
import type { CardPromise } from "./shapes";
import { countsOfficeHours } from "./standing";
import { dayTime, duration, hours, leftWords } from "./time";
import { hasWords, t } from "./words";

type Standing = Pick<CardPromise, "limit" | "paused">;

/** 已暂停 · 剩工作时间 3 小时 20 分 · 待区裁决 · 经办：福田区 · 至 11 月 25 日 18:00 */
export function pausedWords(
  promise: Standing,
  now: number,
  unit: (id: string) => string | null,
): string {
  return [t("words.paused.title"), pausedWhy(promise, now, unit)].filter(Boolean).join(" · ");
}

/** The same where its title stands above it already. */
export function pausedWhy(
  promise: Standing,
  now: number,
  unit: (id: string) => string | null,
): string {
  const { reason = null, owner = null, until = null } = promise.paused ?? {};
  const name = owner === null ? null : unit(owner);
  return [
    leftOf(promise),
    reason !== null && hasWords(`words.paused.reason.${reason}`)
      ? t(`words.paused.reason.${reason}`)
      : "",
    name ? t("words.paused.owner", { unit: name }) : "",
    until ? t("words.paused.until", { time: dayTime(until, now) }) : "",
  ]
    .filter(Boolean)
    .join(" · ");
}

/** For a row: 已暂停 · 剩工作时间 3 小时 20 分. */
export const pausedShort = (promise: Standing): string =>
  [t("words.paused.title"), leftOf(promise)].filter(Boolean).join(" · ");

/** Office hours are no days: 40 of them are a week of work. */
function leftOf(promise: Standing): string {
  const { paused } = promise;
  const left = paused?.left_s ?? null;
  if (left === null) return "";
  const inOffice = countsOfficeHours(promise);
  if (left <= 0) return leftWords(left * 1000, inOffice ? -left * 1000 : null);
  return inOffice
    ? t("words.paused.left_work", { time: hours(left * 1000) })
    : t("words.time.left", { time: duration(left * 1000) });
}
