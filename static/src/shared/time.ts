// What time is it at the server, and how is a time or a stretch of it said?
import { spoken, t } from "./words";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Phones and office PCs may be minutes off: the server's instant, carried on by a steady clock. */
export class ServerClock {
  #offset = Date.now() - performance.now();

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

/** At most two units, and never a second: 4 分, 3 小时 07 分, 1 天 2 小时. */
export function duration(ms: number): string {
  if (ms < MINUTE) return t("words.time.moment");
  if (ms < HOUR) return t("words.time.minutes", { m: Math.floor(ms / MINUTE) });
  if (ms < DAY) {
    const h = Math.floor(ms / HOUR);
    const m = Math.floor((ms % HOUR) / MINUTE);
    if (m === 0) return t("words.time.hours", { h });
    return t("words.time.hours_minutes", { h, m: String(m).padStart(2, "0") });
  }
  const d = Math.floor(ms / DAY);
  const h = Math.floor((ms % DAY) / HOUR);
  return t(h === 0 ? "words.time.days" : "words.time.days_hours", { d, h });
}

/** 剩 3 小时 07 分 · 超 1 天 2 小时. `left` in milliseconds, negative when late. */
export function leftWords(left: number): string {
  return t(left > 0 ? "words.time.left" : "words.time.late", { time: duration(Math.abs(left)) });
}

/** The city's zone, also on a phone that travels. */
export const cityZone = (): string => document.documentElement.dataset["zone"] ?? "Asia/Shanghai";

/** 14:38 */
export function clockTime(at: number | string): string {
  return format(at, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

/** 11 月 23 日, 23 Nov */
export function dayName(at: number | string): string {
  if (spoken() === "en") return format(at, { month: "short", day: "numeric" });
  return format(at, { month: "long", day: "numeric" }).replace(/(\d+)/g, " $1 ").trim();
}

/** 14:38 today, 11 月 23 日 14:38 otherwise. */
export function dayTime(at: number | string, now: number): string {
  const day = dayName(at);
  return day === dayName(now) ? clockTime(at) : `${day} ${clockTime(at)}`;
}

function format(at: number | string, how: Intl.DateTimeFormatOptions): string {
  const locale = spoken() === "en" ? "en-GB" : "zh-CN";
  return new Intl.DateTimeFormat(locale, { timeZone: cityZone(), ...how }).format(new Date(at));
}
