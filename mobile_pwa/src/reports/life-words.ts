// What is heard in somebody's words while they type: danger to life, an accusation. Offline too.
import { TRADITIONAL, UNSEEN_SIGNS } from "../../../static/src/shared/shapes";
import type { EmergencyCall, FormCategory, Forms, ListenedFor, WordDenials } from "../../../static/src/shared/shapes";

type Listening = Pick<Forms, "emergency" | "hotlines" | "life_words" | "denials" | "accusations">;
type WithNumbers = Pick<FormCategory, "emergency"> | null;
export type Heard = { word: string; numbers: EmergencyCall[] };

type Stretch = { start: number; end: number };

const CUT = "\n";
const NEAR = 16; // so many characters around a word may say that it is denied or over
const SENTENCE_ENDS = /[。！？!?；;\n]/;
const NO_DENIALS: WordDenials = { before: "", after: "", calm: "", turns: "" };
const UNSEEN = new RegExp(`[${UNSEEN_SIGNS}]`, "gu");
const SIMPLE = new Map(Array.from(TRADITIONAL.matchAll(/(.)(.)/gu), ([, from = "", to = ""]) => [from, to]));
const HAN = /[\u4e00-\u9fff]/.source;
const APART = new RegExp(`(?<=${HAN}) +(?=${HAN}(?!${HAN}))|(?<=(?<!${HAN})${HAN}) +(?=${HAN})`, "g");
const made = new Map<string, RegExp>();

/** The first word of danger to life, and whom to call, the nearest first; null: nothing is heard. */
export function heardDanger(forms: Listening, text: string, category: WithNumbers = null): Heard | null {
  const heard = (forms.life_words ?? []).flatMap((words) => {
    const word = firstIn(words, text, forms.denials);
    return word === null ? [] : [{ word, shows: words.shows }];
  });
  const [first] = heard;
  if (!first) return null;
  return { word: first.word, numbers: whomToCall(forms, category, heard.flatMap(({ shows }) => shows)) };
}

/** Whom to call about what is kept here, in the server's order; null where neither its words nor its kind
 *  speak of danger to life. */
export function dangerOf(forms: Forms | null, { text, category: code }: { text: string | null; category: string | null }): EmergencyCall[] | null {
  if (forms === null) return null;
  const category = forms.categories.find((each) => each.code === code) ?? null;
  const heard = heardDanger(forms, text ?? "", category);
  if (heard) return heard.numbers;
  return category?.life_safety ? whomToCall(forms, category) : null;
}

/** All of these numbers were shown over the page already, and read. */
export const isHeeded = ({ heeded }: { heeded?: readonly string[] }, calls: readonly EmergencyCall[]): boolean =>
  calls.every(({ number }) => heeded?.includes(number));

/** What was read before and now. */
export const heeding = ({ heeded }: { heeded?: readonly string[] }, calls: readonly EmergencyCall[]): string[] =>
  [...new Set([...(heeded ?? []), ...calls.map(({ number }) => number)])];

/** The numbers that the words name, those of the category, then the district's own. */
export function whomToCall(forms: Listening, category: WithNumbers, named: readonly string[] = []): EmergencyCall[] {
  const known = new Map([...forms.emergency, ...(forms.hotlines ?? [])].map((each) => [each.number, each]));
  const first = named.flatMap((digits) => known.get(digits) ?? []);
  const all = [...first, ...(category?.emergency ?? []), ...forms.emergency];
  return [...new Map(all.map((each) => [each.number, each])).values()];
}

/** Whether the page for accusations is shown: danger to life goes first. */
export const heardAccusation = (forms: Listening, text: string): boolean =>
  forms.accusations != null && firstIn(forms.accusations.heard, text) !== null && heardDanger(forms, text) === null;

/** As the server does it: folded, in simplified characters, without what parts it unseen. */
function asHeard(text: string): string {
  const folded = text.replace(UNSEEN, "").normalize("NFKC").toLowerCase();
  return folded.replace(/[\u4e00-\u9fff]/g, (sign) => SIMPLE.get(sign) ?? sign).replace(APART, "");
}

function firstIn({ pattern, unless, calm }: ListenedFor, text: string, denials = NO_DENIALS): string | null {
  const said = asHeard(text);
  if (!expression(pattern).test(said)) return null;
  const left = unless ? said.replace(expression(unless), CUT) : said;
  const calmed = calmParts(left, [calm, denials.calm], denials.turns);
  const words = expression(pattern);
  for (let found = words.exec(left); found; found = words.exec(left)) {
    if (!isWithin(found, calmed) && !isDenied(left, found, denials)) return found[0];
    words.lastIndex = found.index + 1;
  }
  return null;
}

/** Where the text says of itself that nobody is in danger: from turn to turn ("but"). */
function calmParts(said: string, calm: readonly string[], turns: string): Stretch[] {
  const starts = turns ? [...said.matchAll(expression(turns))].map(({ index }) => index) : [];
  const parts = [...starts, said.length].map((end, at) => ({ start: starts[at - 1] ?? 0, end }));
  return parts.filter(({ start, end }) => calm.some((words) => words && expression(words).test(said.slice(start, end))));
}

const isWithin = ({ index, 0: word }: RegExpExecArray, parts: readonly Stretch[]): boolean =>
  parts.some(({ start, end }) => start <= index && index + word.length <= end);

function isDenied(said: string, { index, 0: word }: RegExpExecArray, { before, after }: WordDenials): boolean {
  if (before && expression(`(?:${before})$`).test(said.slice(Math.max(0, index - NEAR), index))) return true;
  const [rest = ""] = said.slice(index + word.length, index + word.length + NEAR).split(SENTENCE_ENDS);
  return after !== "" && expression(after).test(rest);
}

function expression(source: string): RegExp {
  const known = made.get(source) ?? new RegExp(source, "g");
  made.set(source, known);
  known.lastIndex = 0;
  return known;
}
