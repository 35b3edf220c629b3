// The tables that the faces use as they are: written as constants, so that nobody copies them.
// Written by `python -m dispatch.shapes` from dispatch/shapes/: change it there.
import type { Clock, RoleName, Status, TimeUnit } from "./vocabulary";

/** Whoever has one of these has left the board. */
export const CLOSED_STATUSES: readonly Status[] = ["closed", "declined", "referred", "merged",
  "voided", "withdrawn"];

/** The list's tabs: the open statuses as the law orders them, those without a clock last. */
export const TAB_STATUSES = ["reported", "dispatched", "returned", "signed", "on_site",
  "submitted", "verifying", "resolved", "suspended"] as const;

/** The work is done: what is missing is a look at it, or the reporter's word. */
export const DONE_STATUSES: readonly Status[] = ["verifying", "resolved"];

/** The desks that decide on what is asked. */
export const DECIDING_ROLES: readonly RoleName[] = ["street_dispatcher", "department_dispatcher",
  "district_dispatcher"];

/** As the life of an alert goes. */
export const CLOCKS: readonly Clock[] = ["accept", "ruling", "sign", "contact", "arrive",
  "dispose", "overall", "verify", "rate"];

/** The clock of the work itself. */
export const TO_DISPOSE = "dispose";

/** Nobody is late by this clock: it closes the alert by itself. */
export const TO_RATE = "rate";

/** The flag of a promise that somebody asked in time to move, undecided: it is not late. */
export const PENDING = "pending";

/** The gravest first. */
export const CARDS = ["red", "orange", "yellow"] as const;

/** Limits in these units count office time alone. */
export const OFFICE_UNITS: readonly TimeUnit[] = ["work_hours", "work_days"];

/** Per cent of a limit from which a promise has another shape. */
export const LIGHTS = [50, 80] as const;

/** Characters that a text may have. */
export const LONGEST_TEXT = 2000;

/** Characters that a landmark may have. */
export const LONGEST_LANDMARK = 60;

/** Photos that a report or a step may bring. */
export const MOST_PHOTOS = 9;

/** The status to which a step leads; those that lead nowhere are left out. */
export const STEP_LEADS_TO: Readonly<Record<string, Status>> = { report: "reported", accept:
  "dispatched", whistle: "dispatched", settle: "verifying", decline: "declined", refer: "referred",
  withdraw: "withdrawn", sign: "signed", return: "returned", rule: "dispatched", reassign:
  "dispatched", arrive: "on_site", submit: "submitted", send_back: "on_site", confirm: "verifying",
  verify_ok: "resolved", verify_fail: "signed", rate: "closed", grant_suspension: "suspended",
  resume: "signed", merge: "merged", unmerge: "reported", confirm_void: "voided", reopen: "signed",
  record_outcome: "closed" };
