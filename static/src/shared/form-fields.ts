// A step's fields as they stand while somebody fills them in: what one choice leaves of the others.
import type { OfferedChoice, StepField } from "./shapes";

type Values = Readonly<Record<string, unknown>>;

/** A field as it is shown. `optional`: it may stay empty, whatever else is chosen. `byRules`: empty means
 *  that the rules decide. */
export type ShownField = StepField & { optional: boolean; byRules: boolean };

/** The fields to show now. A choice may leave only some choices of another field (`only`, where ""
 *  means that it may stay empty), also where a third field holds a value (`only_with`), or need
 *  another field filled (`needs`); a field that is left nothing to choose is not shown. */
export function fieldsNow(fields: readonly StepField[], values: Values): ShownField[] {
  const chosen = fields.flatMap((field) => field.choices.filter(({ id }) => id === values[field.name]));
  const needed = new Set(fields.flatMap(({ choices }) => choices.flatMap(({ needs }) => needs ?? [])));
  return fields.flatMap((field) =>
    narrowed(field, chosen, values).map((left) => {
      const byRules = isSpared(left, values);
      const required = left.required && !byRules;
      return { ...left, required, byRules, optional: !required && !byRules && !needed.has(left.name) };
    }));
}

const isFilled = (value: unknown): boolean => value !== undefined && value !== null && value !== "";

const isSpared = ({ spared_by }: StepField, values: Values): boolean =>
  spared_by?.some((name) => isFilled(values[name])) ?? false;

/** The values with one more answer. What was proposed was so for what it changes: it goes with the first
 *  answer that lets the rules decide, and comes back with the last. */
export function answeredValues<V>(fields: readonly StepField[], values: Readonly<Record<string, V>>, name: string, value: V): Record<string, V> {
  const next = { ...values, [name]: value };
  for (const field of fields.filter(({ spared_by, proposed }) => spared_by?.includes(name) && proposed)) {
    const [was, is] = [isSpared(field, values), isSpared(field, next)];
    if (!was && is && next[field.name] === field.proposed) delete next[field.name];
    if (was && !is && !isFilled(next[field.name])) next[field.name] = field.proposed as V;
  }
  return settledValues(fields, next);
}

/** The values without those that are no choice any more; a single choice that must be made is made. */
export function settledValues<V>(fields: readonly StepField[], values: Readonly<Record<string, V>>): Record<string, V> {
  const shown = new Map(fieldsNow(fields, values).map((field) => [field.name, field]));
  const settled = { ...values };
  for (const { name } of fields.filter(isChosen)) {
    const field = shown.get(name);
    const isLeft = field?.choices.some(({ id }) => id === values[name]) ?? false;
    if (!isLeft) delete settled[name];
    const [only, ...others] = field?.choices ?? [];
    if (!isLeft && field?.required && only && others.length === 0) settled[name] = only.id as V;
  }
  return settled;
}

function narrowed(field: StepField, chosen: readonly OfferedChoice[], values: Values): StepField[] {
  const limits = chosen.flatMap((choice) => limitsOf(choice, values)).flatMap(({ [field.name]: ids }) => (ids ? [ids] : []));
  const choices = field.choices.filter(({ id }) => limits.every((limit) => limit.includes(id)));
  const mayBeEmpty = limits.every((limit) => limit.includes(""));
  if (limits.length > 0 && choices.length === 0 && mayBeEmpty) return [];
  const required = field.required || !mayBeEmpty || chosen.some(({ needs }) => needs?.includes(field.name));
  return [{ ...field, choices, required }];
}

/** What a choice leaves of each field, as the other values are now. */
function limitsOf(choice: OfferedChoice, values: Values): Record<string, string[]>[] {
  const limits = [choice.only];
  for (const [name, byValue] of Object.entries(choice.only_with ?? {})) limits.push(byValue[String(values[name])]);
  return limits.filter((each) => each !== undefined);
}

/** Answered by choosing, not by writing. */
export const isPicked = ({ kind, choices }: Pick<StepField, "kind" | "choices">): boolean =>
  kind === "yes_no" || kind === "grade" || ((choices ?? []).length > 0 && kind !== "alert");

/** Another alert is chosen or written, a place is chosen or pointed at: what is no choice stays. */
const isChosen = ({ kind, choices }: StepField): boolean => choices.length > 0 && !["alert", "place"].includes(kind);
