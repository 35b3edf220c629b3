// Alerts at one place of the map are one sign, and its list opens each of them.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { StackList } from "../../../static/src/console/map/stack-list";
import { stacked } from "../../../static/src/console/map/stacks";
import { all, hide, one, press, show, texts } from "../screen";
import { speakConsole } from "../speak";
import { passes, standStill } from "../time";
import { card, newDesk } from "./board";

beforeEach(() => {
  document.body.innerHTML = '<div id="app"></div>';
  speakConsole();
  standStill();
});
afterEach(() => {
  hide();
  vi.useRealTimers();
});

test("what lies nearer than the border is one, in the order of coming", () => {
  const at = (x: number) => ({ x, y: 0 });
  expect(stacked([0, 5, 20, 21, 100], at, 20)).toEqual([[0, 5, 20], [21], [100]]);
  expect(stacked([], at, 20)).toEqual([]);
});

test("its list opens each, by mouse and by keys, and Escape closes it", async () => {
  const { desk, show: put } = newDesk();
  const ids = ["a", "b", "c", "d", "e", "f"];
  put(...ids.map((id) => card(id)));
  await passes(0);
  const opened: string[] = [];
  let closed = 0;
  await show(<StackList desk={desk} unfolded={{ ids, at: { x: 10, y: 10 } }} open={(id) => opened.push(id)} close={() => (closed += 1)} />);
  expect([texts(".stack b"), all("li").length]).toEqual([["同一处 6 件"], 6]);
  for (const id of ids) await press(one(`li [data-id=${id}]`));
  expect(opened).toEqual(ids);
  one<HTMLElement>("li [data-id=a]").focus();
  const key = (name: string): boolean => document.activeElement!.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true }));
  key("ArrowUp");
  expect(document.activeElement).toBe(one("li [data-id=f]"));
  key("ArrowDown");
  expect(document.activeElement).toBe(one("li [data-id=a]"));
  key("Escape");
  expect(closed).toBe(1);
  document.body.dispatchEvent(new Event("pointerdown", { bubbles: true }));
  expect(closed).toBe(2);
});

test("who left the board meanwhile is not in it", async () => {
  const { desk, show: put } = newDesk();
  put(card("a"));
  await passes(0);
  await show(<StackList desk={desk} unfolded={{ ids: ["a", "gone"], at: { x: 0, y: 0 } }} open={() => undefined} close={() => undefined} />);
  expect(all("li")).toHaveLength(1);
});
