// Beside each text stands who reads it, in both faces.
import { beforeEach, expect, test } from "vitest";
import { fieldHelp } from "../../../static/src/shared/field-words";
import { field } from "../shapes";
import { speakCity } from "../speak";

beforeEach(() => speakCity("zh"));

test.each([
  ["note", field("note", "text", { audience: "inside" }), "仅工作人员可见。"],
  ["contact", field("message", "text", { audience: "told" }), "写单位名义，不要留手机号。 上报人能看到。"],
  ["suspend", field("plan", "text", { audience: "told_once" }), "请写清谁、什么时候做什么。 批准后上报人能看到。"],
  ["rate", field("note", "text"), ""],
  ["assign", field("to", "person"), ""],
])("a text of %s says for whom it is", (step, asked, words) => expect(fieldHelp(step, asked)).toBe(words));

test("in English too", () => {
  speakCity("en");
  expect(fieldHelp("note", field("note", "text", { audience: "inside" }))).toBe("Only staff read it.");
});
