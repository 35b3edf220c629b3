// Whose time a row tells.
import { expect, test } from "vitest";
import { timeSpoken, timeWords } from "../../../static/src/console/words/times";
import type { CardPromise } from "../../../static/src/shared/shapes";
import { urgencyOf } from "../../../static/src/shared/urgency";
import { speakConsole } from "../speak";
import { promise } from "../shapes";

const START = Date.parse("2026-11-23T00:00:00Z");
const due = (minutes: number, support: string | null): CardPromise =>
  promise({ clock: "sign", support, started_at: new Date(START).toISOString(), due_at: new Date(START + minutes * 60_000).toISOString() });
const first = (minutes: number): CardPromise => ({ ...due(minutes, "futian"), mode: "first" });
const shown = (...promises: CardPromise[]) =>
  urgencyOf({ status: "signed", life_safety: false, whistle: null, card: null, promises }, START);

test("where a support is nearest to its due time the row says that the time is not the lead's", () => {
  speakConsole();
  const helped = shown(due(30, null), due(9, "JJDD"));
  expect(timeWords(helped, "signed")).toBe("协办 剩 9 分钟");
  expect(timeSpoken(helped, "signed")).toMatch(/^协办 /);
  expect(timeWords(shown(due(9, null), due(30, "JJDD")), "signed")).toBe("剩 9 分钟");
});

test("who comes for the first response is not called a support, written or spoken", () => {
  speakConsole();
  const coming = shown(due(30, null), first(9));
  expect([timeWords(coming, "signed"), timeSpoken(coming, "signed")]).toEqual(["先期处置 剩 9 分钟", "先期处置 还剩 9 分钟"]);
});

test("a time that is only heard says that it is left, or over; what is undecided and what rests say so", () => {
  speakConsole();
  expect(timeSpoken(shown(due(9, null)), "signed")).toBe("还剩 9 分钟");
  expect(timeSpoken(shown(due(-9, null)), "signed")).toBe("签收 超时 9 分钟");
  expect(timeSpoken(shown({ ...due(-9, null), flag: "pending" }), "signed")).toBe("待区级审批");
  expect([timeSpoken(shown(), "suspended"), timeSpoken(shown(), "signed")]).toEqual(["已暂停", ""]);
});
