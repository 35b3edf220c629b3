// The time of a row, in writing and spoken.
import { clockName } from "../../shared/city-words";
import { pausedShort, timeLeft, timeLeftSpoken } from "../../shared/promise-words";
import { cityZone } from "../../shared/time";
import { isAwaited, type Urgency } from "../../shared/urgency";
import { spokenTag, t } from "../../shared/words";

export const timeWords = (urgency: Urgency, status: string): string =>
  withOwner(urgency, timeLeft(urgency)) ?? atRest(urgency, status);

/** The same for somebody who hears it alone, without its colour and its place. */
export const timeSpoken = (urgency: Urgency, status: string): string =>
  withOwner(urgency, timeLeftSpoken(urgency)) ?? atRest(urgency, status);

/** What is late says which clock it is. A clock that is not the lead's says so: its time is short, theirs may not be. */
function withOwner(urgency: Urgency, time: string | null): string | null {
  const { promise, left } = urgency;
  if (time === null || promise === null) return time;
  if (!promise.support) return left !== null && left <= 0 && !isAwaited(urgency) ? `${clockName(promise.clock)} ${time}` : time;
  return t(promise.mode === "first" ? "time.first" : "time.helping", { time });
}

const atRest = ({ paused }: Urgency, status: string): string =>
  paused || status === "suspended" ? t("words.paused.title") : "";

/** What a row says of a clock that is paused: all of it where nothing else runs. */
export function pausedInRow({ paused, promise }: Urgency): string {
  if (paused === null) return "";
  return promise === null ? pausedShort(paused) : t("words.paused.of", { clock: clockName(paused.clock) });
}

/** 14:28:06, for the live state and the moment at which the picture stopped. */
export function clockSeconds(at: number): string {
  return new Intl.DateTimeFormat(spokenTag() || undefined, {
    timeZone: cityZone(),
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  }).format(at);
}
