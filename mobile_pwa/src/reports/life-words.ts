// What is heard in somebody's words while they type: danger to life, an accusation. Offline too.
import type { EmergencyCall, Forms, ListenedFor } from "../../../static/src/shared/shapes";

type Listening = Pick<Forms, "emergency" | "hotlines" | "life_words" | "accusations">;
export type Heard = { word: string; numbers: EmergencyCall[] };

const CUT = "\n";
const made = new Map<string, RegExp>();

/** The first word of danger to life, and whom to call, the nearest first; null: nothing is heard. */
export function heardDanger(forms: Listening, text: string): Heard | null {
  const heard = (forms.life_words ?? []).flatMap((words) => {
    const word = firstIn(words, text);
    return word === null ? [] : [{ word, shows: words.shows }];
  });
  const [first] = heard;
  if (!first) return null;
  return { word: first.word, numbers: numbersOf(forms, heard.flatMap(({ shows }) => shows)) };
}

/** Whether the page for accusations is shown: danger to life goes first. */
export const heardAccusation = (forms: Listening, text: string): boolean =>
  forms.accusations !== null && firstIn(forms.accusations.heard, text) !== null && heardDanger(forms, text) === null;

/** The numbers named, in their order, then the district's own. */
function numbersOf({ emergency, hotlines }: Listening, named: readonly string[]): EmergencyCall[] {
  const known = new Map([...emergency, ...hotlines].map((each) => [each.number, each]));
  const first = named.flatMap((digits) => known.get(digits) ?? []);
  return [...new Set([...first, ...emergency])];
}

function firstIn({ pattern, unless }: ListenedFor, text: string): string | null {
  const said = text.normalize("NFKC").toLowerCase();
  const left = unless ? said.replace(expression(unless), CUT) : said;
  return expression(pattern).exec(left)?.[0] ?? null;
}

function expression(source: string): RegExp {
  const known = made.get(source) ?? new RegExp(source, "g");
  made.set(source, known);
  known.lastIndex = 0;
  return known;
}
