// The figures over the list: those that name alerts leave these alone in the list, and give them back.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Kpis } from "../../../static/src/console/kpis";
import { button, hide, press, show } from "../screen";
import { speakConsole } from "../speak";
import { passes, standStill } from "../time";
import { card, due, newDesk } from "./board";

beforeEach(() => {
  document.body.innerHTML = '<div id="app"></div>';
  speakConsole();
  standStill();
});
afterEach(() => {
  hide();
  vi.useRealTimers();
});

test.each([
  ["已超时", "late", "?overdue=1"],
  ["临期", "near", "?near=1"],
  ["待签收", "unsigned", "?status=dispatched"],
  ["涉及人身安全", "danger", "?danger=1"],
])("%s leaves those alone, says so, and gives the others back", async (name, left, address) => {
  const { desk, show: put } = newDesk();
  put(card("late", { status: "signed", promises: [due(-1)] }), card("near", { status: "signed", promises: [due(5)] }), card("unsigned"), card("danger", { status: "signed", life_safety: true }));
  await passes(0);
  const draw = (): Promise<void> => show(<Kpis desk={desk} view={desk.view} />);
  await draw();
  await press(name);
  await draw();
  expect([desk.view.order, location.search, button(name).getAttribute("aria-pressed")]).toEqual([[left], address, "true"]);
  await press(name);
  expect(desk.view.order).toHaveLength(4);
});
