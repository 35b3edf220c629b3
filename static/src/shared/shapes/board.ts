// The board: a snapshot of the open alerts that a person sees, and what changed since.
// Written by `python -m dispatch.shapes` from dispatch/shapes/: change it there.
import type { Card } from "./card";
import type { Labels } from "./labels";
import type { Instant } from "./vocabulary";

/** Every open alert that the person sees, as of the cursor. */
export type BoardSnapshot = {
  cursor: string;
  now: Instant;
  cards: Card[];
  labels: Labels;
};

/** An alert as it stands now, or the id of one that is gone: one of the two.
 *
 *  `complete`, over the socket: up to which cursor the listener has missed nothing. */
export type BoardChange = {
  cursor: string;
  card?: Card;
  gone?: string;
  complete?: string;
};

/** What happened after a cursor, each alert once. */
export type BoardChanges = {
  cursor: string;
  now: Instant;
  changes: BoardChange[];
};

/** Over the socket, in quiet times: nothing was missed up to this cursor. */
export type BoardComplete = {
  complete: string;
};
