// Words by keys: JSON catalogues with flat keys as the server uses them, such as words.status.signed.
import type { OwnWords } from "./shapes";

/** A tongue as labels of the playbook call it: two small letters. */
export type Tongue = string;
export type Catalogue = { readonly [key: string]: string | Catalogue };
export type Params = Record<string, string | number>;

let tongue: Tongue = "";
let words: ReadonlyMap<string, string> = new Map();

/** From here on everything is said in this language; a later catalogue wins over an earlier one. */
export function speak(chosen: Tongue, ...catalogues: Catalogue[]): void {
  tongue = chosen;
  words = new Map(catalogues.flatMap((catalogue) => flat("", catalogue)));
}

/** The city's own words over those that are spoken: its terms in every sentence, then its sentences. */
export function layOver(own: Pick<OwnWords, "terms" | "words">, face: "phone" | "console"): void {
  const say = withTerms(own.terms);
  const said = [...words].map(([key, sentence]): [string, string] => [key, say(sentence)]);
  const theirs = Object.entries(own.words).flatMap(([key, sentence]): [string, string][] => {
    const room = key.split(".", 1)[0] ?? "";
    return room === "words" ? [[key, sentence]] : room === face ? [[key.slice(room.length + 1), sentence]] : [];
  });
  words = new Map([...said, ...theirs]);
}

export const spoken = (): Tongue => tongue;

/** The language with its country, as dates and browsers want it: en-GB. */
export const spokenTag = (): string => words.get("words.format.tag") ?? tongue;

/** With at most one digit behind the sign that the spoken language puts there: 37,5. */
export const decimal = (value: number): string =>
  new Intl.NumberFormat(spokenTag(), { maximumFractionDigits: 1 }).format(value);

/** A key without words shows itself: nothing on the screen may be empty. */
export function t(key: string, params: Params = {}): string {
  const sentence = words.get(key) ?? key;
  return sentence.replace(/\{(\w+)\}/g, (gap, name: string) => String(params[name] ?? gap));
}

export const hasWords = (key: string): boolean => words.has(key);

/** The label of something that the playbook names; in the city's own language, its first, where it has no other. */
export function label(text: Record<string, string> | string | null | undefined, id = ""): string {
  if (!text) return id;
  if (typeof text === "string") return text;
  return text[tongue] ?? Object.values(text)[0] ?? id;
}

/** As the server does it: words in Latin letters are taken whole, in their plural and small, too. */
function withTerms(terms: Record<string, string>): (sentence: string) => string {
  const known = Object.keys(terms).sort((one, other) => other.length - one.length);
  if (known.length === 0) return (sentence) => sentence;
  const own = new Map(known.map((word) => [word.toLowerCase(), terms[word] ?? word]));
  const escaped = known.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
  const pattern = new RegExp(`\\{\\w*\\}|(?<![A-Za-z_])(${escaped})(s?)(?![A-Za-z_]|\\.yaml)`, "gi");
  return (sentence) =>
    sentence.replace(pattern, (whole, word: string | undefined, plural: string | undefined) => {
      if (word === undefined) return whole;
      const instead = own.get(word.toLowerCase()) ?? word;
      const isSmall = /^\p{Ll}/u.test(word);
      return (isSmall ? instead.charAt(0).toLowerCase() + instead.slice(1) : instead) + (plural ?? "");
    });
}

function flat(prefix: string, catalogue: Catalogue): [string, string][] {
  return Object.entries(catalogue).flatMap(([name, inner]): [string, string][] =>
    typeof inner === "string" ? [[prefix + name, inner]] : flat(`${prefix}${name}.`, inner),
  );
}
