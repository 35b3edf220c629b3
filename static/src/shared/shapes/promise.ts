// A promise as faces show it: limit, due time, how it fills, why it is paused.
// Written by `python -m dispatch.shapes` from dispatch/shapes/: change it there.
import type { Clock, Instant, PromiseState, SupportMode, Tier, TimeUnit } from "./vocabulary";

/** A promised time as the playbook writes it: 8 work_hours. */
export type LimitAmount = {
  value: number;
  unit: TimeUnit;
};

/** How a promise fills by its own time, nights and pauses left out.
 *
 *  `given_s`: the seconds of own time that it gives. `corners`: whole seconds since the start, and
 *  seconds of own time used by then; straight between two corners, nothing is added after the last. */
export type ClockCourse = {
  given_s: number;
  corners: [number, number][];
};

/** Why a clock is paused, by whom, since when and until when. `given_s` and `left_s`: seconds of
 *  the promise's own time; null where no calendar reaches. */
export type ClockPause = {
  reason: string | null;
  owner: string | null;
  since: Instant;
  until: Instant | null;
  given_s: number | null;
  left_s: number | null;
};

/** What a face needs to count a promise down by itself. `course`: null where it fills evenly
 *  from its start to its due time, or does not run. `paused`: null while it runs. */
export type Counted = {
  course: ClockCourse | null;
  paused: ClockPause | null;
};

/** A promise that a card counts down.
 *
 *  `support`: the unit whose own clock it is, where it helps; null: of the alert or its lead.
 *  `mode`: how that unit helps, `first` of the one that comes for the first response. `unit`: who
 *  owes it; null: the district, the reporter, or of the overall clock whoever leads.
 *  `extended`: what was added to the limit, in its unit. */
export type CardPromise = {
  course: ClockCourse | null;
  paused: ClockPause | null;
  clock: Clock;
  support: string | null;
  mode: SupportMode | null;
  unit: string | null;
  started_at: Instant;
  due_at: Instant | null;
  state: PromiseState;
  limit: LimitAmount;
  extended: number;
  flag: string | null;
};

/** A promise on the alert's page, also one that has ended.
 *
 *  `used_s` and `remaining_s`: seconds of own time; null where no calendar reaches. `basis`: the
 *  document on which the limit rests. */
export type AlertPromise = {
  course: ClockCourse | null;
  paused: ClockPause | null;
  clock: Clock;
  support: string | null;
  mode: SupportMode | null;
  unit: string | null;
  started_at: Instant;
  due_at: Instant | null;
  state: PromiseState;
  limit: LimitAmount;
  extended: number;
  flag: string | null;
  stopped_at: Instant | null;
  outcome: PromiseState | null;
  card: Tier | null;
  used_s: number | null;
  remaining_s: number | null;
  basis: string | null;
};
