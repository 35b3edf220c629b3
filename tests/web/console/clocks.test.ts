// How does a clock in the drawer say what became of it?
import { beforeEach, expect, test } from "vitest";
import words from "../../../dispatch/translations/zh_Hans_CN/words.json";
import { readClock } from "../../../static/src/console/drawer/clocks";
import zh from "../../../static/src/i18n/zh.json";
import type { DetailPromise, Labels } from "../../../static/src/shared/shapes";
import { speak } from "../../../static/src/shared/words";

const START = Date.parse("2026-11-23T02:00:00Z");
const hours = (count: number) => new Date(START + count * 3_600_000).toISOString();
const NOW = START + 5 * 3_600_000;
const kept = (said: Partial<DetailPromise>): DetailPromise => ({
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
} as DetailPromise);
const read = (said: Partial<DetailPromise>) => readClock(kept(said), NOW, {} as Labels);

beforeEach(() => speak("zh", { ...zh, words }));

test("what was kept after its due time while nobody had decided waits for the decision", () => {
  const reading = read({ state: "pending", outcome: null, flag: "pending" });
  expect([reading.state, reading.words]).toEqual(["done", "申请待批"]);
});

test("what nobody ever decided is over, and not late", () => {
  const undecided = read({ state: "ended", outcome: null, flag: "pending" });
  const inTime = read({ state: "ended", outcome: null, stopped_at: hours(1) });
  const late = read({ state: "missed", outcome: "missed" });
  expect(undecided.words.replace("3", "1")).toBe(inTime.words);
  expect(undecided.words).not.toBe(late.words);
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
