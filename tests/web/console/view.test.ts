// Rows keep their places while somebody looks, and an address gives the same view again.
import { describe, expect, it } from "vitest";
import { shortNames } from "../../../static/src/console/map/short-names";
import { NO_FILTERS, readFilters, writeFilters } from "../../../static/src/console/store/filters";
import { scrollToShow, settleOrder, visibleRows } from "../../../static/src/console/store/order";

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

describe("the names of streets on the map", () => {
  it("leave out what all of them say", () => {
    expect(shortNames(["Futian Subdistrict", "Meilin Subdistrict"])).toEqual(["Futian", "Meilin"]);
    expect(shortNames(["Futian Subdistrict", "Port"])).toEqual(["Futian Subdistrict", "Port"]);
    expect(shortNames(["福田街道", "梅林街道"])).toEqual(["福田街道", "梅林街道"]);
  });
});
