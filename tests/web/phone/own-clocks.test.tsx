// Who has tasks finds them, the most urgent first; a helper counts their own unit's clock, not the lead's.
import { afterEach, expect, test } from "vitest";
import type { Card } from "../../../static/src/shared/shapes";
import { withOwnClocks } from "../../../mobile_pwa/src/screens/own-clocks";
import { card } from "../console/board";
import { all, hide, show, texts } from "../screen";
import { promise } from "../shapes";
import { NOW, passes } from "../time";
import { newPhone, openApp, theLine } from "./phone";

newPhone();
afterEach(hide);

const LEADS = promise({ clock: "dispose", due_at: "2026-11-23T03:00:00Z" });
const clockOf = (support: string) => promise({ clock: "arrive", support, due_at: "2026-11-23T09:00:00Z" });
const reader = (role: "handler" | "grid_worker", unit: string) => ({ person: "me", roles: [{ role, unit }] });
const owed = (over: Partial<Card>, who: Parameters<typeof withOwnClocks>[1]): (string | null)[] =>
  withOwnClocks(card("a", { promises: [LEADS, clockOf("CGJ"), clockOf("futian")], street: "futian", ...over }), who, NOW).promises.map(({ support }) => support);

test.each([
  ["the lead's handler", { handler: "me" }, reader("handler", "JTJ"), [null]],
  ["a helper", { handler: "her" }, reader("handler", "CGJ"), ["CGJ"]],
  ["a helper, before the lead gave it to anybody", { handler: null }, reader("handler", "CGJ"), ["CGJ"]],
  ["a grid worker who comes first for the street", { handler: null }, reader("grid_worker", "grid-1"), ["futian"]],
  ["a helper of a firm below", { handler: "her" }, reader("handler", "firm"), ["CGJ", "futian"]],
  ["somebody of whom it is not known", { handler: null }, reader("handler", "firm"), [null, "CGJ", "futian"]],
] as const)("%s owes their own clocks", (_who, over, who, units) => {
  expect(owed(over, who as never)).toEqual(units);
});

test("the card that the lead wears makes no helper red; without clocks of their own the card stays whole", () => {
  const worn = card("a", { handler: "her", card: "red", promises: [LEADS, clockOf("CGJ")] });
  expect(withOwnClocks(worn, reader("handler", "CGJ"), NOW).card).toBeNull();
  const whole = card("a", { handler: "her", card: "red", promises: [LEADS] });
  expect(withOwnClocks(whole, reader("handler", "CGJ"), NOW)).toBe(whole);
});

const HOUR = 3_600_000;

test("what is late speaks to whoever is on it, whoever owes it; of several their own", () => {
  const worn = card("a", { handler: "her", card: "red", promises: [LEADS, clockOf("CGJ")] });
  const at = (hours: number) => withOwnClocks(worn, reader("handler", "CGJ"), NOW + hours * HOUR);
  expect([at(2).promises, at(2).card]).toEqual([[LEADS], "red"]);
  expect(at(8).promises).toEqual([clockOf("CGJ")]);
});

async function openHome(person: string): Promise<void> {
  await openApp(person);
  theLine().answers.set("/api/v1/tasks", {
    now: "2026-11-23T02:00:00Z", verify: [],
    tasks: [card("calm", { handler: person, promises: [LEADS] }), card("danger", { handler: person, life_safety: true, promises: [clockOf("street")] })],
  });
  const { Home } = await import("../../../mobile_pwa/src/screens/home");
  await show(<Home />);
  await passes(100);
}

test.each(["handler", "grid_worker", "street_dispatcher"])("home shows a %s the emergency first, above everything, and the way to all tasks", async (person) => {
  await openHome(person);
  const [first, every] = all<HTMLAnchorElement>("main a.card");
  expect([first?.hash, every?.textContent]).toEqual(["#/alert/danger", "待办 2 件应急的在最前"]);
  expect(first?.compareDocumentPosition(all(".whistle")[0] as Node)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
  expect(texts(".nav a")).toContain("任务");
});

test("a volunteer is asked for no tasks", async () => {
  await openHome("volunteer");
  expect(texts(".nav a")).toEqual(["首页", "我报的事", "我"]);
  expect(theLine().sent("GET")).not.toContain("/api/v1/tasks");
});
