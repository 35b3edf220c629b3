// Words stand in the catalogues alone: one file a language and face, each key asked for, none missing.
// @vitest-environment node
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type Catalogue, speak, t } from "../../../static/src/shared/words";
import { type Module, readModule } from "./asked-words";
import { modulesBelow } from "./imports";

/** A folder of the server's words is a language, and each face has a file for it. */
const LANGUAGES: Record<string, string> = Object.fromEntries(
  readdirSync("dispatch/translations").filter((folder) => existsSync(`dispatch/translations/${folder}/words.json`))
    .map((folder) => [folder.split("_")[0] ?? folder, folder]),
);
type Words = ReadonlyMap<string, string>;
type Face = { name: string; folder: string; modules: readonly Module[]; files: Record<string, Words> };

const shared = modulesBelow("static/src/shared").map(readModule);
const faces: Face[] = [
  faceOf("the phone", "mobile_pwa/src/i18n", modulesBelow("mobile_pwa/src")),
  faceOf("the console and the pages", "static/src/i18n", modulesBelow("static/src").filter((file) => !file.includes("/shared/"))),
];
const city = Object.fromEntries(
  Object.entries(LANGUAGES).map(([language, folder]) => {
    const file = `dispatch/translations/${folder}/words.json`;
    return [language, { file, words: wordsIn(file, "words.") }];
  }),
);

function faceOf(name: string, folder: string, files: readonly string[]): Face {
  const catalogues = Object.keys(LANGUAGES).map((language) => `${folder}/${language}.json`);
  return {
    name, folder,
    modules: [...files.map(readModule), ...shared],
    files: Object.fromEntries(catalogues.map((file) => [file, wordsIn(file)])),
  };
}

function wordsIn(file: string, prefix = ""): Words {
  const flat = (inner: Catalogue, at: string): [string, string][] =>
    Object.entries(inner).flatMap(([name, one]) => (typeof one === "string" ? [[at + name, one]] : flat(one, `${at}${name}.`)));
  return new Map(flat(JSON.parse(readFileSync(file, "utf8")) as Catalogue, prefix));
}

const gapsOf = (sentence: string | undefined): string[] => (sentence?.match(/\{\w+\}/g) ?? []).map((gap) => gap.slice(1, -1)).sort();
const cataloguesOf = (face: Face): [string, Words][] =>
  Object.entries(face.files).map(([file, own], at) => {
    const ofCity = city[Object.keys(LANGUAGES)[at] ?? ""];
    return [`${file} (or, of the city, ${ofCity?.file})`, new Map([...own, ...(ofCity?.words ?? [])])];
  });

test.each(faces)("$folder holds one file a language, and nothing else holds words", ({ folder, modules }) => {
  const catalogues = readdirSync(folder).filter((name) => name.endsWith(".json"));
  expect(catalogues.sort()).toEqual(Object.keys(LANGUAGES).map((language) => `${language}.json`).sort());
  const own = modules.flatMap(({ file, own: sentences }) => sentences.map((sentence) => `${file}: "${sentence}"`));
  // what a language calls itself is no translation, and a table of characters is no sentence
  const spelled = own.filter((told) => told !== 'static/src/shared/words.ts: "中文"' && !told.startsWith("static/src/shared/shapes/tables.ts: "));
  expect(spelled.map((told) => `${told} belongs into the catalogues of ${folder}, by a key.`)).toEqual([]);
});

test.each(faces)("every key that $name asks for has words in each language", (face) => {
  const missing = cataloguesOf(face).flatMap(([file, words]) => {
    const groups = new Set([...words.keys()].filter((key) => key.includes(".")).map((key) => key.split(".")[0]));
    const isKey = (text: string): boolean => /^[a-z_]+(\.[a-z0-9_]+)+$/.test(text) && groups.has(text.split(".")[0]);
    return face.modules.flatMap((module) => {
      const keys = new Set([...module.asked.map(({ key }) => key), ...[...module.strings].filter(isKey)]);
      return [
        ...[...keys].filter((key) => !words.has(key)).map((key) => `${module.file} asks for "${key}": add it to ${file}.`),
        ...module.askedFamilies.filter((family) => ![...words.keys()].some((key) => family.test(key)))
          .map((family) => `${module.file} asks for keys like ${family}: none is in ${file}.`),
      ];
    });
  });
  expect(missing).toEqual([]);
});

