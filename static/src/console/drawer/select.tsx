// A field of a step that is chosen from a list, and what every control of a field is given.
import { choiceName } from "../../shared/city-words";
import type { OfferedChoice, StepField } from "../../shared/shapes";
import { t } from "../../shared/words";
import type { Desk } from "../store/desk";
import { unitName } from "../words/names";
import type { Value } from "./draft";

export type ControlProps = {
  id: string;
  desk: Desk;
  field: StepField & { byRules?: boolean };
  value: Value;
  wrong: boolean;
  /** A line of help stands below the control. */
  help: boolean;
  put: (value: Value) => void;
};

export const described = ({ id, wrong, help }: ControlProps) => ({
  id,
  "aria-invalid": wrong ? ("true" as const) : undefined,
  "aria-describedby": [wrong ? `${id}-fault` : "", help ? `${id}-help` : ""].filter(Boolean).join(" ") || undefined,
});

/** `choices`: what is left of the field's own. */
export function Select(props: ControlProps & { choices?: readonly OfferedChoice[] }) {
  return (
    <select
      {...described(props)}
      required={props.field.required}
      value={typeof props.value === "string" ? props.value : ""}
      onChange={(event) => props.put(event.currentTarget.value)}
    >
      <option value="">{t(emptyWords(props.field))}</option>
      {(props.choices ?? choicesOf(props)).map((choice) => (
        <option key={choice.id} value={choice.id}>
          {choice.label}
        </option>
      ))}
    </select>
  );
}

const emptyWords = ({ required, byRules }: ControlProps["field"]): string => {
  if (byRules) return "words.by_rules";
  return required ? "steps.pick" : "steps.pick_none";
};

/** Units without a list of their own: every unit the board knows by name. */
export function choicesOf({ desk, field }: ControlProps): OfferedChoice[] {
  if (field.choices && field.choices.length > 0) {
    return field.choices.map(({ id, label }) => ({ id, label: label || choiceName(id) }));
  }
  if (field.kind !== "unit") return [];
  const { labels } = desk.view.live.board;
  return Object.keys(labels.units)
    .map((id) => ({ id, label: unitName(labels, id) }))
    .sort((a, b) => a.label.localeCompare(b.label, "zh-Hans-CN"));
}
