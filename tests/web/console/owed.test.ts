// A row counts down what the reader's own unit owes, where it owes something.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { timeWords } from "../../../static/src/console/words/times";
import type { CardPromise } from "../../../static/src/shared/shapes";
import { speakConsole } from "../speak";
import { passes, standStill } from "../time";
import { card, due, newDesk } from "./board";

beforeEach(() => {
  speakConsole();
  standStill();
});
afterEach(() => vi.useRealTimers());

const OF_THE_STREET: CardPromise = { ...due(10, "sign"), support: "futian", mode: "required" };

async function said(units: string[], promises = [due(60), OF_THE_STREET]): Promise<string> {
  const { desk, show } = newDesk("", units);
  const shown = card("a", { lead: "JTJ", promises });
  show(shown);
  await passes(0);
  return timeWords(desk.urgency(shown), shown.status);
}

test.each([
  ["the lead reads its own clock", ["JTJ"], "剩 1 小时"],
  ["who helps reads theirs", ["futian"], "协办 剩 10 分钟"],
  ["who has no part in it reads the most urgent one", ["district"], "协办 剩 10 分钟"],
])("%s", async (_what, units, words) => expect(await said(units)).toBe(words));

test("a lead that owes nothing any more reads what it waits for", async () => {
  expect(await said(["JTJ"], [OF_THE_STREET])).toBe("协办 剩 10 分钟");
});

test("the clock of a unit that comes first says so in every row", async () => {
  expect(await said(["futian"], [due(60), { ...OF_THE_STREET, mode: "first" }])).toBe("先期处置 剩 10 分钟");
});
