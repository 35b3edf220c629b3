// A city's own words over those of the software, as the server says them, too.
import { beforeEach, expect, test } from "vitest";
import { decimal, hasWords, label, layOver, speak, spokenTag, t } from "../../../static/src/shared/words";

beforeEach(() => speak("en", { a: "Whistle", b: "two whistles", c: "misleading", d: "{lead}: the lead", z: "街道吹哨" }));

test("terms are whole words, with their plurals and small letters; parameters stay", () => {
  layOver({ terms: { Whistle: "Call", Lead: "Chief", 吹哨: "发令" }, words: {} }, "phone");
  expect(["a", "b", "c", "d", "z"].map((key) => t(key))).toEqual(["Call", "two calls", "misleading", "{lead}: the chief", "街道发令"]);
});

test("sentences of the city's own win, each face takes its own", () => {
  layOver({ terms: {}, words: { "words.format.tag": "nl-NL", "phone.a": "Melden", "console.b": "Bord" } }, "phone");
  expect([t("a"), t("b"), spokenTag()]).toEqual(["Melden", "two whistles", "nl-NL"]);
  layOver({ terms: {}, words: { "console.b": "Bord" } }, "console");
  expect([t("b"), hasWords("console.b")]).toEqual(["Bord", false]);
});

test("a decimal is written as the spoken language writes it", () => {
  expect([decimal(37.5), decimal(40)]).toEqual(["37.5", "40"]);
  layOver({ terms: {}, words: { "words.format.tag": "nl-NL" } }, "console");
  expect([decimal(37.52), decimal(0)]).toEqual(["37,5", "0"]);
});

test("a label without the spoken language shows the city's own, its first", () => {
  expect(label({ nl: "Noord", de: "Nord" })).toBe("Noord");
  expect(label({ nl: "Noord", en: "North" })).toBe("North");
  expect(label({}, "id")).toBe("id");
});
