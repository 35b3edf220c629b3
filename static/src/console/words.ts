// How are statuses, steps, clocks, roles and times named on the console?
import { awaits, type Standing } from "../shared/standing";
import { pausedShort } from "../shared/paused";
import { cityZone, leftSpoken, leftWords } from "../shared/time";
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

export const helpFor = (step: string, field: string): string =>
  hasWords(`words.help.${step}.${field}`) ? say(`words.help.${step}.${field}`) : "";

export function timeWords(standing: Standing, status: string): string {
  if (awaits(standing)) return whose(standing, say("words.promise.pending"));
  if (standing.left !== null) return whose(standing, leftWords(standing.left, standing.late));
  return standing.paused || status === "suspended" ? say("time.suspended") : "";
}

/** The same for somebody who hears it alone, without its colour and its place. */
export const timeSpoken = (standing: Standing, status: string): string =>
  standing.left === null || awaits(standing) ? timeWords(standing, status) : whose(standing, leftSpoken(standing.left, standing.late));

/** A clock that is not the lead's says so: its time is short, theirs may not be. */
const whose = ({ promise }: Standing, time: string): string =>
  promise?.support ? say("time.helping", { time }) : time;

/** What a row says of a clock that stands: all of it where nothing else runs. */
export function pausedInRow({ paused, promise }: Standing): string {
  if (paused === null) return "";
  return promise === null ? pausedShort(paused) : say("words.paused.of", { clock: clockName(paused.clock) });
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
