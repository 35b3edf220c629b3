// What a step asks, and where its button stands: as the server offers it.

export type FieldKind =
  | "text"
  | "choice"
  | "unit"
  | "person"
  | "photos"
  | "position"
  | "yes_no"
  | "grade"
  | "number"
  | "date"
  | "instant"
  | "alert";
export type Choice = { id: string; label: string };
export type StepField = {
  name: string;
  kind: FieldKind;
  required: boolean;
  label?: string;
  proposed?: string | null;
  choices?: Choice[];
  /** Of a number or a day, both included; `unit`: in which the number counts. */
  least?: number | string;
  most?: number | string;
  unit?: string;
};
/** The one big button, one beside it, behind 「更多」, or apart because it ends the alert. */
export type StepPlace = "main" | "beside" | "more" | "apart";
export type StepOffer = {
  step: string;
  label?: string;
  main: boolean;
  place: StepPlace;
  fields: StepField[];
};
