// The clocks of a task that speak to its reader: what is late, else those of their own part.
import type { Card, CardPromise, OpenSession } from "../../../static/src/shared/shapes";
import { speakingTo } from "../../../static/src/shared/urgency";

type Reader = Pick<OpenSession, "person" | "roles"> | null | undefined;

/** The card with these alone; whole, where none of its clocks is known to be the reader's. What is late
 *  speaks first, whoever owes it. */
export function withOwnClocks(card: Card, reader: Reader, now: number): Card {
  const helped = helpedBy(card, reader);
  const owes = ({ support }: CardPromise): boolean => helped.includes(support);
  if (!card.promises.some(owes)) return card;
  const shown = speakingTo(card, owes, now);
  // the card of a clock that stands now and is the lead's makes nobody else late
  return helped.includes(null) || !shown.promises.every(owes) ? shown : { ...shown, card: null };
}

/** For which units the reader is at work; null: for the lead. */
function helpedBy(card: Card, reader: Reader): (string | null)[] {
  const helping = [...new Set(card.promises.flatMap(({ support }) => support ?? []))];
  const mine = helping.filter((unit) => unitsOf(card, reader).includes(unit));
  if (card.handler !== null && card.handler === reader?.person) return [null];
  if (mine.length > 0) return mine;
  return card.handler === null ? [null, ...helping] : helping; // it is given to somebody else
}

/** Theirs, and of grid workers the street of the place, which gives them their work. */
export function unitsOf({ street }: Pick<Card, "street">, reader: Reader): (string | null)[] {
  const roles = reader?.roles ?? [];
  const given = roles.some(({ role }) => role === "grid_worker") ? [street] : [];
  return [...roles.map(({ unit }) => unit), ...given];
}
