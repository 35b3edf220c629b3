// Announces a sentence to people who do not see the screen, in one polite live region; what they did
// themselves is shown as well, for a while.
import { Cell } from "./cell";
import { route } from "./route";

const SHOWN_MS = 8000;

/** What was done just now; null after a while, and on the screen after the one that it is shown on. */
export const shownDone = new Cell<string | null>(null);
let timer: ReturnType<typeof setTimeout> | undefined;
/** The screens on which it may be seen: the one of the deed, and the one that came next. */
let seenOn: string[] = [];
let mostScreens = 1;

const screenNow = (): string => Object.values(route.value).join("/");

route.listen(() => {
  if (!seenOn.includes(screenNow())) seenOn.push(screenNow());
  if (seenOn.length > mostScreens) shownDone.set(null);
});

export function announce(sentence: string): void {
  const place = document.getElementById("said");
  if (!place) return;
  place.textContent = "";
  // the same sentence twice is spoken twice only when the line was empty in between
  requestAnimationFrame(() => (place.textContent = sentence));
}

/** Says and shows what the person has just done: on the screen that comes next, or on this one where they stay. */
export function announceDone(sentence: string, stays = false): void {
  announce(sentence);
  seenOn = [screenNow()];
  mostScreens = stays ? 1 : 2;
  shownDone.set(sentence);
  clearTimeout(timer);
  timer = setTimeout(() => shownDone.set(null), SHOWN_MS);
}
