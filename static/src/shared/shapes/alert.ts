// One alert, whole: what the console's drawer and the phone show of it to one person.
// Written by `python -m dispatch.shapes` from dispatch/shapes/: change it there.
import type { DecisionTrace } from "./decision";
import type { AlertPromise, CardPromise } from "./promise";
import type { StepOffer } from "./steps";
import type { Day, Instant, RequestKind, Status, StepName, SupportMode, SupportState, Tier } from "./vocabulary";

/** An answer to a question of the category's form, as it is kept and as people read it. */
export type GivenAnswer = {
  field: string;
  label: string;
  value: unknown;
  value_label: string;
};

/** A photo that was declared; addresses and size are null until its bytes have come. */
export type AlertPhoto = {
  sha256: string;
  purpose: string;
  at: Instant | null;
  url: string | null;
  thumb: string | null;
  width: number | null;
  height: number | null;
};

/** What happened, as a sentence. */
export type StoryLine = {
  seq: number;
  at: Instant;
  code: string;
  sentence: string;
};

/** What happened to the alert into which this one was merged. `words`: what whoever moved it
 *  wrote for reporters. */
export type MergedLine = {
  seq: number;
  at: Instant;
  code: string;
  sentence: string;
  words: string[];
};

/** What happened, by whom, and what people wrote with it (`words`). `photos`: their digests. */
export type TimelineEntry = {
  seq: number;
  at: Instant;
  code: string;
  sentence: string;
  from: Status | null;
  to: Status | null;
  role: string | null;
  unit: string | null;
  unit_label: string | null;
  words: string[];
  photos: string[];
  codes: Record<string, unknown>;
};

/** A unit beside the lead: `required` comes by clocks of its own, `informed` is only told. */
export type HelpingUnit = {
  unit: string;
  label: string;
  mode: SupportMode;
  state: SupportState;
  state_label: string;
  team: string | null;
  handler: string | null;
  called_at: Instant | null;
  signed_at: Instant | null;
  arrived_at: Instant | null;
  finished_at: Instant | null;
};

/** What was asked and nobody has decided: by whom (office and role), a sentence, then the words
 *  of people. `decided_by`: the steps that decide on it. `from_at`, `to_at`: of an extension, when
 *  the work is due now and when it will be if it is granted; null where that is not known. */
export type OpenRequest = {
  kind: RequestKind;
  decided_by: StepName[];
  unit: string | null;
  who: string;
  asked_at: Instant;
  by: string | null;
  until: Day | null;
  from_at: Instant | null;
  to_at: Instant | null;
  sentence: string;
  words: string[];
};

/** Why whoever holds the alert now holds it, where people decided that: a sentence, then their
 *  words. */
export type HolderReason = {
  at: Instant;
  sentence: string;
  words: string[];
};

/** Until which day the alert is put off, and why. */
export type Suspension = {
  until: Day;
  unit: string | null;
  sentence: string;
  words: string[];
};

/** How the alert stands into which this one was merged; `id` only for those who may open it. */
export type MergedInto = {
  id: string | null;
  number: string;
  short: string;
  status: Status;
  lead: string | null;
  promises: CardPromise[];
  merged_at: Instant;
  undo_until: Instant;
  story: MergedLine[];
};

/** Into which alert a rule would merge this one. */
export type SameProblem = {
  id: string;
  number: string;
  metres: number;
  sentence: string;
};

/** An alert that was merged into this one. */
export type Follower = {
  id: string;
  number: string;
  short: string;
  reported_at: Instant;
  merged_at: Instant | null;
};

/** The alert with its story, promises and the steps to take now.
 *
 *  `text` null where words about somebody's home are not for this person. `notices`: what the
 *  rules say to the reporter. `held_because`, `decision`, `same_problem`, `helping` and
 *  `followers` are for staff.
 *  `ahead`: by step, what the same person may take after it without asking the server again. */
export type AlertPage = {
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
  now: Instant;
  mine: boolean;
  text: string | null;
  landmark: string | null;
  answers: GivenAnswer[];
  notices: string[];
  photos: AlertPhoto[];
  timeline: TimelineEntry[];
  held_because: HolderReason | null;
  decision: DecisionTrace | null;
  helping: HelpingUnit[];
  promises: AlertPromise[];
  told: AlertPromise | null;
  requests: OpenRequest[];
  suspension: Suspension | null;
  steps: StepOffer[];
  ahead: Partial<Record<StepName, StepOffer[]>>;
  merged: MergedInto | null;
  same_problem: SameProblem | null;
  followers: Follower[];
};
