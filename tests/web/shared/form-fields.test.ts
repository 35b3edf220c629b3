// What one choice leaves of the others, while somebody fills in a step.
import { expect, test } from "vitest";
import { answeredValues, fieldsNow, settledValues } from "../../../static/src/shared/form-fields";
import { field } from "../shapes";

const CLOCK = field("clock", "choice", {
  required: true,
  choices: [
    { id: "dispose", label: "处置", only: { unit: ["", "SWJ"], span: ["half_hour", "hour"] } },
    { id: "sign", label: "签收", only: { unit: ["SWJ"], span: ["half_hour"] } },
    { id: "arrive", label: "到场", only: { unit: [""], span: ["half_hour"] } },
  ],
});
const UNIT = field("unit", "unit", { choices: [{ id: "SWJ", label: "水务局" }] });
const SPAN = field("span", "choice", {
  required: true,
  choices: ["half_hour", "hour", "four_hours"].map((id) => ({ id, label: id })),
});
const SNOOZE = [CLOCK, UNIT, SPAN];
const GRADE = field("grade", "grade", { choices: [{ id: "good", label: "好" }, { id: "poor", label: "差", needs: ["reason"] }] });
const REASON = field("reason", "text");

const shown = (...values: [string, string][]) =>
  fieldsNow(SNOOZE, Object.fromEntries(values)).map(({ name, required, choices }) => [name, required, choices.map(({ id }) => id)]);

test("as long as nothing is chosen everything can be", () => {
  expect(shown()).toEqual([
    ["clock", true, ["dispose", "sign", "arrive"]],
    ["unit", false, ["SWJ"]],
    ["span", true, ["half_hour", "hour", "four_hours"]],
  ]);
});

test("a clock that a unit owes alone asks for that unit, and offers only the spans that fit", () => {
  expect(shown(["clock", "sign"])).toEqual([
    ["clock", true, ["dispose", "sign", "arrive"]],
    ["unit", true, ["SWJ"]],
    ["span", true, ["half_hour"]],
  ]);
});

test("a clock of the lead alone asks for no unit", () => {
  expect(shown(["clock", "arrive"]).map(([name]) => name)).toEqual(["clock", "span"]);
});

const BY_UNIT = field("span", "choice", {
  required: true,
  choices: [
    { id: "half_hour", label: "30 分钟" },
    { id: "hour", label: "1 小时", only_with: { clock: { dispose: { unit: ["SWJ"] } } } },
  ],
});
const shownByUnit = (values: Record<string, string>) =>
  Object.fromEntries(fieldsNow([CLOCK, UNIT, BY_UNIT], values).map(({ name, required, choices }) => [name, [required, choices.map(({ id }) => id)]]));

test("a span that one unit alone has left for a clock asks for that unit, with that clock only", () => {
  expect(shownByUnit({ clock: "dispose" }).span).toEqual([true, ["half_hour", "hour"]]);
  expect(shownByUnit({ clock: "dispose", span: "half_hour" }).unit).toEqual([false, ["SWJ"]]);
  expect(shownByUnit({ clock: "dispose", span: "hour" }).unit).toEqual([true, ["SWJ"]]);
  expect(shownByUnit({ span: "hour" }).unit).toEqual([false, ["SWJ"]]);
  expect(settledValues([CLOCK, UNIT, BY_UNIT], { clock: "dispose", span: "hour" })).toEqual({ clock: "dispose", unit: "SWJ", span: "hour" });
});

test("a poor grade needs its reason", () => {
  const required = (grade: string) => fieldsNow([GRADE, REASON], { grade }).find(({ name }) => name === "reason")?.required;
  expect([required("good"), required("poor")]).toEqual([false, true]);
});

test("what is no choice any more is forgotten, and the only choice is made", () => {
  expect(settledValues(SNOOZE, { clock: "sign", span: "four_hours" })).toEqual({ clock: "sign", unit: "SWJ", span: "half_hour" });
  expect(settledValues(SNOOZE, { clock: "arrive", unit: "SWJ", span: "half_hour" })).toEqual({ clock: "arrive", span: "half_hour" });
});

test("words and a number that somebody wrote stay", () => {
  const into = field("into", "alert", { choices: [{ id: "440304-1", label: "近" }] });
  expect(settledValues([into, REASON], { into: "440304-9", reason: "同一处" })).toEqual({ into: "440304-9", reason: "同一处" });
});

test("what one choice needs is not called optional, whatever is chosen now", () => {
  const optional = (grade: string) => fieldsNow([GRADE, REASON, field("note", "text")], { grade }).map(({ name, optional }) => [name, optional]);
  expect(optional("good")).toEqual([["grade", true], ["reason", false], ["note", true]]);
  expect(optional("poor")).toEqual([["grade", true], ["reason", false], ["note", true]]);
});

const LEAD = field("lead", "unit", {
  required: true, proposed: "JTJ", spared_by: ["category", "place"], choices: [{ id: "JTJ", label: "交通局" }, { id: "CGJ", label: "城管局" }],
});
const ACCEPT = [LEAD, field("category", "category", { choices: [{ id: "E0114", label: "道路遗撒" }] }), field("place", "place")];
const PROPOSED: Record<string, unknown> = { lead: "JTJ" };

test("the unit that was proposed goes with the first answer that changes what it was proposed for, and comes back with the last", () => {
  const kind = answeredValues<unknown>(ACCEPT, PROPOSED, "category", "E0114");
  expect(kind).toEqual({ category: "E0114" });
  const place = answeredValues<unknown>(ACCEPT, kind, "place", { grid: "grid-1" });
  const back = answeredValues<unknown>(ACCEPT, answeredValues<unknown>(ACCEPT, place, "category", ""), "place", null);
  expect(back["lead"]).toBe("JTJ");
});

test("whom the person chose stays, and so does the proposal that they choose again", () => {
  expect(answeredValues<unknown>(ACCEPT, { lead: "CGJ" }, "category", "E0114")["lead"]).toBe("CGJ");
  const again = answeredValues<unknown>(ACCEPT, { category: "E0114" }, "lead", "JTJ");
  expect(answeredValues<unknown>(ACCEPT, again, "place", { grid: "grid-1" })["lead"]).toBe("JTJ");
});

test("with another kind the unit may stay empty, and that means that the rules decide", () => {
  const lead = (values: Record<string, unknown>) => fieldsNow(ACCEPT, values).map(({ required, optional, byRules }) => [required, optional, byRules])[0];
  expect(lead({})).toEqual([true, false, false]);
  expect(lead({ category: "E0114" })).toEqual([false, false, true]);
  expect(lead({ category: "" })).toEqual([true, false, false]);
});
