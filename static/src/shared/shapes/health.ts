// Whether the server lives, and whether the city keeps its promises.
// Written by `python -m dispatch.shapes` from dispatch/shapes/: change it there.
import type { Day } from "./vocabulary";

/** The process answers. */
export type Alive = {
  ok: boolean;
};

/** What is wrong, or soon will be. `calendar` and `last`: which calendar ends, on which day. */
export type ReadyWarning = {
  code: string;
  calendar?: string;
  last?: Day;
};

/** The meters: seconds, counts and days. */
export type HealthFigures = {
  rung_late_seconds: number;
  notice_late_seconds: number;
  notice_untaken_seconds: number;
  rungs_failing: number;
  rungs_set_aside: number;
  notices_set_aside: number;
  promises_undated: number;
  notices_held: number;
  backup_age_seconds: number;
  sweep_age_seconds: number;
  calendar_days: number;
};

/** The database says nothing: there are no figures. */
export type NotReady = {
  ready: boolean;
  warnings: ReadyWarning[];
};

/** `ready` while the database answers, sweeps end and due rungs fire. */
export type Readiness = {
  ready: boolean;
  warnings: ReadyWarning[];
  rung_late_seconds: number;
  notice_late_seconds: number;
  notice_untaken_seconds: number;
  rungs_failing: number;
  rungs_set_aside: number;
  notices_set_aside: number;
  promises_undated: number;
  notices_held: number;
  backup_age_seconds: number;
  sweep_age_seconds: number;
  calendar_days: number;
};
