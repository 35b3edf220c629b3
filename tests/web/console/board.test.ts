// The board stays true when changes come late, twice, out of order or not at all.
// @vitest-environment node
import { describe, expect, it } from "vitest";
import type { BoardSnapshot, Card } from "../../../static/src/shared/shapes";
import {
  applyChanges,
  cursorOf,
  fromSnapshot,
  isForeign,
  parseCursor,
} from "../../../static/src/console/store/board";
import { card as boardCard } from "./board";

const card = (id: string, version = 1): Card => boardCard(id, { version });

function snapshot(cursor: string, ...cards: Card[]): BoardSnapshot {
  return { cursor, now: "2026-11-23T06:00:00Z", cards, labels: { units: {}, categories: {} } };
}

describe("the board", () => {
  const board = fromSnapshot(snapshot("a.10", card("1"), card("2")));

  it("holds what the snapshot held, at its position", () => {
    expect([...board.cards.keys()]).toEqual(["1", "2"]);
    expect(cursorOf(board)).toBe("a.10");
  });

  it("drops what the snapshot already knew", () => {
    const after = applyChanges(board, [{ cursor: "a.9", gone: "1" }]);
    expect(after.cards.has("1")).toBe(true);
  });

  it("takes the same change twice as once", () => {
    const change = { cursor: "a.11", card: card("3") };
    const after = applyChanges(applyChanges(board, [change]), [change]);
    expect(after.cards.size).toBe(3);
  });

  it("keeps the newer of two changes that arrive the wrong way round", () => {
    const late = applyChanges(board, [{ cursor: "a.12", card: card("1", 3) }]);
    const after = applyChanges(late, [{ cursor: "a.11", card: card("1", 2) }]);
    expect(after.cards.get("1")?.version).toBe(3);
  });

  it("does not bring back a card that has left", () => {
    const left = applyChanges(board, [{ cursor: "a.15", gone: "1" }]);
    const after = applyChanges(left, [{ cursor: "a.14", card: card("1", 2) }]);
    expect(after.cards.has("1")).toBe(false);
  });

  it("lets a closed card leave", () => {
    const closed = { ...card("1", 9), status: "closed" as const };
    const after = applyChanges(board, [{ cursor: "a.11", card: closed }]);
    expect(after.cards.has("1")).toBe(false);
  });

  it("does not believe that a pushed change is the next one: a gap may lie before it", () => {
    const after = applyChanges(board, [{ cursor: "a.14", card: card("4") }]);
    expect(cursorOf(after)).toBe("a.10");
  });

  it("moves its position when a change says how far it is complete", () => {
    const after = applyChanges(board, [{ cursor: "a.14", card: card("4"), complete: "a.14" }]);
    expect(cursorOf(after)).toBe("a.14");
  });

  it("closes a gap from the catch-up, whatever was pushed meanwhile", () => {
    const pushed = applyChanges(board, [{ cursor: "a.14", card: card("1", 4) }]);
    const after = applyChanges(
      pushed,
      [
        { cursor: "a.12", card: card("1", 2) },
        { cursor: "a.13", gone: "2" },
        { cursor: "a.14", card: card("1", 4) },
      ],
      "a.14",
    );
    expect(after.cards.get("1")?.version).toBe(4);
    expect(after.cards.has("2")).toBe(false);
    expect(cursorOf(after)).toBe("a.14");
    expect(after.heard.size).toBe(0);
  });

  it("leaves changes of another epoch alone and says so", () => {
    const foreign = { cursor: "b.3", gone: "1" };
    expect(isForeign(board, foreign)).toBe(true);
    expect(applyChanges(board, [foreign]).cards.has("1")).toBe(true);
  });

  it("reads a cursor from its last dot", () => {
    expect(parseCursor("2026.1.77")).toEqual({ epoch: "2026.1", seq: 77 });
  });
});
