// What travels between the server and its faces: cards, details, forms and places, as JSON.
import type { StepOffer } from "./offers";
import type { Feature, MultiPolygon, Polygon } from "geojson";

export type Text = { zh: string; en?: string };
export type Tier = "yellow" | "orange" | "red";
export type Limit = { value: number; unit: string };

export type Grant = { role: string; unit: string };
export type Session = {
  person: string;
  name: string;
  language: string;
  roles: Grant[];
  units: Record<string, Text>;
  csrf: string | null;
};

export type CardPromise = {
  clock: string;
  /** The unit whose own clock it is, where it helps; null: of the alert, or of its lead. */
  support?: string | null;
  started_at: string;
  due_at: string | null;
  state: string;
  limit?: Limit | null;
  flag?: string | null;
  /** How it fills by its own time; null: evenly from its start to its due time. */
  course?: Course | null;
  /** Why its clock stands; null while it runs. */
  paused?: Paused | null;
};

/** Corners: whole seconds since the start, seconds of own time used by then; straight between. */
export type Course = { given_s: number; corners: (readonly [number, number])[] };
/** In seconds of the promise's own time; null where no calendar reaches. */
export type Paused = {
  reason: string | null;
  owner: string | null;
  since: string;
  until: string | null;
  given_s: number | null;
  left_s: number | null;
};

export type Card = {
  id: string;
  number: string;
  short: string;
  category: string | null;
  status: string;
  lead: string | null;
  street: string | null;
  community: string | null;
  grid: string | null;
  lon: number | null;
  lat: number | null;
  severity: number;
  life_safety: boolean;
  whistle: string | null;
  reported_at: string;
  version: number;
  handler: string | null;
  supports: string[];
  promises: CardPromise[];
  card: Tier | null;
  /** The number of its supervision (督办), or null. */
  supervision: string | null;
  urged: boolean;
  source: string;
};

export type Labels = {
  units: Record<string, Text>;
  categories: Record<string, Text & { icon?: string | null }>;
};

export type { Choice, FieldKind, StepField, StepOffer, StepPlace } from "./offers";

export type Photo = {
  sha256: string;
  url: string | null;
  thumb: string | null;
  purpose: string;
  at: string | null;
};
export type Answer = { field: string; label: string; value: unknown; value_label?: string | null };
export type Entry = {
  seq: number;
  at: string;
  code: string;
  role?: string | null;
  unit?: string | null;
  from?: string | null;
  to?: string | null;
  sentence: string;
  /** What people wrote with it: note, reason, what was done. */
  words?: string[];
};
export type Considered = {
  rule: string;
  path?: string | null;
  file?: string | null;
  line?: number | null;
  outcome: "matched" | "missed" | "lost";
  sentence: string;
  seen?: unknown;
  wanted?: unknown;
};
export type DecisionTrace = {
  playbook_version?: number | null;
  lead: string | null;
  rule: { id: string; path?: string | null; file?: string | null; line?: number | null } | null;
  sentence: string;
  considered: Considered[];
  others?: number;
};
/** `id` only for those who may open it. */
export type Merged = {
  id: string | null;
  number: string;
  short: string;
  status: string;
  lead: string | null;
  promises: CardPromise[];
  merged_at: string;
  undo_until: string;
  story: { seq: number; at: string; code: string; sentence: string }[];
};
export type Follower = { id: string; number: string; short: string; reported_at: string; merged_at: string };
/** A unit beside the lead: `required` comes by clocks of its own, `informed` is only told. */
export type Helper = {
  unit: string;
  label: string;
  mode: "required" | "informed";
  state: "informed" | "to_sign" | "signed" | "on_site" | "finished";
  state_label: string;
  finished_at: string | null;
};
/** What the unit asked of the district, or what was granted: a sentence, then people's words. */
export type Asked = { until: string | null; sentence: string; words: string[] };
export type DetailPromise = {
  clock: string;
  support?: string | null;
  limit: Limit | null;
  started_at: string;
  due_at: string | null;
  stopped_at: string | null;
  state: string;
  outcome: string | null;
  card?: Tier | null;
  flag?: string | null;
  used_s: number | null;
  remaining_s: number | null;
  course?: Course | null;
  paused?: Paused | null;
  basis?: string | null;
};
export type Detail = Omit<Card, "promises"> & {
  /** Null where words about somebody's home are not for this person. */
  text: string | null;
  answers: Answer[];
  notices?: string[]; // what the rules say to the reporter
  photos: Photo[];
  timeline: Entry[];
  decision: DecisionTrace | null;
  promises: DetailPromise[];
  /** For staff; empty for the reporter. */
  helping: Helper[];
  /** Waits for a decision; null where nothing does. */
  request: Asked | null;
  /** Put off until a day; null where it is not. */
  suspension: Asked | null;
  steps: StepOffer[];
  /** What a handler without a network may do after a step of theirs, by that step. */
  ahead?: Record<string, StepOffer[]>;
  mine: boolean;
  /** The alert that stands for this one; null where it was not merged. */
  merged: Merged | null;
  /** Into which alert a rule would merge this one; for staff. */
  same_problem: { id: string; number: string; metres: number; sentence: string } | null;
  /** Those that were merged into this one; for staff. */
  followers: Follower[];
};

/** A question of a category's form, as the playbook asks it. */
export type FormField = {
  name: string;
  kind: string;
  label: Text;
  required: boolean;
  choices?: { id: string; label: Text }[];
  shown_when?: Record<string, string[]> | null; // answers that must all be given; null: always asked
  asked_when?: Record<string, unknown>; // the condition, where it says more than that
};
export type FormCategory = {
  code: string;
  label: Text;
  family: string;
  parents?: string[];
  icon: string | null;
  life_safety: boolean;
  household: boolean;
  common: boolean;
  fields: FormField[];
  photos: { min: number };
};
export type Emergency = { number: string; label: Text };
export type Forms = {
  version: number | string;
  emergency: Emergency[];
  groups?: Record<string, Text>;
  categories: FormCategory[];
  units?: Record<string, Text>;
};

export type PlaceFeature = Feature<
  Polygon | MultiPolygon,
  { id: string; label: Text; level: string; parent?: string | null }
>;
export type PlaceLevel = { type: "FeatureCollection"; features: PlaceFeature[] };
export type Places = {
  schematic: boolean;
  district: PlaceLevel;
  streets: PlaceLevel;
  communities: PlaceLevel;
  grids: PlaceLevel;
};
