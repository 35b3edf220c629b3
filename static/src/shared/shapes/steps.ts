// Steps: what a person may take now and what each asks, the body that takes one, its answer.
// Written by `python -m dispatch.shapes` from dispatch/shapes/: change it there.
import type { FieldKind, Status, StepName, StepPlace, TimeUnit, WordsAudience } from "./vocabulary";

/** One of the values that a field takes.
 *
 *  `only`: what else can be chosen together with it: for another field of the step the ids that go
 *  with it, "" where that field may stay empty. `only_with`: the same where a third field holds a
 *  value: by that field, by its value. `needs`: the fields that must be filled beside it. */
export type OfferedChoice = {
  id: string;
  label: string;
  only?: Record<string, string[]>;
  only_with?: Record<string, Record<string, Record<string, string[]>>>;
  needs?: string[];
};

/** Of a number or a day: the least and the most, both included. `unit`: in which the number
 *  counts. */
export type FieldBounds = {
  least?: number | string;
  most?: number | string;
  unit?: TimeUnit;
};

/** What a step asks. `kind` tells the faces how to ask.
 *
 *  `proposed`: the value to begin with, of kinds that name a unit or an alert. `audience`: whom a
 *  text is for, where staff writes it. `spared_by`: where one of these fields is filled, a required
 *  one may stay empty, and the rules decide. */
export type StepField = {
  least?: number | string;
  most?: number | string;
  unit?: TimeUnit;
  name: string;
  kind: FieldKind;
  required: boolean;
  label: string;
  choices: OfferedChoice[];
  proposed?: string | null;
  audience?: WordsAudience;
  spared_by?: string[];
};

/** A step that this person may take on this alert now. */
export type StepOffer = {
  step: StepName;
  label: string;
  main: boolean;
  place: StepPlace;
  fields: StepField[];
};

/** What takes a step, beside the fields of the step itself.
 *
 *  `client_id`: a UUID that the client makes; the same one again gets the first answer. `version`:
 *  the one that was seen; or `after`: the client_id of the person's own earlier step. */
export type StepBody = {
  step: StepName;
  client_id: string;
  version?: number | null;
  after?: string | null;
  device_at?: string | null;
};

/** How the alert stands after the step. `handler` null for those who are no staff. `left`: what
 *  to say to a person who sees it no more by the step; null where they do. */
export type StepTaken = {
  id: string;
  number: string;
  step: StepName;
  status: Status;
  version: number;
  lead: string | null;
  handler: string | null;
  left: string | null;
};
