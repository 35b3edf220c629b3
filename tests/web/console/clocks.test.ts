// How a clock in the drawer says what became of it.
import { beforeEach, expect, test } from "vitest";
import { clocksOf, readClock } from "../../../static/src/console/drawer/clocks";
import type { AlertPromise, Labels } from "../../../static/src/shared/shapes";
import { endedLate } from "../../../static/src/shared/late";
import { urgencyOf } from "../../../static/src/shared/urgency";
import { speakConsole } from "../speak";

const START = Date.parse("2026-11-23T02:00:00Z");
const hours = (count: number) => new Date(START + count * 3_600_000).toISOString();
const NOW = START + 5 * 3_600_000;
const kept = (said: Partial<AlertPromise>): AlertPromise => ({
  clock: "dispose",
  limit: { value: 2, unit: "hours" },
  started_at: hours(0),
  due_at: hours(2),
  stopped_at: hours(3),
  state: "met",
  outcome: "met",
  flag: null,
  used_s: null,
  remaining_s: null,
  ...said,
} as AlertPromise);
const read = (said: Partial<AlertPromise>) => readClock(kept(said), false, NOW, {} as Labels);

beforeEach(() => speakConsole());

test("what was kept after its due time while nobody had decided waits for the decision", () => {
  const reading = read({ state: "pending", outcome: null, flag: "pending" });
  expect([reading.state, reading.words]).toEqual(["done", "待区级审批"]);
});

test("what nobody ever decided is over, and not late", () => {
  const undecided = read({ state: "ended", outcome: null, flag: "pending" });
  const inTime = read({ state: "ended", outcome: null, stopped_at: hours(1) });
  const late = read({ state: "missed", outcome: "missed" });
  expect(undecided.words.replace("3", "1")).toBe(inTime.words);
  expect(undecided.words).not.toBe(late.words);
});

test("what ended after its due time was late, whatever else became of it", () => {
  expect(read({ state: "ended", outcome: null }).words).toBe("超时 1 小时");
  expect(read({ state: "met", outcome: "met", stopped_at: hours(2) }).words).toBe("2 小时，按时");
});

test("nobody was late to rate, however long it took, nor while nobody decides", () => {
  const rated = read({ clock: "rate", state: "ended", outcome: null });
  expect([rated.state, rated.words]).toEqual(["done", "已终止（用时 3 小时）"]);
  expect(endedLate(kept({ clock: "rate" }))).toBe(false);
  expect(endedLate(kept({ flag: "pending" }))).toBe(false);
  expect(endedLate(kept({}))).toBe(true);
});

test("what ended late has another mark than what was kept in time", () => {
  expect(read({ state: "missed", outcome: "missed" }).state).toBe("missed");
  expect(read({ stopped_at: hours(1) }).state).toBe("done");
});

test("what was late by office hours was late by those alone", () => {
  const late = { state: "missed", outcome: "missed", limit: { value: 8, unit: "work_hours" }, used_s: 36_000, remaining_s: -7_200 } as const;
  expect(read(late)).toEqual({ state: "missed", share: 1.25, words: "超时 2 个工作小时" });
  expect(read({ ...late, limit: { value: 8, unit: "hours" } }).words).toBe("超时 1 小时");
});

test("what was kept shows how much of its own time it took", () => {
  expect(read({ stopped_at: hours(1), used_s: 900, remaining_s: 2700 }).share).toBe(0.25);
  expect(read({ stopped_at: hours(1) }).share).toBe(0.5);
  expect(read({ stopped_at: hours(1), used_s: 900 }).share).toBe(0.5);
});

test("what was refused was late by the time that passed", () => {
  expect(read({ state: "missed", outcome: "missed" }).words).toContain("1 小时");
});

test("what was kept while its clock stood was kept, whatever its due time would have been", () => {
  const reading = read({ due_at: null });
  expect(reading.state).toBe("done");
  expect(reading.words).toBe(read({ stopped_at: hours(3), due_at: hours(4) }).words);
});

test("what waits for a calendar has no due time yet", () => {
  const reading = read({ due_at: null, stopped_at: null, state: "running", outcome: null });
  expect(reading.state).toBe("paused");
});

test.each([
  ["a clock that is over", {}, false, "yellow"],
  ["a danger to life", {}, true, "red"],
  ["a rating that nobody gave", { clock: "rate" }, false, "near"],
  ["what waits for a decision", { flag: "pending" }, false, "near"],
  ["what has its card already", { card: "orange" }, false, "orange"],
  ["what is not over yet", { due_at: hours(20) }, true, "ok"],
] as [string, Partial<AlertPromise>, boolean, string][])("the drawer and the list agree on what is late: %s", (_, said, lifeSafety, state) => {
  const promise = kept({ ...said, stopped_at: null, state: "running", outcome: null });
  const card = promise.card ?? null;
  const listed = urgencyOf({ status: "signed", life_safety: lifeSafety, whistle: null, card, promises: [promise] }, NOW);
  expect(readClock(promise, lifeSafety, NOW, {} as Labels).state).toBe(state);
  expect(listed.state).toBe(state);
});

test("the date that the reporter was told stands beside the unit's clock where it is another one", () => {
  const running = { state: "running", stopped_at: null, support: null } as const;
  const before = kept({ ...running, state: "missed", due_at: hours(2) });
  const fresh = kept({ ...running, started_at: hours(3), due_at: hours(8) });
  const told = kept({ ...running, clock: "overall", due_at: hours(2) });
  const clocks = (promises: AlertPromise[], date: AlertPromise | null) => clocksOf({ promises, told: date }).map(({ clock }) => clock);
  expect(clocks([before, fresh], told)).toEqual(["dispose", "dispose", "overall"]);
  expect(clocks([fresh], { ...told, due_at: hours(8) })).toEqual(["dispose"]);
  expect(clocks([fresh], null)).toEqual(["dispose"]);
});
