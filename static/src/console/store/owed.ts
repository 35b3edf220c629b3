// Which clocks of an alert speak to its reader: what is late, else what their own units owe.
import type { Card } from "../../shared/shapes";
import { speakingTo } from "../../shared/urgency";

/** The lead reads its own clocks, a unit that helps its own, everybody else all of them; and whatever is late. */
export function owedBy(units: readonly string[], card: Card, now: number): Card {
  const owes = (unit: string | null): boolean => unit !== null && units.includes(unit);
  return speakingTo(card, ({ support }) => owes(support ?? card.lead), now);
}
