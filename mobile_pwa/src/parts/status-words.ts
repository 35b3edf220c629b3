// How a status is said to the person who reported the alert.
import { statusName } from "../../../static/src/shared/city-words";
import type { Card, Clock, Status } from "../../../static/src/shared/shapes";
import { dayName, dayTime } from "../../../static/src/shared/time";
import { hasWords, t } from "../../../static/src/shared/words";
import { unitLabel } from "../core/playbook";
import { serverClock } from "../core/server";

/** The reporter's own words for a status. */
export function statusWords(card: Pick<Card, "status" | "lead" | "promises">): string {
  const own = `words.status_reporter.${card.status}`;
  const dated = DATED[card.status];
  const date = dated?.(card.promises, serverClock.now()) ?? "";
  const isVague = dated !== undefined && date === ""; // no date, no promise in words
  if (!hasWords(own) || isVague) return statusName(card.status);
  return t(own, { unit: unitLabel(card.lead) ?? t("the_unit"), date });
}

type Promises = Card["promises"];

const ofLead = (promises: Promises, wanted: Clock) => promises.find(({ clock, support }) => clock === wanted && !support);

/** The statuses that name a date, which is empty where there is none, or it is over. */
const DATED: Partial<Record<Status, (promises: Promises, now: number) => string>> = {
  suspended: (promises, now) => {
    const dispose = ofLead(promises, "dispose");
    const due = dispose?.paused?.until ?? dispose?.due_at;
    return due ? dayName(due, now) : "";
  },
  verifying: (promises, now) => {
    const due = ofLead(promises, "verify")?.due_at;
    return due && Date.parse(due) > now ? dayTime(due, now) : "";
  },
};
