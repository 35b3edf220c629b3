// Which cards a filter leaves, what the figures count, and what a single key does.
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { figuresOf } from "../../../static/src/console/store/figures";
import { countFilters, type Filters, inTab, NO_FILTERS, passes, readChosen, readFilters, unknownFilters, writeFilters } from "../../../static/src/console/store/filters";
import { commandOf, setSingleKeys, singleKeysOn } from "../../../static/src/console/store/keys";
import { scrollToShow, settleOrder, visibleRows } from "../../../static/src/console/store/order";
import { startOfDay } from "../../../static/src/console/store/time";
import type { Card } from "../../../static/src/shared/shapes";
import { urgencyOf } from "../../../static/src/shared/urgency";
import { NOW } from "../time";
import { card, due } from "./board";

const HOUR_MS = 3600_000;
const ago = (hours: number): string => new Date(NOW - hours * HOUR_MS).toISOString();
const facts = {
  now: NOW,
  startOfToday: startOfDay(NOW, "Asia/Shanghai"),
  urgency: (one: Card) => urgencyOf(one, NOW),
  words: (one: Card) => one.short,
};
const leaves = (filters: Partial<Filters>, more: Partial<Card> = {}): boolean => passes(card("A", more), { ...NO_FILTERS, ...filters }, facts);

test("what the address asks for and no filter knows is named, and nothing else", () => {
  expect(unknownFilters("?status=signed&since=7d&overdue=1&department=JTJ&q=坑&alert=a")).toEqual([]);
  expect(unknownFilters("?status=gone&colour=red&overdue=yes&since=ever")).toEqual(["status=gone", "colour=red", "overdue=yes", "since=ever"]);
});

describe("a filter", () => {
  test.each([
    [{ lead: "JTJ" }, { lead: "JTJ" }, true],
    [{ lead: "JTJ" }, { lead: "SWJ" }, false],
    [{ lead: "JTJ" }, { lead: "SWJ", supports: ["JTJ"] }, true],
    [{ category: "E0113" }, { category: "E0113" }, true],
    [{ category: "E0113" }, { category: null }, false],
    [{ street: "lianhua" }, { street: "futian" }, false],
    [{ street: "lianhua" }, { street: "lianhua" }, true],
    [{ grid: "g1" }, { grid: "g1" }, true],
    [{ grid: "g1" }, { grid: "g2" }, false],
    [{ late: true }, { promises: [due(-1)] }, true],
    [{ late: true }, { promises: [due(1)] }, false],
    [{ late: true }, { card: "orange" }, true],
    [{ near: true }, { promises: [due(5)] }, true],
    [{ near: true }, { promises: [due(-1)] }, false],
    [{ danger: true }, { life_safety: true }, true],
    [{ danger: true }, {}, false],
  ] as [Partial<Filters>, Partial<Card>, boolean][])("%j leaves %j: %s", (filters, more, left) => {
    expect(leaves(filters, more)).toBe(left);
  });

  test.each([
    ["today", 10, true], ["today", 10.01, false], // the day began ten hours ago
    ["24h", 24, true], ["24h", 24.01, false],
    ["7d", 7 * 24, true], ["7d", 7 * 24 + 0.01, false],
  ] as const)("since %s leaves what was reported %d hours ago: %s", (since, hours, left) => {
    expect(leaves({ since }, { reported_at: ago(hours) })).toBe(left);
  });

  test("finds each word that was typed, in any order", () => {
    expect([leaves({ q: "a" }), leaves({ q: "a b" }), leaves({ q: "" })]).toEqual([true, false, true]);
  });

  test("is counted where it narrows; tab and search are no filters", () => {
    expect(countFilters(NO_FILTERS)).toBe(0);
    expect(countFilters({ tab: "signed", q: "坑", lead: "a", category: "b", street: "c", grid: "d", since: "7d", late: true, near: true, danger: true })).toBe(8);
  });

  test("stands whole in the address and comes back from it", () => {
    const all: Filters = { tab: "on_site", q: "坑 a&b", lead: "a", category: "b", street: "c", grid: "d", since: "24h", late: true, near: true, danger: true };
    const search = writeFilters(all, "id/1");
    expect([readFilters(search), readChosen(search)]).toEqual([all, "id/1"]);
    expect(readFilters("?since=never&overdue=yes")).toEqual(NO_FILTERS);
    expect(readChosen("")).toBeNull();
  });

  test("by tab leaves its status, or all", () => {
    expect((["all", "dispatched", "signed"] as const).map((tab) => inTab(card("a"), tab, () => false))).toEqual([true, true, false]);
  });
});

