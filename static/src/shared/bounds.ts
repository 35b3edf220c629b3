// The bounds of a field's answer, said below it.
import type { StepField } from "./shapes";
import { t } from "./words";

/** 1 到 5 个工作日 · 最晚 2027-11-23; empty where the server names no bounds. */
export function boundsWords({ kind, least, most, unit }: StepField): string {
  if (most === undefined) return "";
  if (kind === "date") return t("words.bounds.date", { most: String(most) });
  const amount = unit ? t(`words.limit.${unit}`, { n: most }) : String(most);
  return t("words.bounds.number", { least: least ?? 1, most: amount });
}
