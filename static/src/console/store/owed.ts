// Which clocks of an alert its reader's own units owe: where there are some, these are counted down.
import type { Card } from "../../shared/shapes";

/** The lead reads its own clocks, a unit that helps its own; everybody else all of them. */
export function owedBy(units: readonly string[], card: Card): Card {
  const owes = (support: string | null): boolean => {
    const unit = support ?? card.lead;
    return unit !== null && units.includes(unit);
  };
  const own = card.promises.filter(({ support }) => owes(support));
  return own.length === 0 ? card : { ...card, promises: own };
}
