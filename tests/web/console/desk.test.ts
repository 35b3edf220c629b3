// What a dispatcher sees: the order of the list, what waits while somebody looks, and an address for each view.
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Desk } from "../../../static/src/console/store/desk";
import type { Status } from "../../../static/src/shared/shapes";
import { speakConsole } from "../speak";
import { NOW, passes, standStill } from "../time";
import { card, due, newDesk } from "./board";

beforeEach(() => {
  speakConsole();
  standStill();
});
afterEach(() => vi.useRealTimers());

/** How often it was drawn since. */
function drawings(desk: Desk): () => number {
  let count = 0;
  desk.subscribe(() => (count += 1));
  return () => count;
}

describe("the order", () => {
  test("is emergencies, then what is late, then what is due first, then what was reported first", async () => {
    const { desk, show } = newDesk();
    show(
      card("calm"),
      card("older", { reported_at: new Date(NOW - 7200_000).toISOString() }),
      card("soon", { promises: [due(30)] }),
      card("late", { promises: [due(-10)] }),
      card("emergency", { whistle: "emergency", promises: [due(90)] }),
    );
    await passes(0);
    expect(desk.view.order).toEqual(["emergency", "late", "soon", "older", "calm"]);
  });

  test("changes by itself when a clock runs out, within a second", async () => {
    const { desk, show } = newDesk();
    show(card("a", { promises: [due(60)] }), card("b", { card: "yellow" }), card("c", { promises: [due(1)] }));
    await passes(0);
    expect(desk.view.order).toEqual(["b", "c", "a"]);
    expect(desk.view.figures).toMatchObject({ open: 3, late: 1, near: 1 });
    await passes(60_000);
    expect(desk.view.order).toEqual(["c", "b", "a"]);
    expect(desk.view.figures).toMatchObject({ late: 2, near: 0 });
  });

  test("says what its address asks for and no filter knows, until somebody filters by what it knows", async () => {
    const { desk } = newDesk("?status=signed&colour=red");
    expect([desk.view.filters.tab, desk.view.unknown]).toEqual(["signed", ["colour=red"]]);
    desk.filter({ tab: "all" });
    expect(desk.view.unknown).toEqual([]);
    history.replaceState(null, "", "/console?since=ever");
    dispatchEvent(new PopStateEvent("popstate"));
    expect(desk.view.unknown).toEqual(["since=ever"]);
  });

  test("has no urgency for what only waits for its rating", async () => {
    const { desk, show } = newDesk();
    show(card("rated", { status: "resolved", promises: [due(-10, "rate")], card: "red" }), card("soon", { promises: [due(80)] }));
    await passes(0);
    expect(desk.view.order).toEqual(["soon", "rated"]);
    expect(desk.urgency(desk.card("rated") ?? null)).toMatchObject({ state: "ok", left: null });
  });

  test("is written again every quarter of a minute: the words of the clocks change", async () => {
    const { desk, show } = newDesk();
    show(card("a", { promises: [due(60)] }));
    await passes(100);
    const count = drawings(desk);
    await passes(14_800);
    expect(count()).toBe(0);
    await passes(1_000);
    expect(count()).toBe(1);
  });
});

describe("changes", () => {
  test("are drawn at once on an empty list, and a burst of them as one on a full one", async () => {
    const { desk, show } = newDesk();
    const count = drawings(desk);
    show(card("a"));
    await passes(0);
    expect([desk.view.order, count()]).toEqual([["a"], 1]);
    show(card("a"), card("b"));
    show(card("a"), card("b"), card("c"));
    expect(desk.view.order).toEqual(["a"]);
    await passes(249);
    expect(count()).toBe(1);
    await passes(1);
    expect([desk.view.order.length, count()]).toEqual([3, 2]);
  });

  test("of the connection alone are told at once, and nothing is sorted anew", () => {
    const { desk } = newDesk();
    const count = drawings(desk);
    desk.receive({ ...desk.view.live, link: "broken" });
    expect([desk.view.live.link, count()]).toEqual(["broken", 1]);
  });

  test("are told to nobody who does not listen any more", () => {
    const { desk } = newDesk();
    let told = 0;
    desk.subscribe(() => (told += 1))();
    desk.choose("a");
    expect(told).toBe(0);
  });
});

