// Finds kinds of problems by everyday words, sentences, pinyin and with slips of the pen: step by step
// as dispatch/rules/finding/find_category.py does; a test compares both on all words.
import type { FormCategory, Forms, OfferedChoice } from "./shapes";

export const OFFERED = 3;
export const UNSURE = "unsure";
const LEAST = 40;
const MOST_SHARED = 380;
const PIECE = /[\u3400-\u9fff]+|[a-z0-9\u00c0-\u024f]+/g;
const BETWEEN = /[/／、，,()（）;；"“”]+/;
const HAN = String.fromCharCode(0x3400); // the first of the characters that are written together

/** `spoken`: its syllables with blanks around them. */
type Term = { text: string; spoken: string; letters: string; initials: string };
type Kind<C> = { category: C; terms: readonly Term[]; parts: ReadonlySet<string> };
type KindIndex<C> = { kinds: readonly Kind<C>[]; weights: ReadonlyMap<string, number>; syllables: ReadonlyMap<string, string> };
/** Forms that a phone kept before there were words of the street have none. */
type Named = Pick<FormCategory, "code" | "label"> & Partial<Pick<FormCategory, "say" | "words" | "common">>;
type Searched<C> = { categories: readonly C[]; sounds: Forms["sounds"] };

const made = new WeakMap<object, KindIndex<Named>>();

/** The kinds that fit what was typed, the best first. */
export function findCategories<C extends Named>(forms: Searched<C>, sought: string): C[] {
  const index = indexOf(forms);
  const term = termOf(sought, index.syllables);
  if (!term.text) return [];
  return index.kinds
    .map((kind) => ({ score: score(term, kind, index.weights), category: kind.category }))
    .filter((each) => each.score >= LEAST)
    .sort((one, other) => other.score - one.score || Number(other.category.common ?? false) - Number(one.category.common ?? false))
    .map(({ category }) => category);
}

/** What is offered for a sentence, where somebody is not sure. */
export const offered = (forms: Searched<FormCategory>, sentence: string): FormCategory[] =>
  findCategories(forms, sentence).slice(0, OFFERED);

/** The choices of a list that fit: by the words of the kinds and units among them, else by how they are called. */
export function findChoices(choices: readonly OfferedChoice[], forms: Forms | null, sought: string): OfferedChoice[] {
  const kinds = new Map(forms?.categories.map((each) => [each.code, each]));
  const words = forms?.unit_words ?? {};
  const named = choices.map((choice) => ({ words: words[choice.id] ?? [], ...kinds.get(choice.id), code: choice.id, label: { written: choice.label }, choice }));
  const found = findCategories({ categories: named, sounds: forms?.sounds ?? {} }, sought).map(({ choice }) => choice);
  const written = sought.normalize("NFKC").trim().toLowerCase();
  return [...new Set([...found, ...choices.filter(({ label }) => label.toLowerCase().includes(written))])];
}

function indexOf<C extends Named>(forms: Searched<C>): KindIndex<C> {
  const known = made.get(forms);
  if (known) return known as KindIndex<C>; // of these very forms
  const syllables = new Map<string, string>();
  for (const [sound, written] of Object.entries(forms.sounds ?? {})) for (const each of written) syllables.set(each, sound);
  const kinds = forms.categories.filter(({ code }) => code !== UNSURE).map((category) => kindOf(category, syllables));
  const index = { kinds, weights: weightsOf(kinds), syllables };
  made.set(forms, index);
  return index;
}

function weightsOf(kinds: readonly Kind<unknown>[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { parts } of kinds) for (const part of parts) counts.set(part, (counts.get(part) ?? 0) + 1);
  return new Map([...counts].map(([part, count]) => [part, bits(Math.floor(kinds.length / count))]));
}

const bits = (value: number): number => 32 - Math.clz32(value);

/** Folded, without signs: characters together, other words apart. */
export function writtenPlainly(text: string): string {
  let told = "";
  for (const piece of text.normalize("NFKC").toLowerCase().match(PIECE) ?? []) {
    told += told && told.at(-1)! < HAN && piece < HAN ? ` ${piece}` : piece;
  }
  return told;
}

function kindOf<C extends Named>(category: C, syllables: ReadonlyMap<string, string>): Kind<C> {
  const texts = new Set(namesOf(category).map(writtenPlainly).filter(Boolean));
  const terms = [...texts].map((text) => termOf(text, syllables));
  return { category, terms, parts: new Set(terms.flatMap(({ text }) => partsOf(text))) };
}

/** All its names, and what stands between signs in them. */
function namesOf({ code, label, say = null, words = [] }: Named): string[] {
  const names = [label, say].flatMap((each) => Object.values(each ?? {}));
  return [code, ...names, ...names.flatMap((name) => name.split(BETWEEN)), ...words];
}

function termOf(text: string, known: ReadonlyMap<string, string>): Term {
  const plain = writtenPlainly(text);
  const syllables = [...plain].map((each) => known.get(each) ?? "");
  if (!syllables.every(Boolean)) return { text: plain, spoken: "", letters: "", initials: "" };
  return { text: plain, spoken: ` ${syllables.join(" ")} `, letters: syllables.join(""), initials: syllables.map((each) => each[0]).join("") };
}

/** Single characters, pairs of them, and other words. */
function partsOf(text: string): string[] {
  return (text.match(PIECE) ?? []).flatMap((piece) => {
    if (piece < HAN) return [piece];
    const single = [...piece];
    return [...single, ...single.slice(1).map((each, at) => single[at]! + each)];
  });
}

/** The best name counts whole, others that occur a little, and parts of words. */
function score(sought: Term, { terms, parts }: Kind<unknown>, weights: ReadonlyMap<string, number>): number {
  const best = Math.max(0, ...terms.map((term) => match(sought, term)));
  const inside = terms.reduce((sum, { text }) => sum + (text.length > 1 && has(sought.text, text) ? text.length : 0), 0);
  return best + 10 * Math.min(inside, 12) + shared(sought.text, parts, weights);
}

function shared(text: string, parts: ReadonlySet<string>, weights: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const part of new Set(partsOf(text))) {
    if (parts.has(part)) sum += (weights.get(part) ?? 0) * (part.length === 1 ? 2 : 10);
  }
  return Math.min(MOST_SHARED, sum);
}

