// The board heals after a cut, and believes no push that came before the catch-up.
import { beforeEach, describe, expect, it, vi } from "vitest";
import { Live, type LiveState } from "../../../static/src/console/store/live";
import { Problem } from "../../../static/src/shared/api";
import type { BoardChanges, BoardSnapshot, Card, Status } from "../../../static/src/shared/shapes";
import { card as boardCard } from "./board";

type Handler = (message?: unknown) => void;

/** The wire to the server, which the test plays. */
const wire = vi.hoisted(() => ({
  connected: false,
  handlers: new Map<string, (message?: unknown) => void>(),
  on(event: string, handler: Handler) {
    wire.handlers.set(event, handler);
    return wire;
  },
  disconnect: () => wire,
  connect: () => wire,
}));
vi.mock("socket.io-client", () => ({ io: () => wire }));

const NOW = "2026-11-23T06:00:00Z";

const card = (id: string, status: Status = "dispatched"): Card => boardCard(id, { status });

const snapshot = (cursor: string, ...cards: Card[]): BoardSnapshot => ({
  cursor, now: NOW, cards, labels: { units: {}, categories: {} },
});

describe("the live board", () => {
  let asked: string[];
  let answers: (BoardSnapshot | BoardChanges | Problem)[];
  let state: LiveState;
  let live: Live;

  const settle = async () => {
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
    await vi.advanceTimersByTimeAsync(150);
  };
  const happens = async (event: string, message?: unknown) => {
    if (event === "connect") wire.connected = true;
    if (event === "disconnect") wire.connected = false;
    wire.handlers.get(event)?.(message);
    await settle();
  };
  const ids = () => [...state.board.cards.keys()].sort();

  beforeEach(async () => {
    vi.useFakeTimers();
    asked = [];
    answers = [snapshot("a.10", card("1"))];
    wire.connected = false;
    const get = async <T>(path: string): Promise<T> => {
      asked.push(path);
      const answer = answers.shift();
      if (answer === undefined || answer instanceof Problem) {
        throw answer ?? new Problem(503, "busy", "", [], null);
      }
      return answer as T;
    };
    live = new Live({ get }, (next) => {
      state = next;
    });
    await live.start();
    answers.push({ cursor: "a.10", now: NOW, changes: [] });
    await happens("connect");
  });

  it("is live once it has caught up", () => {
    expect(state.link).toBe("live");
    expect(asked).toEqual(["/api/v1/board", "/api/v1/board/changes?after=a.10"]);
  });

  it("takes what is pushed", async () => {
    await happens("change", { cursor: "a.11", card: card("2"), complete: "a.11" });
    expect(ids()).toEqual(["1", "2"]);
    expect(state.board.seq).toBe(11);
  });

  it("says that it is cut, and asks from where it was complete", async () => {
    await happens("disconnect", "transport close");
    expect(state.link).toBe("broken");
    answers.push({
      cursor: "a.14", now: NOW,
      changes: [{ cursor: "a.12", card: card("3") }, { cursor: "a.14", gone: "1" }],
    });
    await happens("connect");
    expect(asked.at(-1)).toBe("/api/v1/board/changes?after=a.10");
    expect(ids()).toEqual(["3"]);
    expect(state.link).toBe("live");
  });

  it("does not take a push for the whole story before it has caught up", async () => {
    await happens("disconnect", "transport close");
    wire.connected = true; // back, but the answer to the catch-up is still on its way
    await happens("change", { cursor: "a.14", card: card("4"), complete: "a.14" });
    expect(state.board.seq).toBe(10);
    answers.push({ cursor: "a.14", now: NOW, changes: [{ cursor: "a.12", gone: "1" }] });
    await happens("connect");
    expect(ids()).toEqual(["4"]);
  });

  it("begins anew where too much was missed", async () => {
    await happens("disconnect", "transport close");
    answers.push(new Problem(410, "gap_too_wide", "", [], null), snapshot("b.3", card("9")));
    await happens("connect");
    expect(ids()).toEqual(["9"]);
    expect(state.board.epoch).toBe("b");
  });

  it("moves on when it hears that it missed nothing", async () => {
    await happens("complete", { complete: "a.40" });
    expect(state.board.seq).toBe(40);
  });

  it("asks every half minute whether it is still right", async () => {
    answers.push({ cursor: "a.12", now: NOW, changes: [{ cursor: "a.12", card: card("5") }] });
    await vi.advanceTimersByTimeAsync(31_000);
    expect(ids()).toContain("5");
  });

  it("keeps its picture where it is asked to slow down, and asks again when it may", async () => {
    answers.push(new Problem(429, "slow_down", "wait", [], 5));
    await vi.advanceTimersByTimeAsync(3_000);
    expect([asked.length, state.link]).toEqual([3, "live"]);
    await vi.advanceTimersByTimeAsync(4_000);
    expect(asked).toHaveLength(3);
    answers.push({ cursor: "a.12", now: NOW, changes: [{ cursor: "a.12", card: card("5") }] });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(ids()).toContain("5");
  });

  it("says why another console is refused, until it is let in", async () => {
    await happens("disconnect", "transport close");
    answers.push(new Problem(429, "too_many_consoles", "20 are open", [], null));
    await happens("connect_error");
    expect(asked.at(-1)).toBe("/socket.io/?EIO=4&transport=websocket");
    expect(state).toMatchObject({ link: "broken", why: "20 are open" });
    answers.push({ cursor: "a.10", now: NOW, changes: [] });
    await happens("connect");
    expect(state).toMatchObject({ link: "live", why: undefined });
  });

  it("names no reason where the network is gone", async () => {
    await happens("disconnect", "transport close");
    answers.push(new Problem(503, "busy", "busy", [], null));
    await happens("connect_error");
    expect(state.why).toBeUndefined();
  });

  it("keeps the picture while the server does not answer", async () => {
    await happens("disconnect", "transport close");
    await vi.advanceTimersByTimeAsync(10_000);
    expect(ids()).toEqual(["1"]);
    expect(state.link).toBe("broken");
  });
});