test("the figures count what is open, new, late, near, unsigned and urgent; late takes the worst card", () => {
  const cards = [
    card("a", { promises: [due(-1)], reported_at: ago(11) }),
    card("b", { card: "red", status: "signed" }),
    card("c", { promises: [due(5)] }),
    card("d", { whistle: "emergency" }),
  ];
  expect(figuresOf(cards, facts.urgency, facts.startOfToday)).toEqual({
    open: 4, today: 3, late: 2, lateState: "red", near: 1, unsigned: 3, emergencies: 1,
  });
});

test("the city's day begins at its own midnight", () => {
  expect(new Date(startOfDay(NOW + 34 * 60_000 + 56_789, "Asia/Shanghai")).toISOString()).toBe("2026-11-22T16:00:00.000Z");
  expect(new Date(startOfDay(NOW, "Europe/Berlin")).toISOString()).toBe("2026-11-22T23:00:00.000Z");
});

describe("rows", () => {
  test("are drawn a little beyond the window, and no further than there are", () => {
    expect(visibleRows(3, 80, 0, 800, -1)).toEqual([0, 1, 2]);
    expect(visibleRows(100, 80, 800, 160, -1)).toEqual(Array.from({ length: 15 }, (_, i) => i + 4));
    expect(visibleRows(0, 80, 0, 800, -1)).toEqual([]);
  });

  test("with the focus are drawn wherever they are, once", () => {
    expect(visibleRows(100, 80, 800, 160, 99).at(-1)).toBe(99);
    expect(visibleRows(100, 80, 800, 160, 10).filter((row) => row === 10)).toHaveLength(1);
    expect(visibleRows(100, 80, 800, 160, 100)).not.toContain(100);
  });

  test("above the window are scrolled to their upper edge, below it to their lower", () => {
    expect([scrollToShow(2, 80, 400, 800), scrollToShow(5, 80, 400, 800), scrollToShow(15, 80, 400, 800)]).toEqual([160, 400, 480]);
  });

  test("of an empty list have nothing to keep", () => {
    expect(settleOrder([], ["a"], true)).toEqual({ order: ["a"], waiting: [] });
  });
});

describe("a single key", () => {
  beforeEach(() => {
    document.body.innerHTML = '<input id="field"><div class="rows"><p id="row"></p></div><dialog><p id="asking"></p></dialog>';
    localStorage.clear();
  });
  afterEach(() => vi.restoreAllMocks());

  function pressed(key: string, at = "", more: KeyboardEventInit = {}): string | null {
    const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more });
    let command: string | null = null;
    const listen = (heard: KeyboardEvent): void => void (command = commandOf(heard, singleKeysOn()));
    const target = at ? document.getElementById(at) : document.body;
    target?.addEventListener("keydown", listen);
    target?.dispatchEvent(event);
    target?.removeEventListener("keydown", listen);
    return command;
  }

  test("does what the table says, in either size", () => {
    expect(["/", "j", "K", "a", "?", "Escape", "x"].map((key) => pressed(key))).toEqual(
      ["search", "next", "previous", "assign", "help", "close", null],
    );
  });

  test("does nothing while somebody types, in a dialog, or with another key held", () => {
    expect([pressed("j", "field"), pressed("j", "asking"), pressed("Escape", "asking")]).toEqual([null, null, null]);
    expect([{ ctrlKey: true }, { metaKey: true }, { altKey: true }].map((held) => pressed("j", "", held))).toEqual([null, null, null]);
  });

  test("of the arrows belongs to the list", () => {
    expect([pressed("ArrowDown"), pressed("ArrowDown", "row"), pressed("ArrowUp", "row"), pressed("Enter", "row")]).toEqual(
      [null, "next", "previous", "open"],
    );
  });

  test("can be switched off; arrows and Escape stay", () => {
    setSingleKeys(false);
    expect([pressed("j"), pressed("ArrowDown", "row"), pressed("Escape")]).toEqual([null, "next", "close"]);
    setSingleKeys(true);
    expect(pressed("j")).toBe("next");
  });

  test("that somebody else used up is not used again", () => {
    const event = new KeyboardEvent("keydown", { key: "j", cancelable: true });
    event.preventDefault();
    expect(commandOf(event, true)).toBeNull();
  });
});