describe("while somebody looks at the list", () => {
  test("newcomers wait, what left goes, and the pill shows them", async () => {
    const { desk, show } = newDesk();
    show(card("a"), card("b"));
    await passes(0);
    desk.hold("pointer", true);
    show(card("a"), card("new", { whistle: "emergency", life_safety: true }));
    await passes(250);
    expect([desk.view.order, desk.view.waiting]).toEqual([["a"], ["new"]]);
    desk.showWaiting();
    expect([desk.view.order, desk.view.waiting]).toEqual([["new", "a"], []]);
  });

  test("the order stands until pointer and focus have both left", async () => {
    const { desk, show } = newDesk();
    show(card("a"));
    await passes(0);
    desk.hold("pointer", true);
    desk.hold("focus", true);
    show(card("a"), card("b"));
    await passes(250);
    desk.hold("pointer", false);
    await passes(250);
    expect(desk.view.waiting).toEqual(["b"]);
    desk.hold("focus", false);
    await passes(250);
    expect([desk.view.order.length, desk.view.waiting]).toEqual([2, []]);
  });

  test("a filter that they choose is obeyed at once", async () => {
    const { desk, show } = newDesk();
    show(card("a"), card("b", { lead: "SWJ" }));
    await passes(0);
    desk.hold("pointer", true);
    desk.filter({ lead: "SWJ" });
    expect(desk.view.order).toEqual(["b"]);
    desk.filter({ lead: "" });
    expect([desk.view.order, desk.view.waiting]).toEqual([["a", "b"], []]);
  });
});

describe("filters", () => {
  test("narrow list and map; the tab narrows the list alone, and each tab counts what the filters leave", async () => {
    const { desk, show } = newDesk();
    show(card("a"), card("b", { status: "signed" }), card("c", { status: "signed", lead: "SWJ" }), card("d", { status: "unknown_yet" as Status }));
    await passes(0);
    desk.filter({ tab: "signed", lead: "JTJ" });
    expect(desk.view.order).toEqual(["b"]);
    expect(desk.view.shown.map(({ id }) => id)).toEqual(["a", "b", "d"]);
    expect([...desk.view.counts.keys()]).not.toContain("unknown_yet");
    expect(["all", "dispatched", "signed", "resolved"].map((tab) => desk.view.counts.get(tab as "all"))).toEqual([3, 1, 1, 0]);
  });

  test("are cleared together, but for the tab", async () => {
    const { desk } = newDesk("?status=signed&department=JTJ&q=坑&overdue=1");
    desk.clearFilters();
    expect(desk.view.filters).toMatchObject({ tab: "signed", lead: "", q: "", late: false });
    expect(location.search).toBe("?status=signed");
  });

  test.each([
    ["道路", true], ["交通局", true], ["莲花 景田", true], ["00042", true], ["ｅ0113", false], ["水务", false], ["莲花 水务", false],
  ])("find by number, category, place and unit: %s", async (q, isFound) => {
    const { desk, show } = newDesk();
    show(card("00042-K"));
    await passes(0);
    desk.filter({ q });
    expect(desk.view.order).toEqual(isFound ? ["00042-K"] : []);
  });

  test("find the full-width and the large letter, too", async () => {
    const { desk, show } = newDesk();
    show(card("00042-K"));
    await passes(0);
    desk.filter({ q: "００４２-k" });
    expect(desk.view.order).toEqual(["00042-K"]);
  });
});

describe("the address", () => {
  test("opens the view that it names", async () => {
    const { desk, show } = newDesk("?status=signed&alert=b");
    show(card("a"), card("b", { status: "signed" }));
    await passes(0);
    expect([desk.view.order, desk.view.chosen, desk.card(desk.view.chosen)?.id]).toEqual([["b"], "b", "b"]);
  });

  test("follows what is chosen, one entry of the history each", () => {
    const { desk } = newDesk();
    const before = history.length;
    const count = drawings(desk);
    desk.choose("a");
    desk.choose("a");
    desk.filter({ tab: "signed" });
    expect([location.search, history.length - before, count()]).toEqual(["?status=signed&alert=a", 2, 2]);
    desk.choose(null);
    expect(location.search).toBe("?status=signed");
  });

  test("follows what is typed in one entry", () => {
    const { desk } = newDesk();
    const before = history.length;
    desk.filter({ q: "坑" });
    desk.filter({ q: "坑在" });
    expect([location.search, history.length]).toEqual([`?q=${encodeURIComponent("坑在")}`, before]);
  });

  test("that somebody goes back to shows its view", async () => {
    const { desk, show } = newDesk();
    show(card("a"), card("b", { status: "signed" }));
    await passes(0);
    desk.filter({ tab: "signed" });
    desk.hold("pointer", true);
    history.replaceState(null, "", "/console?alert=a");
    dispatchEvent(new Event("popstate"));
    expect([desk.view.filters.tab, desk.view.chosen, desk.view.order.length]).toEqual(["all", "a", 2]);
  });
});

test("nobody and nothing on the board has no urgency", () => {
  const { desk } = newDesk();
  expect(desk.urgency(null)).toMatchObject({ state: "ok", emergency: false });
  expect(desk.card(null)).toBeUndefined();
});
