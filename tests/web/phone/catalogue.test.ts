// Does every sentence that the phone asks for exist, in both languages, with the same gaps?
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import enWords from "../../../dispatch/translations/en/words.json";
import zhWords from "../../../dispatch/translations/zh_Hans_CN/words.json";
import en from "../../../mobile_pwa/src/i18n/en.json";
import zh from "../../../mobile_pwa/src/i18n/zh.json";

type Words = { [key: string]: string | Words };

const flat = (words: Words, prefix = ""): [string, string][] =>
  Object.entries(words).flatMap(([name, inner]): [string, string][] =>
    typeof inner === "string" ? [[prefix + name, inner]] : flat(inner, `${prefix}${name}.`),
  );
const chinese = new Map(flat({ ...zh, words: zhWords }));
const english = new Map(flat({ ...en, words: enWords }));
const gaps = (sentence: string | undefined): string[] => (sentence?.match(/\{\w+\}/g) ?? []).sort();

const SOURCES = ["mobile_pwa/src", "static/src/shared"];
const code = SOURCES.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => readFileSync(join(folder, name), "utf8")),
).join("\n");

test("both languages say the same things", () => {
  expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort());
  for (const [key, sentence] of chinese) expect(gaps(english.get(key)), key).toEqual(gaps(sentence));
});

test("every key that is asked for has words", () => {
  const asked = [...code.matchAll(/\bt\("([a-z_.]+)"/g)].map(([, key]) => key ?? "");
  expect(asked.length).toBeGreaterThan(80);
  expect(asked.filter((key) => !chinese.has(key))).toEqual([]);
});

test("no words lie about that nobody asks for", () => {
  const families = [...code.matchAll(/`([a-z_.]+)\.\$\{/g)].map(([, family]) => `${family}.`);
  const own = flat(zh).map(([key]) => key);
  const unused = own.filter((key) => !code.includes(`"${key}"`) && !families.some((family) => key.startsWith(family)));
  expect(unused).toEqual([]);
});

test("Chinese is Chinese, English is English, and nobody shouts", () => {
  const han = /[一-鿿]/;
  for (const [key, sentence] of flat(zh)) expect(han.test(sentence), key).toBe(true);
  for (const [key, sentence] of flat(en)) expect(han.test(sentence), key).toBe(false);
  for (const [key, sentence] of [...chinese, ...english]) expect(/[!！]/.test(sentence), key).toBe(false);
});
