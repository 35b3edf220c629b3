// The clocks of an alert in the drawer: one row each, in the order of its life, paused ones explained once.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Clocks } from "../../../static/src/console/drawer/clocks";
import type { AlertPromise } from "../../../static/src/shared/shapes";
import { all, hide, show, texts } from "../screen";
import { promise } from "../shapes";
import { speakConsole } from "../speak";
import { NOW, standStill } from "../time";
import { LABELS } from "./board";

const at = (hours: number): string => new Date(NOW + hours * 3600_000).toISOString();

function clock(name: AlertPromise["clock"], more: Partial<AlertPromise> = {}): AlertPromise {
  return {
    ...promise({ clock: name, limit: { value: 8, unit: "hours" }, started_at: at(-2), due_at: at(2) }),
    unit: null, stopped_at: null, outcome: null, card: null, basis: null, used_s: null, remaining_s: null, ...more,
  };
}

const paused = (name: AlertPromise["clock"]): AlertPromise =>
  clock(name, { state: "paused", due_at: null, paused: { reason: "returned", owner: "SWJ", since: at(-1), until: null, given_s: 28_800, left_s: 7_200 } });

const showClocks = (...promises: AlertPromise[]): Promise<void> =>
  show(<Clocks promises={promises} lifeSafety={false} now={NOW} labels={LABELS} />);

beforeEach(() => {
  document.body.innerHTML = '<div id="app"></div>';
  speakConsole();
  standStill();
});
afterEach(() => {
  hide();
  vi.useRealTimers();
});

test("they stand as the life of an alert goes, each with its due time", async () => {
  await showClocks(clock("dispose"), clock("sign"), clock("arrive"));
  expect(texts(".ck > span:first-child")).toEqual(["签收", "到场", "处置"]);
  expect(texts(".ck > small")).toEqual(["12:00", "12:00", "12:00"]);
});

test("of a clock that ran again after rework the last round counts", async () => {
  await showClocks(clock("dispose", { started_at: at(-9), due_at: at(-1) }), clock("dispose", { started_at: at(-1), due_at: at(1) }));
  expect([texts(".ck > small"), all(".st-blue").length > 0]).toEqual([["11:00"], true]);
});

test("why they are paused is said once, beside the work itself", async () => {
  await showClocks(paused("arrive"), paused("dispose"));
  expect(texts(".due")).toEqual(["已暂停 · 剩 2 小时", "已暂停 · 剩 2 小时 · 待区裁决 · 经办：水务局"]);
  expect(texts(".ck.wide > span:first-child")).toEqual(["处置"]);
});

test("what is late stands out, what is in time stays calm", async () => {
  await showClocks(clock("sign", { due_at: at(-1) }), clock("dispose"));
  expect(all(".due.calm")).toHaveLength(1);
  expect(texts(".due:not(.calm)")).toEqual(["超 1 小时"]);
});

test("where there are none nothing is shown", async () => {
  await showClocks();
  expect(all("*")).toEqual([]);
});

test("of an alert that was opened again the clocks from before stand apart, and say so", async () => {
  const before = [clock("sign", { started_at: at(-9), stopped_at: at(-8), outcome: "met", state: "met" }), clock("rate", { started_at: at(-5), stopped_at: at(-4) })];
  await show(<Clocks promises={[...before, clock("sign", { started_at: at(-1), due_at: at(1) })]} reopenedAt={at(-1)} lifeSafety={false} now={NOW} labels={LABELS} />);
  const [now, earlier] = all(".cks");
  const names = (round?: HTMLElement): string[] => [...(round?.querySelectorAll(".ck > span:first-child") ?? [])].map(({ textContent }) => textContent ?? "");
  expect([names(now), names(earlier)]).toEqual([["签收"], ["签收", "评价"]]);
  expect([texts(".cks h3"), earlier?.getAttribute("aria-label")]).toEqual([["重启前"], "重启前"]);
});
