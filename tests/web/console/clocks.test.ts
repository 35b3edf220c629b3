// Does the drawer say of a clock what its ruler shows?
import { expect, test } from "vitest";
import { readClock } from "../../../static/src/console/drawer/clocks";
import type { DetailPromise, Labels } from "../../../static/src/shared/shapes";

const LABELS: Labels = { units: {}, categories: {} };
const HOUR = 3600;
// Six office hours from Friday at nine on: due at five, done on Monday at ten.
const missed = {
  clock: "dispose", state: "missed", outcome: "missed",
  limit: { value: 6, unit: "work_hours" },
  started_at: "2026-11-20T01:00:00Z", due_at: "2026-11-20T09:00:00Z", stopped_at: "2026-11-23T02:00:00Z",
  used_s: 8 * HOUR, remaining_s: -2 * HOUR,
} as DetailPromise;
const NOW = Date.parse("2026-11-24T01:00:00Z");

test("what was missed in office hours was late by these, not by the weekend", () => {
  const { share, words } = readClock(missed, NOW, LABELS);
  expect(share).toBeCloseTo(8 / 6, 6);
  expect(words).toBe("晚了 2 个工作小时");
});

test("what counts every hour was late by every hour", () => {
  const elapsed = { ...missed, limit: { value: 8, unit: "hours" }, used_s: 73 * HOUR, remaining_s: -65 * HOUR };
  expect(readClock(elapsed, NOW, LABELS).words).toBe("晚了 2 天 17 小时");
});

test("what is late now is late in the same hours", () => {
  const course = { given_s: 6 * HOUR, corners: [[8 * HOUR, 6 * HOUR], [9 * HOUR, 7 * HOUR], [72 * HOUR, 7 * HOUR]] as [number, number][] };
  const running = { ...missed, state: "running", outcome: null, stopped_at: null, course };
  const { share, words } = readClock(running, Date.parse("2026-11-22T04:00:00Z"), LABELS);
  expect([words, share.toFixed(4)]).toEqual(["超 1 个工作小时", (7 / 6).toFixed(4)]);
});
