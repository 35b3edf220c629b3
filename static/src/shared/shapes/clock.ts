// The city's clock, moved in the test environment.
// Written by `python -m dispatch.shapes` from dispatch/shapes/: change it there.
import type { Instant } from "./vocabulary";

/** `advance_s` seconds on, or `to` an instant; `jump`: at once, as in an outage. */
export type ClockBody = {
  advance_s?: number;
  to?: string;
  jump?: boolean;
};

/** The instant reached, and how many rungs fired on the way. */
export type ClockMoved = {
  now: Instant;
  fired: number;
};
