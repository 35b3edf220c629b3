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

/** What stands around the emergency numbers; null: the face's own words, which name none. */
export type DangerWords = {
  title: Record<string, string> | null;
  hint: Record<string, string> | null;
  go_on: Record<string, string> | null;
};

/** Words that are listened for in what one types, as regular expressions over folded text (NFKC,
 *  small letters): what `unless` matches is taken out first; where a part of the text has `calm`,
 *  its words count for nothing; empty: nothing. `shows`: the numbers to call, by their digits. */
export type ListenedFor = {
  pattern: string;
  unless: string;
  calm: string;
  shows: string[];
};

/** What makes a life word harmless, as regular expressions over folded text: right `before` it,
 *  or `after` it in its sentence, within sixteen characters, or `calm` anywhere in its part of the
 *  text; each of the `turns` ("but") begins another part. Empty: nothing. */
export type WordDenials = {
  before: string;
  after: string;
  calm: string;
  turns: string;
};

/** Accusations against officials are not taken in: what is shown instead. */
export type AccusationPage = {
  heard: ListenedFor;
  channel: EmergencyCall;
  title: Record<string, string> | null;
  hint: Record<string, string> | null;
};

/** A category that can be reported. `parents`: its groups, the nearest first; `say` and `words`:
 *  what it is called in the street and what else finds it; `emergency`: numbers of its own;
 *  `advice`: told while one fills the form; `accusation`: not taken in, its page is shown;
 *  `choice`: its answer to the question that its group is `asking`. */
export type FormCategory = {
  code: string;
  label: Record<string, string>;
  family: string;
  parents: string[];
  icon: string | null;
  life_safety: boolean;
  household: boolean;
  common: boolean;
  say: Record<string, string> | null;
  words: string[];
  emergency: EmergencyCall[];
  advice: Record<string, string> | null;
  accusation: boolean;
  choice: Record<string, string> | null;
  fields: FormQuestion[];
  photos: PhotosWanted;
};

/** The forms of a playbook; `version` changes with them. `hotlines`: numbers beside the
 *  emergency ones, which categories and life words show; `sounds`: by syllable of pinyin the
 *  characters that are read so; `unit_words`: what people call units beside their
 *  labels; `about`: the units that a report of any kind may complain about. */
export type Forms = {
  version: string;
  emergency: EmergencyCall[];
  hotlines: EmergencyCall[];
  danger: DangerWords;
  life_words: ListenedFor[];
  denials: WordDenials;
  accusations: AccusationPage | null;
  sounds: Record<string, string>;
  groups: Record<string, Record<string, string>>;
  asking: Record<string, Record<string, string>>;
  units: Record<string, Record<string, string>>;
  unit_words?: Record<string, string[]>;
  about: string[];
  categories: FormCategory[];
  former?: FormerLabels;
};
