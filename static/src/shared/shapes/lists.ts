// Lists of cards: a page of alerts, and a person's tasks.
// Written by `python -m dispatch.shapes` from dispatch/shapes/: change it there.
import type { Card } from "./card";
import type { Instant } from "./vocabulary";

/** A page of alerts, newest first. `next`: the cursor of the page after it; null: the last. */
export type AlertList = {
  now: Instant;
  alerts: Card[];
  next: string | null;
};

/** What a person has to do: emergencies first, then by the time that is left. `verify`: the work
 *  of others that they may verify. */
export type TaskList = {
  now: Instant;
  tasks: Card[];
  verify: Card[];
};
