// What can be reported, and what is asked then.
// Written by `python -m dispatch.shapes` from dispatch/shapes/: change it there.
import type { EmergencyCall, FormerLabels } from "./labels";

/** One of the answers that a question takes. */
export type FormChoice = {
  id: string;
  label: Record<string, string>;
};

/** A question of a category's form.
 *
 *  `shown_when`: the answers that must all be given, by question; null: always asked, or
 *  `asked_when` has the whole condition. */
export type FormQuestion = {
  name: string;
  kind: string;
  label: Record<string, string>;
  required: boolean;
  choices: FormChoice[];
  shown_when: Record<string, string[]> | null;
  asked_when?: Record<string, unknown>;
};

/** How many photos a report needs. */
export type PhotosWanted = {
  min: number;
};

/** A category that can be reported. `parents`: its groups, the nearest first. */
export type FormCategory = {
  code: string;
  label: Record<string, string>;
  family: string;
  parents: string[];
  icon: string | null;
  life_safety: boolean;
  household: boolean;
  common: boolean;
  fields: FormQuestion[];
  photos: PhotosWanted;
};

/** The forms of a playbook; `version` changes with them. */
export type Forms = {
  version: string;
  emergency: EmergencyCall[];
  groups: Record<string, Record<string, string>>;
  units: Record<string, Record<string, string>>;
  categories: FormCategory[];
  former?: FormerLabels;
};
