// The console's words, in the page's language. {name} is filled in.
import en from "../i18n/en.json";
import zh from "../i18n/zh.json";

type Words = { [key: string]: string | Words };

const CATALOGUES: Record<"zh" | "en", Words> = { zh, en };

export const language = (): "zh" | "en" =>
  document.documentElement.lang.startsWith("en") ? "en" : "zh";

/** A key without words shows itself: nothing on the page may be empty. */
export function say(key: string, params: Record<string, string | number> = {}): string {
  const words = find(CATALOGUES[language()], key) ?? find(CATALOGUES.zh, key) ?? key;
  return words.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}

function find(words: Words, key: string): string | undefined {
  const found = key
    .split(".")
    .reduce<string | Words | undefined>((at, part) => (typeof at === "object" ? at[part] : undefined), words);
  return typeof found === "string" ? found : undefined;
}
