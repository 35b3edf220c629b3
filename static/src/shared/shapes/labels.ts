// What things are called: labels in the city's languages, for the ids that answers name.
// Written by `python -m dispatch.shapes` from dispatch/shapes/: change it there.

/** The words for ids that an earlier playbook had and nobody can choose any more. */
export type FormerLabels = {
  units: Record<string, Record<string, string>>;
  categories: Record<string, Record<string, string>>;
};

/** The words for the ids on the cards; beside those of a category its `icon`. `district`: the
 *  unit that decides where no other is named. */
export type Labels = {
  district?: string;
  units: Record<string, Record<string, string>>;
  categories: Record<string, Record<string, string>>;
  former?: FormerLabels;
};

/** A unit with its label in the asked language. */
export type NamedUnit = {
  id: string;
  label: string;
};

/** A number to call before anything is reported; `sentence`: when to call it. */
export type EmergencyCall = {
  number: string;
  label: Record<string, string>;
  sentence: Record<string, string> | null;
};

/** The same in the asked language. */
export type SpokenEmergencyCall = {
  number: string;
  label: string;
  sentence: string | null;
};
