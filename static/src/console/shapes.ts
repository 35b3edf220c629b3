// What travels between server and console: the JSON shapes of the board and of one alert.

export type Text = { zh: string; en?: string };
export type Tier = "yellow" | "orange" | "red";

export type CardPromise = {
  clock: string;
  started_at: string;
  due_at: string | null;
  state: string;
  limit?: { value: number; unit: string } | null;
  flag?: string | null;
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
  urged: boolean;
  source: string;
};

export type Labels = {
  units: Record<string, Text>;
  categories: Record<string, Text & { icon?: string | null }>;
};

export type Snapshot = { cursor: string; now: string; cards: Card[]; labels: Labels };
export type Change = { cursor: string; card?: Card; gone?: string; complete?: string };
export type Changes = { cursor: string; now: string; changes: Change[] };

export type Choice = { id: string; label: string };
export type StepField = {
  name: string;
  kind: "text" | "choice" | "unit" | "person" | "photos" | "position" | "yes_no" | "grade";
  required: boolean;
  label?: string;
  proposed?: string | null;
  choices?: Choice[];
};
export type StepOffer = { step: string; label?: string; main: boolean; fields: StepField[] };

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
export type DetailPromise = {
  clock: string;
  limit: { value: number; unit: string } | null;
  started_at: string;
  due_at: string | null;
  stopped_at: string | null;
  state: string;
  outcome: string | null;
  used_s: number | null;
  remaining_s: number | null;
  basis?: string | null;
};
export type Detail = Omit<Card, "promises"> & {
  /** Null where words about somebody's home are not for this person. */
  text: string | null;
  answers: Answer[];
  photos: Photo[];
  timeline: Entry[];
  decision: DecisionTrace | null;
  promises: DetailPromise[];
  steps: StepOffer[];
  mine: boolean;
};
