// Does an alert take the shape of its worst clock?
import { expect, test } from "vitest";
import type { CardPromise } from "../../../static/src/shared/shapes";
import { byUrgency, standingOf, type Standable } from "../../../static/src/shared/standing";

const START = Date.parse("2026-11-23T00:00:00Z");
const at = (minutes: number): number => START + minutes * 60_000;
const promise = (clock: string, minutes: number): CardPromise => ({
  clock,
  state: "running",
  started_at: new Date(START).toISOString(),
  due_at: new Date(at(minutes)).toISOString(),
});
const alert = (...promises: CardPromise[]): Standable => ({
  status: "signed", life_safety: false, whistle: null, card: null, promises,
});

test.each([
  [49, "ok"],
  [50, "blue"],
  [79, "blue"],
  [80, "near"],
  [99, "near"],
  [100, "yellow"],
])("after %d of 100 minutes it is %s", (minutes, state) => {
  expect(standingOf(alert(promise("dispose", 100)), at(minutes)).state).toBe(state);
});

test("the clock that burns most speaks for the alert", () => {
  const standing = standingOf(alert(promise("arrive", 30), promise("dispose", 600)), at(31));
  expect(standing.promise?.clock).toBe("arrive");
  expect(standing.state).toBe("yellow");
});

test("a card that the server gave is never made smaller", () => {
  const held = { ...alert(promise("dispose", 100)), card: "orange" as const };
  expect(standingOf(held, at(10)).state).toBe("orange");
});

test("danger to life is red the moment it is late", () => {
  const danger = { ...alert(promise("arrive", 30)), life_safety: true };
  expect(standingOf(danger, at(30)).state).toBe("red");
});

test("suspended: no clock ticks", () => {
  const rested = { ...alert(promise("dispose", 100)), status: "suspended" };
  expect(standingOf(rested, at(500))).toMatchObject({ state: "paused", left: null });
});

test("emergencies stand first, then what is late, then what is due first", () => {
  const now = at(60);
  const emergency = standingOf({ ...alert(promise("a", 100)), whistle: "emergency" }, now);
  const late = standingOf(alert(promise("b", 50)), now);
  const soon = standingOf(alert(promise("c", 150)), now);
  const later = standingOf(alert(promise("d", 160)), now);
  expect([later, soon, emergency, late].sort(byUrgency)).toEqual([emergency, late, soon, later]);
});
