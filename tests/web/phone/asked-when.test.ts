// The phone asks what the server asks: every comparison of the language, and what it cannot see.
// @vitest-environment node
import { expect, test } from "vitest";
import { type AskedWhen, isAsked } from "../../../mobile_pwa/src/reports/asked-when";
import { lacks, newReport, shownFields } from "../../../mobile_pwa/src/reports/report";
import type { FormCategory, FormQuestion } from "../../../static/src/shared/shapes";
import { labelPair, NO_WORDS } from "../shapes";

const field = (name: string, more: Partial<FormQuestion> = {}): FormQuestion => ({ name, kind: "text", label: labelPair(name), required: true, choices: [], shown_when: null, ...more });
const form = (...fields: FormQuestion[]): FormCategory => ({
  code: "X", label: labelPair("X"), parents: [], family: "asset", icon: null, life_safety: false, household: false, ...NO_WORDS, common: false, fields, photos: { min: 0 },
});
const GIVEN = { urgency: "danger", smoke: true, floors: 3, signs: ["heat", "smell"], place: "地下二层" };

const VERDICTS: [AskedWhen, boolean | null][] = [
  [{ "answer.urgency": { is: "danger" } }, true],
  [{ "answer.urgency": { is: ["disrupts", "ordinary"] } }, false],
  [{ "answer.smoke": { is: true } }, true],
  [{ "answer.smoke": { is: false } }, false],
  [{ "answer.signs": { is: "smell" } }, true],
  [{ "answer.floors": { at_least: 3 } }, true],
  [{ "answer.floors": { more_than: 3 } }, false],
  [{ "answer.floors": { at_most: 3, less_than: 4 } }, true],
  [{ "answer.place": { starts_with: ["地上", "地下"] } }, true],
  [{ "answer.place": { contains_any: ["三层"] } }, false],
  [{ "answer.place": { asked: true } }, true],
  [{ "answer.nobody": { asked: true } }, false],
  [{ "answer.urgency": { at_least: 1 } }, false],
  [{ not: { "answer.nobody": { is: "x" } } }, true],
  [{ all: [{ "answer.smoke": { is: true } }, { "answer.floors": { is: 3 } }] }, true],
  [{ any: [{ "answer.smoke": { is: false } }, { "answer.floors": { is: 3 } }] }, true],
  [{ street: ["street-futian"] }, null],
  [{ not: { street: ["street-futian"] } }, null],
  [{ all: [{ street: [] }, { "answer.smoke": { is: false } }] }, false],
  [{ any: [{ street: [] }, { "answer.smoke": { is: true } }] }, true],
  [{ any: [{ street: [] }, { "answer.smoke": { is: false } }] }, null],
];

test.each(VERDICTS)("%j", (asked_when, verdict) => {
  expect(isAsked(field("next", { asked_when }), GIVEN)).toBe(verdict);
});

test("what hangs on a question that is asked no more is not asked either", () => {
  const category = form(
    field("urgency"),
    field("smoke", { shown_when: { urgency: ["danger"] } }),
    field("colour", { asked_when: { "answer.smoke": { is: true } } }),
  );
  const names = (urgency: string): string[] => shownFields(category, { urgency, smoke: true }).map(({ name }) => name);
  expect(names("danger")).toEqual(["urgency", "smoke", "colour"]);
  expect(names("ordinary")).toEqual(["urgency"]);
});

test("what only the server can tell is shown and not demanded", () => {
  const category = form(field("gate", { asked_when: { street: ["street-futian"] } }));
  expect(shownFields(category, {}).map(({ name }) => name)).toEqual(["gate"]);
  expect(lacks(newReport("id", "person", 0), category).filter((lack) => lack.field)).toEqual([]);
});