/** How well one name fits what was typed, 0 to 1000. */
function match(sought: Term, term: Term): number {
  if (sought.text === term.text) return 1000;
  return Math.max(byWriting(sought.text, term.text), bySound(sought, term), bySlip(sought.text, term.text));
}

function byWriting(sought: string, name: string): number {
  if (name.includes(sought)) return Math.max(300, 700 - 20 * (name.length - sought.length));
  if (name.length > 1 && has(sought, name)) return 400 + 50 * Math.min(name.length, 8);
  if (name.length === 1 && name >= HAN && sought.includes(name)) return 200;
  const words = sought.split(" ");
  const known = new Set(name.split(" "));
  return words.length > 1 && words.every((word) => known.has(word)) ? 500 : 0;
}

/** The name occurs in the text: as whole words, where words stand apart. */
const has = (text: string, name: string): boolean =>
  name >= HAN ? text.includes(name) : ` ${text} `.includes(` ${name} `);

/** Typed in pinyin, whole or by its initials, or in characters that are read the same. */
function bySound(sought: Term, term: Term): number {
  if (!term.letters) return 0;
  if (!sought.letters) return byLetters(sought.text.replaceAll(" ", ""), term);
  if (sought.letters === term.letters && sought.initials.length > 1) return 820;
  return term.text.length > 2 && sought.spoken.includes(term.spoken) ? 300 + 40 * Math.min(term.text.length, 6) : 0;
}

function byLetters(letters: string, term: Term): number {
  if (letters.length < 2 || /[^\u0000-\u007f]/.test(letters)) return 0;
  if (letters === term.letters) return 900;
  if (letters === term.initials) return 800;
  if (letters.length > 3 && term.letters.startsWith(letters)) return 600;
  return letters.length > 2 && term.initials.startsWith(letters) ? 500 : 0;
}

/** One character too much, too few or wrong. */
function bySlip(sought: string, name: string): number {
  const shorter = Math.min(sought.length, name.length);
  if (shorter < (name >= HAN ? 3 : 4) || Math.abs(sought.length - name.length) > 1) return 0;
  return isOneSlip(sought, name) ? 450 : 0;
}

/** Whether one character at most has to be put in, left out or changed. */
function isOneSlip(one: string, other: string): boolean {
  let same = 0;
  while (same < one.length && one[same] === other[same]) same += 1;
  const [left, right] = [one.slice(same), other.slice(same)];
  return left.slice(1) === right.slice(1) || left.slice(1) === right || left === right.slice(1);
}