test.each(faces)("every key of $folder is asked for", ({ files, modules }) => {
  const unused = Object.entries(files).flatMap(([file, words]) =>
    [...words.keys()]
      .filter((key) => !modules.some(({ strings, families }) => strings.has(key) || families.some((family) => family.test(key))))
      .map((key) => `${file} keeps "${key}", which no module asks for: delete it.`),
  );
  expect(unused).toEqual([]);
});

test.each(faces)("what $name puts into a sentence is what the sentence has room for", (face) => {
  const [[, words] = ["", new Map<string, string>()]] = cataloguesOf(face);
  const open = face.modules.flatMap(({ asked }) =>
    asked.flatMap(({ file, key, filled }) => {
      const left = filled === null ? [] : gapsOf(words.get(key)).filter((gap) => !filled.includes(gap));
      return left.map((gap) => `${file} says "${key}" without {${gap}}.`);
    }),
  );
  expect(open).toEqual([]);
});

const SETS: Record<string, Words>[] = [
  ...faces.map(({ files }) => files),
  Object.fromEntries(Object.values(city).map(({ file, words }) => [file, words])),
];

/** What the files of several languages do not say alike, each compared with the first. */
function differing(files: Record<string, Words>): string[] {
  const [[firstFile, first] = ["", new Map<string, string>()], ...others] = Object.entries(files);
  return others.flatMap(([file, words]) =>
    [...new Set([...first.keys(), ...words.keys()])].flatMap((key) => {
      if (!first.has(key)) return [`${firstFile} lacks "${key}".`];
      if (!words.has(key)) return [`${file} lacks "${key}".`];
      return gapsOf(first.get(key)).join() === gapsOf(words.get(key)).join() ? [] : [`"${key}" has other gaps in ${file} than in ${firstFile}.`];
    }),
  );
}

test.each(SETS)("all languages say the same things, with the same gaps: %#", (files) => {
  expect(differing(files)).toEqual([]);
});

test("a third language is compared as the second is", () => {
  const said = (sentence: string): Words => new Map([["due", sentence]]);
  const files = { "zh.json": said("还剩{n}天"), "en.json": said("{n} days left"), "nl.json": said("nog {m} dagen"), "zu.json": new Map() };
  expect(differing(files)).toEqual(['"due" has other gaps in nl.json than in zh.json.', 'zu.json lacks "due".']);
});

/** Keys of the keyboard, and what stands between names. */
const isSign = (key: string): boolean => /(_key|comma)$/.test(key);

test.each(faces)("Chinese is Chinese, and English is English: $folder", ({ files }) => {
  const han = /\p{Script=Han}/u;
  for (const [file, words] of Object.entries(files)) {
    for (const [key, sentence] of words) {
      if (!isSign(key)) expect(han.test(sentence), `${file}: ${key}`).toBe(file.endsWith("zh.json"));
    }
  }
});

test.each(SETS)("nobody shouts: %#", (files) => {
  for (const [file, words] of Object.entries(files)) {
    for (const [key, sentence] of words) expect(/[!！]/.test(sentence), `${file}: ${key}`).toBe(false);
  }
});

test("each clock of the city has its sentence on the reporter's receipt", () => {
  const clocks = [...(city["zh"]?.words.keys() ?? [])].filter((key) => key.startsWith("words.clock.")).map((key) => key.slice(12));
  const phone = faces[0]?.files["mobile_pwa/src/i18n/zh.json"] ?? new Map<string, string>();
  // the date that reporters are told reaches them as their promise to dispose
  expect(clocks.filter((clock) => !phone.has(`sent.clock.${clock}`))).toEqual(["overall"]);
});

test("a key without words shows itself, and so does a gap that nothing fills", () => {
  speak("en", { a: { b: "{n} of {m}" } });
  expect([t("a.b", { n: 1 }), t("no.such")]).toEqual(["1 of {m}", "no.such"]);
});
