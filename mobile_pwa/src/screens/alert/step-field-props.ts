// What the control of a step's field is given.
import type { AlertPlace } from "../../../../static/src/shared/moved-street";
import type { Card, StepField } from "../../../../static/src/shared/shapes";
import type { StepDraft, StepValue } from "../../core/rows";

export type StepFieldProps = {
  step: string;
  /** `optional`: it may stay empty whatever else is chosen; `byRules`: then the rules decide. */
  field: StepField & { optional?: boolean; byRules?: boolean };
  /** What is asked here in other words than the field's own. */
  asks?: string | undefined;
  draft: StepDraft;
  /** Where the alert is, and how grave, now. */
  here: AlertPlace & Pick<Card, "severity" | "life_safety">;
  wrong: string | undefined;
  /** Ends when it is on disk; raises where the phone is full. */
  put: (value: StepValue) => Promise<void>;
};

/** What is not on disk is told by the form. */
export const settle = (keeping: Promise<void>): void => void keeping.catch(() => undefined);
