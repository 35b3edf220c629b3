// The server's clock, and how times and stretches of time are said.
import { spokenTag, t } from "./words";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Phones and office PCs may be minutes off: the server's instant, carried on by a steady clock. */
export class ServerClock {
  #offset: number;

  /** `skew`: by how many milliseconds the server was ahead of this machine when last heard. */
  constructor(skew = 0) {
    this.#offset = Date.now() - performance.now() + skew;
  }

  /** By how much the server is ahead of this machine's own clock, in milliseconds. */
  get skew(): number {
    return this.now() - Date.now();
  }

  /** Believe an answer's `now`; half of the round trip has passed since it was written. */
  learn(now: string, askedAt: number): void {
    const heard = performance.now();
    const instant = Date.parse(now);
    if (!Number.isNaN(instant)) this.#offset = instant + (heard - askedAt) / 2 - heard;
  }

  now(): number {
    return this.#offset + performance.now();
  }
}

/** At most two units, and never a second: 4 分钟, 3 小时 07 分钟, 1 天 2 小时. */
export function duration(ms: number): string {
  if (ms < MINUTE) return t("words.time.moment");
  if (ms < HOUR) return t("words.time.minutes", { m: Math.floor(ms / MINUTE) });
  if (ms < DAY) return hours(ms);
  const d = Math.floor(ms / DAY);
  const h = Math.floor((ms % DAY) / HOUR);
  return t(h === 0 ? "words.time.days" : "words.time.days_hours", { d, h });
}

/** 41 小时 05 分钟: hours that are not days, such as office hours. */
export function hours(ms: number): string {
  const h = Math.floor(ms / HOUR);
  const m = Math.floor((ms % HOUR) / MINUTE);
  if (h === 0) return duration(Math.max(ms, 0));
  if (m === 0) return t("words.time.hours", { h });
  return t("words.time.hours_minutes", { h, m: String(m).padStart(2, "0") });
}

/** 3 个工作小时: what an office was open for. */
export const workHours = (ms: number): string =>
  ms < HOUR ? duration(ms) : t("words.time.work_hours", { h: Math.floor(ms / HOUR) });

/** 剩 3 小时 07 分钟 · 超 1 天 2 小时 · 超 3 个工作小时 · 昨天 18:00 到期，上班后继续计时. `left` in
 *  milliseconds, negative when late; `late`: how late in office hours, where these are counted;
 *  `dueAt`: its due time, where the office may be closed since. */
export const leftWords = (left: number, late: number | null = null, dueAt: string | null = null): string =>
  atTheDueTime(left, late, dueAt) ??
  t(left > 0 ? "words.time.left" : "words.time.late", { time: amountOf(left, late) });

/** The same as it is spoken, by itself: 还剩 3 小时 07 分钟, 超时 1 天 2 小时. */
export const leftSpoken = (left: number, late: number | null = null, dueAt: string | null = null): string =>
  atTheDueTime(left, late, dueAt) ??
  t(left > 0 ? "words.time.left_spoken" : "words.time.late_spoken", { time: amountOf(left, late) });

const amountOf = (left: number, late: number | null): string =>
  late === null ? duration(Math.abs(left)) : workHours(late);

/** Within a minute of it, or not a minute later by office hours because the office is closed. */
function atTheDueTime(left: number, late: number | null, dueAt: string | null): string | null {
  if (left > 0) return left < MINUTE ? t("words.time.left_moment") : null;
  if ((late ?? -left) >= MINUTE) return null;
  if (-left < MINUTE || dueAt === null) return t("words.time.late_moment");
  return t("words.time.late_closed", { time: dayAround(dueAt, Date.parse(dueAt) - left) });
}

/** The city's zone, also on a phone that travels; the machine's own before the city was heard. */
export const cityZone = (): string =>
  document.documentElement.dataset["zone"] || Intl.DateTimeFormat().resolvedOptions().timeZone;

/** 2026-11-23: the city's day, as a control of dates writes it. */
export const dayOf = (at: number): string => localTime(at).slice(0, 10);

/** 2026-11-23T14:38 by the city's clock. */
export function localTime(at: number | string): string {
  const written = new Intl.DateTimeFormat("sv-SE", {
    timeZone: cityZone(), year: "numeric", month: "2-digit", day: "2-digit",
    hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  }).format(new Date(at));
  return written.replace(" ", "T");
}

/** The instant of a local time, ISO with Z; null for none. A skipped hour moves forward. */
export function instantOf(local: string): string | null {
  const wanted = Date.parse(`${local}Z`);
  if (Number.isNaN(wanted)) return null;
  const offset = Date.parse(`${localTime(wanted)}Z`) - wanted;
  const guess = wanted - offset;
  const off = Date.parse(`${localTime(guess)}Z`) - wanted;
  return new Date(guess - off).toISOString();
}

/** 14:38 */
export function clockTime(at: number | string): string {
  return format(at, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

/** 11 月 23 日, 23 Nov; where it lies in another year than `now`, with the year. */
export function dayName(at: number | string, now: number | string = at): string {
  const year = yearOf(at) === yearOf(now) ? {} : ({ year: "numeric" } as const);
  const month = t("words.format.month") === "long" ? "long" : "short";
  const day = format(at, { month, day: "numeric", ...year });
  return month === "long" ? day.replace(/(\d+)/g, " $1 ").trim() : day;
}

/** 今天 18:00, 昨天 18:00, 11 月 23 日 18:00. */
export function dayAround(at: number | string, now: number): string {
  const [time, date] = [clockTime(at), localTime(at).slice(0, 10)];
  if (date === localTime(now).slice(0, 10)) return t("words.time.today", { time });
  if (date === localTime(now - DAY).slice(0, 10)) return t("words.time.yesterday", { time });
  return dayTime(at, now);
}

const yearOf = (at: number | string): string => localTime(at).slice(0, 4);

/** 14:38 today, 11 月 23 日 14:38 otherwise. */
export function dayTime(at: number | string, now: number): string {
  const day = dayName(at, now);
  return day === dayName(now) ? clockTime(at) : `${day} ${clockTime(at)}`;
}

function format(at: number | string, how: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(spokenTag() || undefined, { timeZone: cityZone(), ...how }).format(new Date(at));
}
