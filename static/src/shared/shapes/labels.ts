// What things are called: labels in both languages, for the ids that answers name.
// Written by `python -m dispatch.shapes` from dispatch/shapes/: change it there.

/** A label of the playbook in both languages. */
export type LabelPair = {
  zh: string;
  en: string;
};

/** A category's label, with the name of its icon. */
export type CategoryLabel = {
  zh: string;
  en: string;
  icon: string | null;
};

/** The words for the ids on the cards. */
export type Labels = {
  units: Record<string, LabelPair>;
  categories: Record<string, CategoryLabel>;
};

/** A unit with its label in the asked language. */
export type NamedUnit = {
  id: string;
  label: string;
};

/** A number to call before anything is reported; `sentence`: when to call it. */
export type EmergencyCall = {
  number: string;
  label: LabelPair;
  sentence: LabelPair | null;
};

/** The same in the asked language. */
export type SpokenEmergencyCall = {
  number: string;
  label: string;
  sentence: string | null;
};
