// The card: the one shape in which lists, the board and its changes show an alert.
// Written by `python -m dispatch.shapes` from dispatch/shapes/: change it there.
import type { CardPromise } from "./promise";
import type { Instant, RequestKind, Status, Tier } from "./vocabulary";

/** What card and page of an alert have in common.
 *
 *  `supports`: the units that help. `card`: the worst of its clocks. `supervision`: the number of
 *  its 督办. `asked`: what was asked and nobody has decided. `awaited`: the units for which a lead
 *  that has confirmed still waits. `handler_name`: for staff. A household alert has no `lon` and
 *  `lat`. */
export type CardFields = {
  id: string;
  number: string;
  short: string;
  category: string;
  status: Status;
  lead: string | null;
  street: string | null;
  community: string | null;
  grid: string | null;
  lon: number | null;
  lat: number | null;
  severity: number;
  life_safety: boolean;
  whistle: string | null;
  reported_at: Instant;
  version: number;
  handler: string | null;
  handler_name: string | null;
  supports: string[];
  card: Tier | null;
  supervision: string | null;
  suspended_until: Instant | null;
  urged: boolean;
  asked: RequestKind[];
  awaited: string[];
  source: string;
};

/** An alert in a list, and its clocks that run or stand. */
export type Card = {
  id: string;
  number: string;
  short: string;
  category: string;
  status: Status;
  lead: string | null;
  street: string | null;
  community: string | null;
  grid: string | null;
  lon: number | null;
  lat: number | null;
  severity: number;
  life_safety: boolean;
  whistle: string | null;
  reported_at: Instant;
  version: number;
  handler: string | null;
  handler_name: string | null;
  supports: string[];
  card: Tier | null;
  supervision: string | null;
  suspended_until: Instant | null;
  urged: boolean;
  asked: RequestKind[];
  awaited: string[];
  source: string;
  promises: CardPromise[];
};
