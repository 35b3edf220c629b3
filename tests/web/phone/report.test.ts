// A report knows what it lacks, and the same report always makes the same body.
// @vitest-environment node
import { expect, test } from "vitest";
import type { Report } from "../../../mobile_pwa/src/core/rows";
import { reportBody, isEmpty, lacks, newReport, shownFields, withAnswersAsked } from "../../../mobile_pwa/src/reports/report";
import type { FormCategory } from "../../../static/src/shared/shapes";
import { labelPair, NO_WORDS } from "../shapes";

const CATEGORY: FormCategory = {
  code: "E0113", label: labelPair("道路破损"), parents: [], family: "incident", icon: "pothole",
  life_safety: false, household: false, ...NO_WORDS, common: true, photos: { min: 0 },
  fields: [
    { name: "urgency", kind: "choice", label: labelPair("情况"), required: true, choices: [], shown_when: null },
    { name: "depth", kind: "number", label: labelPair("多深"), required: true, choices: [], shown_when: { urgency: ["danger"] } },
  ],
};
const report = (patch: Partial<Report> = {}): Report => ({ ...newReport("id", "person", 0), ...patch });
const full = report({ category: "E0113", text: "有个坑", pin: { lon: 114.05, lat: 22.54, accuracy_m: 25 }, answers: { urgency: "ordinary" } });

test("a form in which nobody wrote anything is no draft", () => {
  expect(isEmpty(report())).toBe(true);
  expect(isEmpty(report({ text: "坑" }))).toBe(false);
});

test("an empty report lacks kind, place and words, in the order of the screens", () => {
  expect(lacks(report(), null).map(({ part }) => part)).toEqual(["category", "place", "words"]);
});

test("a photo may stand for words, one letter may not", () => {
  const photo = { sha256: "a", width: 1, height: 1, sent: false, refused: null };
  expect(lacks({ ...full, text: "", photos: [photo] }, CATEGORY)).toEqual([]);
  expect(lacks({ ...full, text: "坑", photos: [photo] }, CATEGORY).map(({ key }) => key)).toEqual(["lack.words"]);
});

test("a category that wants photos says how many", () => {
  const strict = { ...CATEGORY, photos: { min: 2 } };
  expect(lacks(full, strict)).toEqual([{ part: "photo", key: "lack.photos", params: { least: 2 } }]);
});

test("a question that hangs on an answer is asked after that answer", () => {
  expect(shownFields(CATEGORY, { urgency: "ordinary" }).map(({ name }) => name)).toEqual(["urgency"]);
  expect(lacks({ ...full, answers: { urgency: "danger" } }, CATEGORY).map(({ field }) => field)).toEqual(["depth"]);
});

test("answers to questions no longer asked do not go out", () => {
  const changed = withAnswersAsked({ ...full, answers: { urgency: "ordinary", depth: 30, note: "" } }, CATEGORY);
  expect(changed.answers).toEqual({ urgency: "ordinary" });
});

test("the body hasRole what the server reads, and nothing of the phone", () => {
  expect(reportBody({ ...full, text: "  有个坑 ", tries: 3 })).toEqual({
    category: "E0113",
    text: "有个坑",
    position: { lon: 114.05, lat: 22.54, accuracy_m: 25, crs: "wgs84" },
    answers: { urgency: "ordinary" },
    photos: [],
  });
});

test("a report of any kind may name the unit that it complains about; without one the body is as ever", () => {
  expect(reportBody({ ...full, about_unit: "JTJ" }).about_unit).toBe("JTJ");
  for (const about_unit of [undefined, null, ""]) expect("about_unit" in reportBody({ ...full, about_unit } as Report)).toBe(false);
});

test.each(["440304-20261123-00042-K", "ZH-20261123-00042-K", "20261123-00042-K", "-20261123-00042-K"])(
  "the number %s is said in short by day and count", async (number) => {
    const { shortNumber } = await import("../../../mobile_pwa/src/reports/report");
    expect(shortNumber(number)).toBe("1123-00042-K");
  },
);
