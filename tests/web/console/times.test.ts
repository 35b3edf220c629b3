// Whose time a row tells.
import { expect, test } from "vitest";
import { timeSpoken, timeWords } from "../../../static/src/console/words/times";
import type { CardPromise } from "../../../static/src/shared/shapes";
import { urgencyOf } from "../../../static/src/shared/urgency";
import { speakConsole } from "../speak";

const START = Date.parse("2026-11-23T00:00:00Z");
const promise = (minutes: number, support: string | null): CardPromise => ({
  clock: "sign",
  support,
  state: "running",
  started_at: new Date(START).toISOString(),
  due_at: new Date(START + minutes * 60_000).toISOString(),
});
const shown = (...promises: CardPromise[]) =>
  urgencyOf({ status: "signed", life_safety: false, whistle: null, card: null, promises }, START);

test("where a support is nearest to its due time the row says that the time is not the lead's", () => {
  speakConsole();
  const helped = shown(promise(30, null), promise(9, "JJDD"));
  expect(timeWords(helped, "signed")).toBe("协办 剩 9 分");
  expect(timeSpoken(helped, "signed")).toMatch(/^协办 /);
  expect(timeWords(shown(promise(9, null), promise(30, "JJDD")), "signed")).toBe("剩 9 分");
});
