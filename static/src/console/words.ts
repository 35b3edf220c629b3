// How are statuses, steps, clocks, roles and times named? The city's catalogue, in the page's language.
import en from "../../../dispatch/translations/en/words.json";
import zh from "../../../dispatch/translations/zh_Hans_CN/words.json";
import { language, say } from "./say";
import type { Standing } from "./store/standing";

type Group = keyof typeof zh;

function word(group: Group, key: string): string | undefined {
  const words = (language() === "en" ? en : zh)[group] as Record<string, unknown>;
  const found = words[key];
  return typeof found === "string" ? found : undefined;
}

export const statusName = (status: string): string => word("status", status) ?? status;
export const statusShort = (status: string): string => word("status_short", status) ?? status;
export const stepName = (step: string): string => word("step", step) ?? step;
export const clockName = (clock: string): string => word("clock", clock) ?? clock;
export const roleName = (role: string): string => word("role", role) ?? role;
export const choiceName = (choice: string): string => word("choice", choice) ?? choice;

export function fieldName(step: string, field: string): string {
  const steps: Record<string, Record<string, string>> = language() === "en" ? en.field : zh.field;
  return steps[step]?.[field] ?? field;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** At most two units, and never a second: 4 分, 3 小时 07 分, 1 天 2 小时. */
export function duration(ms: number): string {
  if (ms < MINUTE) return say("duration.moment");
  if (ms < HOUR) return say("duration.minutes", { m: Math.floor(ms / MINUTE) });
  if (ms < DAY) {
    const m = String(Math.floor((ms % HOUR) / MINUTE)).padStart(2, "0");
    const h = Math.floor(ms / HOUR);
    return say(m === "00" ? "duration.hours" : "duration.hours_minutes", { h, m });
  }
  const h = Math.floor((ms % DAY) / HOUR);
  return say(h === 0 ? "duration.days" : "duration.days_hours", { d: Math.floor(ms / DAY), h });
}

export function timeWords(standing: Standing, status: string): string {
  if (status === "suspended") return say("time.suspended");
  if (standing.left === null) return "";
  const time = duration(Math.abs(standing.left));
  return say(standing.left <= 0 ? "time.late" : "time.left", { time });
}

const ZONE = document.documentElement.dataset["zone"] ?? "Asia/Shanghai";
const locale = (): string => (language() === "en" ? "en-GB" : "zh-CN");

export function clockTime(at: number, seconds = false): string {
  return new Intl.DateTimeFormat(locale(), {
    timeZone: ZONE,
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    ...(seconds ? { second: "2-digit" } : {}),
  }).format(at);
}

/** 14:38 today, 11月23日 14:38 otherwise. */
export function dueTime(at: string, now: number): string {
  const instant = Date.parse(at);
  const day = new Intl.DateTimeFormat(locale(), { timeZone: ZONE, month: "long", day: "numeric" });
  const time = clockTime(instant);
  return day.format(instant) === day.format(now) ? time : `${day.format(instant)} ${time}`;
}
