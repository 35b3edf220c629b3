// Does a card turn late at the right second, and do the urgent stand first?
import { describe, expect, it } from "vitest";
import type { Card } from "../../../static/src/console/shapes";
import { byUrgency, standingOf } from "../../../static/src/console/store/standing";
import { NO_FILTERS, readFilters, writeFilters } from "../../../static/src/console/store/filters";
import { scrollToShow, settleOrder, visibleRows } from "../../../static/src/console/store/order";

const start = Date.parse("2026-11-23T06:00:00Z");
const HOUR = 3_600_000;

function card(over: Partial<Card> = {}): Card {
  return {
    id: "1", number: "n", short: "s", category: "E", status: "dispatched", lead: "JTJ",
    street: null, community: null, grid: null, lon: null, lat: null, severity: 1,
    life_safety: false, whistle: null, reported_at: "2026-11-23T06:00:00Z", version: 1,
    handler: null, supports: [], card: null, urged: false, source: "app",
    promises: [
      {
        clock: "sign", state: "running", started_at: "2026-11-23T06:00:00Z",
        due_at: "2026-11-23T07:00:00Z",
      },
    ],
    ...over,
  };
}

describe("a card against its promise", () => {
  it("goes from time enough to half used, near and late at the minute", () => {
    expect(standingOf(card(), start + 0.49 * HOUR).state).toBe("ok");
    expect(standingOf(card(), start + 0.5 * HOUR).state).toBe("blue");
    expect(standingOf(card(), start + 0.8 * HOUR).state).toBe("near");
    expect(standingOf(card(), start + HOUR - 1000).state).toBe("near");
    expect(standingOf(card(), start + HOUR).state).toBe("yellow");
  });

  it("is red at once where life is at stake", () => {
    expect(standingOf(card({ life_safety: true }), start + HOUR).state).toBe("red");
  });

  it("never looks better than the card the server has given", () => {
    expect(standingOf(card({ card: "orange" }), start + HOUR).state).toBe("orange");
  });

  it("is paused while suspended", () => {
    expect(standingOf(card({ status: "suspended" }), start + HOUR).state).toBe("paused");
  });

  it("does not count a clock that has stopped", () => {
    const met = card();
    const stopped = { ...met, promises: met.promises.map((p) => ({ ...p, state: "met" })) };
    expect(standingOf(stopped, start + 9 * HOUR).promise).toBeNull();
  });

  it("puts emergencies first, then the late, then the nearest", () => {
    const now = start + 0.9 * HOUR;
    const calm = card({ id: "calm", promises: [] });
    const near = card({ id: "near" });
    const late = card({ id: "late", card: "yellow" });
    const fire = card({ id: "fire", life_safety: true, promises: [] });
    const order = [calm, near, late, fire].sort((a, b) =>
      byUrgency(a, b, (one) => standingOf(one, now)),
    );
    expect(order.map((one) => one.id)).toEqual(["fire", "late", "near", "calm"]);
  });
});

describe("the order of rows", () => {
  it("follows the wish while nobody looks at it", () => {
    expect(settleOrder(["a"], ["b", "a"], false)).toEqual({ order: ["b", "a"], waiting: [] });
  });

  it("keeps its places while it is held, and lets newcomers wait", () => {
    expect(settleOrder(["a", "b", "c"], ["n", "c", "a"], true)).toEqual({
      order: ["a", "c"],
      waiting: ["n"],
    });
  });

  it("draws the rows in view and always the focused one", () => {
    const rows = visibleRows(10_000, 80, 4000, 800, 2);
    expect(rows[0]).toBe(2);
    expect(rows.length).toBeLessThan(40);
  });

  it("scrolls only when a row is out of view", () => {
    expect(scrollToShow(3, 80, 0, 800)).toBe(0);
    expect(scrollToShow(20, 80, 0, 800)).toBe(880);
  });
});

describe("a shared address", () => {
  it("gives the same view again", () => {
    const view = { ...NO_FILTERS, tab: "signed" as const, lead: "JTJ", late: true, q: "井盖 福田" };
    expect(readFilters(writeFilters(view, "x"))).toEqual(view);
  });

  it("says nothing where nothing is asked", () => {
    expect(writeFilters(NO_FILTERS, null)).toBe("");
    expect(readFilters("?status=nonsense")).toEqual(NO_FILTERS);
  });
});
