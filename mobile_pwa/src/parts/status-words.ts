// How a status is said to the person who reported the alert.
import { statusName } from "../../../static/src/shared/city-words";
import type { Card } from "../../../static/src/shared/shapes";
import { dayName } from "../../../static/src/shared/time";
import { hasWords, t } from "../../../static/src/shared/words";
import { unitLabel } from "../core/playbook";
import { serverClock } from "../core/server";

/** The reporter's own words for a status. */
export function statusWords(card: Pick<Card, "status" | "lead" | "promises">): string {
  const dispose = card.promises.find(({ clock, support }) => clock === "dispose" && !support);
  const due = dispose?.paused?.until ?? dispose?.due_at;
  const own = `words.status_reporter.${card.status}`;
  const isVague = card.status === "suspended" && !due; // no date, no promise in words
  if (!hasWords(own) || isVague) return statusName(card.status);
  return t(own, {
    unit: unitLabel(card.lead) ?? t("the_unit"),
    date: due ? dayName(due, serverClock.now()) : "",
  });
}
