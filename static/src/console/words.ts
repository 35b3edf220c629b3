// How are statuses, steps, clocks, roles and times named on the console?
import type { Standing } from "../shared/standing";
import { cityZone, leftWords } from "../shared/time";
import { hasWords, spoken } from "../shared/words";
import { say } from "./say";

/** The city's word, else the bare code: a new code must not break an old page. */
const word = (group: string, code: string): string =>
  hasWords(`words.${group}.${code}`) ? say(`words.${group}.${code}`) : code;

export const statusName = (status: string): string => word("status", status);
export const statusShort = (status: string): string => word("status_short", status);
export const stepName = (step: string): string => word("step", step);
export const clockName = (clock: string): string => word("clock", clock);
export const roleName = (role: string): string => word("role", role);
export const choiceName = (choice: string): string => word("choice", choice);
export const fieldName = (step: string, field: string): string => word(`field.${step}`, field);

export function timeWords(standing: Standing, status: string): string {
  if (status === "suspended") return say("time.suspended");
  return standing.left === null ? "" : leftWords(standing.left);
}

/** 14:28:06, for the live state and the moment at which the picture stopped. */
export function clockSeconds(at: number): string {
  return new Intl.DateTimeFormat(spoken() === "en" ? "en-GB" : "zh-CN", {
    timeZone: cityZone(),
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  }).format(at);
}
