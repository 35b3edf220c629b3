// The words around a step's field: its name, its help, and the bounds of its answer.
import { choiceName, cityWord } from "./city-words";
import type { Card, OpenRequest, RequestKind, StepField } from "./shapes";
import { t } from "./words";

/** The city's word, else the server's label, else the bare code. */
export const fieldName = (step: string, { name, label }: Pick<StepField, "name" | "label">): string =>
  cityWord(`field.${step}`, name, label ?? name);

/** What stands below a field before anybody guesses; empty where nothing is to be said. */
export const fieldHelp = (step: string, field: StepField): string =>
  [cityWord(`help.${step}`, field.name, ""), audienceWords(field), boundsWords(field)].filter(Boolean).reduce(followedBy, "");

/** A Chinese sentence ends without a blank. */
const followedBy = (before: string, next: string): string =>
  before === "" || before.endsWith("。") ? before + next : `${before} ${next}`;

/** What a field that changes something changes now: 2 级, 不涉及; empty where it shows itself. */
export const presentWords = ({ name }: Pick<StepField, "name">, alert: Pick<Card, "severity" | "life_safety">): string => {
  if (name === "severity") return choiceName(`severity_${alert.severity}`);
  return name === "life_safety" ? cityWord("at_risk", String(alert.life_safety), "") : "";
};

/** The fields of a request whose words are read later, in the order in which the server gives them. */
const WRITTEN: Partial<Record<RequestKind, readonly string[]>> = { extend: ["reason", "told"], suspend: ["reason", "plan"] };

/** What was written with a request: where there is more than one text, each says what it answers. */
export function labelledWords({ kind, words }: Pick<OpenRequest, "kind" | "words">): string[] {
  const names = WRITTEN[kind] ?? [];
  if (words.length < 2 || names.length !== words.length) return words;
  return words.map((word, i) => t("words.written", { name: cityWord(`field.${kind}`, names[i] ?? "", ""), word }));
}

/** Who reads what is written here; empty beside what is no text, and beside the reporter's own. */
export const audienceWords = ({ audience }: StepField): string =>
  audience === undefined ? "" : cityWord("audience", audience, "");

/** 1 到 5 个工作日 · 最晚 2027-11-23; empty where the server names no bounds. */
export function boundsWords({ kind, least, most, unit }: StepField): string {
  if (most === undefined) return "";
  if (kind === "date") return t("words.bounds.date", { most: String(most) });
  const amount = unit ? t(`words.limit.${unit}`, { n: most }) : String(most);
  return t("words.bounds.number", { least: least ?? 1, most: amount });
}
