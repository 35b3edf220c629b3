// Words by keys: JSON catalogues with flat keys as the server uses them, such as words.status.signed.

export type Tongue = "zh" | "en";
/** What each language calls itself: shown to those who cannot read the other one. */
export const OWN_NAMES: Record<Tongue, string> = { zh: "中文", en: "English" };
export type Catalogue = { readonly [key: string]: string | Catalogue };
export type Params = Record<string, string | number>;

let tongue: Tongue = "zh";
let words: ReadonlyMap<string, string> = new Map();

/** From here on everything is said in this language; a later catalogue wins over an earlier one. */
export function speak(chosen: Tongue, ...catalogues: Catalogue[]): void {
  tongue = chosen;
  words = new Map(catalogues.flatMap((catalogue) => flat("", catalogue)));
}

export const spoken = (): Tongue => tongue;

/** A key without words shows itself: nothing on the screen may be empty. */
export function t(key: string, params: Params = {}): string {
  const sentence = words.get(key) ?? key;
  return sentence.replace(/\{(\w+)\}/g, (gap, name: string) => String(params[name] ?? gap));
}

export const hasWords = (key: string): boolean => words.has(key);

/** The label of something that the playbook names, in both languages or in the one asked for. */
export function label(text: { zh: string; en?: string } | string | null | undefined, id = ""): string {
  if (!text) return id;
  if (typeof text === "string") return text;
  return tongue === "en" ? (text.en ?? text.zh) : text.zh;
}

export const tagOf = (chosen: Tongue): string => (chosen === "en" ? "en" : "zh-CN");

function flat(prefix: string, catalogue: Catalogue): [string, string][] {
  return Object.entries(catalogue).flatMap(([name, inner]): [string, string][] =>
    typeof inner === "string" ? [[prefix + name, inner]] : flat(`${prefix}${name}.`, inner),
  );
}
