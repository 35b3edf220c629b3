// What the control of a step's field is given.
import type { StepField } from "../../../../static/src/shared/shapes";
import type { StepDraft, StepValue } from "../../core/rows";

export type StepFieldProps = {
  step: string;
  field: StepField;
  draft: StepDraft;
  wrong: string | undefined;
  put: (value: StepValue) => void;
};
