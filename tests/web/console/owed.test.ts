// A row counts down what the reader's own unit owes, where it owes something.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { HelpingUnit } from "../../../static/src/shared/shapes";
import { timeWords } from "../../../static/src/console/words/times";
import { speakConsole } from "../speak";
import { passes, standStill } from "../time";
import { card, due, newDesk } from "./board";

beforeEach(() => {
  speakConsole();
  standStill();
});
afterEach(() => vi.useRealTimers());

const OF_THE_STREET = { ...due(10, "sign"), support: "futian" };

async function said(units: string[], helping: Pick<HelpingUnit, "unit" | "mode">[] = [], promises = [due(60), OF_THE_STREET]): Promise<string> {
  const { desk, show } = newDesk("", units);
  const shown = card("a", { lead: "JTJ", promises });
  show(shown);
  await passes(0);
  return timeWords(desk.urgency(shown), shown.status, helping as HelpingUnit[]);
}

test.each([
  ["the lead reads its own clock", ["JTJ"], "剩 1 小时"],
  ["who helps reads theirs", ["futian"], "协办 剩 10 分钟"],
  ["who has no part in it reads the most urgent one", ["district"], "协办 剩 10 分钟"],
])("%s", async (_what, units, words) => expect(await said(units)).toBe(words));

test("a lead that owes nothing any more reads what it waits for", async () => {
  expect(await said(["JTJ"], [], [OF_THE_STREET])).toBe("协办 剩 10 分钟");
});

test("where it is known who comes first, that is said instead of 协办", async () => {
  expect(await said(["futian"], [{ unit: "futian", mode: "first" }])).toBe("先期处置 剩 10 分钟");
});
