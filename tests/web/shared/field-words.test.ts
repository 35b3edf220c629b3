// Beside each text stands who reads it, in both faces.
import { beforeEach, expect, test } from "vitest";
import { fieldHelp, labelledWords } from "../../../static/src/shared/field-words";
import { field } from "../shapes";
import { speakCity } from "../speak";

beforeEach(() => speakCity("zh"));

test.each([
  ["note", field("note", "text", { audience: "inside" }), "仅工作人员可见。"],
  ["contact", field("message", "text", { audience: "told" }), "写单位名义，不要留手机号。上报人能看到。"],
  ["suspend", field("plan", "text", { audience: "told_once" }), "请写清谁、什么时候做什么。批准后上报人能看到。"],
  ["rate", field("note", "text"), ""],
  ["assign", field("to", "person"), ""],
])("a text of %s says for whom it is", (step, asked, words) => expect(fieldHelp(step, asked)).toBe(words));

test("in English too", () => {
  speakCity("en");
  expect(fieldHelp("note", field("note", "text", { audience: "inside" }))).toBe("Only staff read it.");
});

test("of two texts of a request each says what it answers; one alone stands for itself", () => {
  expect(labelledWords({ kind: "extend", words: ["要等管材", "材料还没到"] })).toEqual(["为什么来不及：要等管材", "告诉上报人的原因：材料还没到"]);
  expect(labelledWords({ kind: "extend", words: ["要等管材"] })).toEqual(["要等管材"]);
  expect(labelledWords({ kind: "void", words: ["误发", "演练"] })).toEqual(["误发", "演练"]);
});
