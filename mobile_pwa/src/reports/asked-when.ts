// Whether a question of a form is asked: the server's conditions, over the answers that were given.
import type { FormQuestion } from "../../../static/src/shared/shapes";
import type { AnswerValue } from "../core/rows";

type Given = Record<string, AnswerValue>;
/** Null: only the server can tell, by something that is no answer. */
type Verdict = boolean | null;

/** `{all: […]}`, `{any: […]}`, `{not: …}`, or one comparison: `{"answer.floor": {at_least: 3}}`. */
export type AskedWhen = Record<string, unknown>;

const ANSWER = "answer.";

/** Whether a field is asked after these answers. */
export function isAsked(field: FormQuestion, given: Given): Verdict {
  if (field.asked_when) return verdict(field.asked_when, given);
  return Object.entries(field.shown_when ?? {}).every(([name, accepted]) => is(given[name], accepted));
}

function verdict(condition: AskedWhen, given: Given): Verdict {
  const [word, inner] = Object.entries(condition)[0] ?? ["", null];
  if (word === "all") return every((inner as AskedWhen[]).map((part) => verdict(part, given)), false);
  if (word === "any") return every((inner as AskedWhen[]).map((part) => verdict(part, given)), true);
  if (word === "not") {
    const part = verdict(inner as AskedWhen, given);
    return part === null ? null : !part;
  }
  if (!word.startsWith(ANSWER)) return null;
  return compared(given[word.slice(ANSWER.length)], inner as Record<string, unknown>);
}

/** `decides`: the verdict of one part that settles the whole. Else an unknown part makes it unknown. */
function every(parts: readonly Verdict[], decides: boolean): Verdict {
  if (parts.includes(decides)) return decides;
  return parts.includes(null) ? null : !decides;
}

function compared(answer: AnswerValue | undefined, wanted: Record<string, unknown>): Verdict {
  if (isNothing(answer)) return false;
  const verdicts = Object.entries(wanted).map(([how, what]) => WAYS[how]?.(answer, what) ?? null);
  return every(verdicts, false);
}

const WAYS: Record<string, (answer: AnswerValue, wanted: unknown) => boolean> = {
  is: (answer, wanted) => is(answer, listed(wanted)),
  asked: () => true,
  at_least: (answer, wanted) => typeof answer === "number" && answer >= Number(wanted),
  at_most: (answer, wanted) => typeof answer === "number" && answer <= Number(wanted),
  more_than: (answer, wanted) => typeof answer === "number" && answer > Number(wanted),
  less_than: (answer, wanted) => typeof answer === "number" && answer < Number(wanted),
  starts_with: (answer, wanted) => typeof answer === "string" && listed(wanted).some((word) => answer.startsWith(String(word))),
  contains_any: (answer, wanted) => typeof answer === "string" && listed(wanted).some((word) => answer.includes(String(word))),
};

const listed = (wanted: unknown): readonly unknown[] => (Array.isArray(wanted) ? wanted : [wanted]);

function is(answer: AnswerValue | undefined, accepted: readonly unknown[]): boolean {
  return (Array.isArray(answer) ? answer : [answer]).some((one) => accepted.includes(one));
}

export const isNothing = (answer: AnswerValue | undefined): answer is undefined =>
  answer === undefined || answer === "" || (Array.isArray(answer) && answer.length === 0);
