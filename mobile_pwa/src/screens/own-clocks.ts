// The clocks of a task that its reader owes: of their own part for those who help, else the lead's.
import type { Card, OpenSession } from "../../../static/src/shared/shapes";

type Reader = Pick<OpenSession, "person" | "roles"> | null | undefined;

/** The card with these alone; whole, where none of its clocks is known to be the reader's. */
export function withOwnClocks(card: Card, reader: Reader): Card {
  const helped = helpedBy(card, reader);
  const own = card.promises.filter(({ support }) => helped.includes(support));
  if (own.length === 0) return card;
  // what the lead is late with makes nobody else late
  return helped.includes(null) ? { ...card, promises: own } : { ...card, promises: own, card: null };
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
function unitsOf({ street }: Card, reader: Reader): (string | null)[] {
  const roles = reader?.roles ?? [];
  const given = roles.some(({ role }) => role === "grid_worker") ? [street] : [];
  return [...roles.map(({ unit }) => unit), ...given];
}
