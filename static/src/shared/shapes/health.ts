// Whether the server lives, and whether the city keeps its promises.
// Written by `python -m dispatch.shapes` from dispatch/shapes/: change it there.
import type { Day } from "./vocabulary";

/** The process answers. */
export type Alive = {
  ok: boolean;
};

/** What is wrong, or soon will be, and what to do. `calendar` and `last`: which calendar ends,
 *  on which day; `where` and `free_percent`: which disk; `percent` and `failures`: of the answers
 *  of the last five minutes; `seconds`: how late the relay is. */
export type ReadyWarning = {
  code: string;
  detail: string;
  calendar?: string;
  last?: Day;
  where?: string;
  free_percent?: number;
  percent?: number;
  failures?: number;
  seconds?: number;
};

/** The meters: seconds, counts, days, and a share of 0 to 1. */
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
  error_share: number;
  photos_writable: number;
  relay_lag_seconds: number;
};

/** The database says nothing: there are no figures, only what is wrong. */
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
  error_share: number;
  photos_writable: number;
  relay_lag_seconds: number;
};
