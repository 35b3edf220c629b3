// A row says what is late, whoever owes it; else it counts down what the reader's own unit owes.
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

const SIGN_LATE = due(-3, "sign");

test.each([
  ["who comes first, with time left, reads what the lead is late with", ["futian"], [SIGN_LATE, { ...OF_THE_STREET, mode: "first" }], "签收 超 3 分钟"],
  ["the lead reads what who helps is late with", ["JTJ"], [due(60), { ...OF_THE_STREET, due_at: SIGN_LATE.due_at }], "协办 超 3 分钟"],
  ["of several that are late the reader's own", ["JTJ"], [due(-1), { ...OF_THE_STREET, due_at: SIGN_LATE.due_at }], "处置 超 1 分钟"],
  ["of several that are late and others' the latest", ["district"], [due(-1), SIGN_LATE, due(10, "contact")], "签收 超 3 分钟"],
] as [string, string[], CardPromise[], string][])("%s", async (_what, units, promises, words) => {
  expect(await said(units, promises)).toBe(words);
});

test("a row that is red says what is late, with the ruler of that clock", async () => {
  const { desk, show } = newDesk("", ["futian"]);
  const red = card("a", { lead: "JTJ", life_safety: true, card: "red", promises: [SIGN_LATE, OF_THE_STREET] });
  show(red);
  await passes(0);
  const { state, promise, share } = desk.urgency(red);
  expect([state, promise?.clock, share > 1]).toEqual(["red", "sign", true]);
});

test("row and drawer count to the same instant: between two drawings neither goes on alone", async () => {
  const { desk, show } = newDesk("", ["JTJ"]);
  const shown = card("a", { lead: "JTJ", promises: [due(9)] });
  show(shown);
  await passes(0);
  for (let second = 0; second < 40; second += 1) {
    await passes(1000);
    expect(desk.urgency(shown).left).toBe(Date.parse(due(9).due_at ?? "") - desk.view.now);
  }
});
