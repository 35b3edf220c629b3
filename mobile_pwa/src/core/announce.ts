// Announces a sentence to people who do not see the screen, in one polite live region; what they did
// themselves is shown as well, for a while.
import { Cell } from "./cell";

const SHOWN_MS = 8000;

/** What was done just now; null after a while. */
export const shownDone = new Cell<string | null>(null);
let timer: ReturnType<typeof setTimeout> | undefined;

export function announce(sentence: string): void {
  const place = document.getElementById("said");
  if (!place) return;
  place.textContent = "";
  // the same sentence twice is spoken twice only when the line was empty in between
  requestAnimationFrame(() => (place.textContent = sentence));
}

/** Says and shows what the person has just done, also on the screen that comes next. */
export function announceDone(sentence: string): void {
  announce(sentence);
  shownDone.set(sentence);
  clearTimeout(timer);
  timer = setTimeout(() => shownDone.set(null), SHOWN_MS);
}
