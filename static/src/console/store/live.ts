// How does the board stay live? Snapshot, pushed changes, catch-up after every gap.
import { io, type Socket } from "socket.io-client";
import type { Change, Changes, Snapshot } from "../shapes";
import { applyChanges, cursorOf, EMPTY, fromSnapshot, isForeign, type Board } from "./board";
import { ServerClock } from "./time";

export type Link = "loading" | "live" | "broken" | "refused";
export type LiveState = { board: Board; link: Link; heardAt: number };

/** Answers from the API; `status` lets a 410 mean "start again". */
export type Ask = <T>(path: string) => Promise<{ status: number; body: T | null }>;

const RECONCILE_MS = 30_000;
const RETRY_MS = 3_000; // without a socket (some proxies have none) the board is asked instead

export class Live {
  readonly clock = new ServerClock();
  #state: LiveState = { board: EMPTY, link: "loading", heardAt: 0 };
  #queue: Change[] = [];
  #catching = true; // until caught up, a push's `complete` says nothing about what was missed
  #busy: Promise<void> | null = null;
  #again = false;
  #flushing = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #socket: Socket | null = null;

  constructor(
    private readonly ask: Ask,
    private readonly tell: (state: LiveState) => void,
  ) {}

  async start(): Promise<void> {
    await this.#reload();
    this.#listen();
    this.#later(RETRY_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#socket?.disconnect();
  }

  /** Ask what happened since the last complete position; one question at a time. */
  catchUp(): Promise<void> {
    if (this.#busy) {
      this.#again = true;
      return this.#busy;
    }
    this.#busy = this.#askChanges().finally(() => {
      this.#busy = null;
      if (!this.#again) return;
      this.#again = false;
      void this.catchUp();
    });
    return this.#busy;
  }

  /** After signing in again the socket must carry the new session. */
  reconnect(): void {
    this.#socket?.disconnect().connect();
    void this.catchUp();
  }

  #listen(): void {
    const socket = io("/board", { transports: ["websocket"] });
    this.#socket = socket;
    socket.on("connect", () => void this.catchUp());
    socket.on("change", (change: Change) => this.#hear(change));
    socket.on("complete", ({ complete }: { complete: string }) => {
      this.#hear({ cursor: complete, complete }); // nothing for this console, and nothing missed
    });
    socket.on("disconnect", (reason) => {
      this.#set({ link: "broken" });
      this.#catching = true;
      if (reason === "io server disconnect") setTimeout(() => socket.connect(), RETRY_MS);
    });
    socket.on("connect_error", () => this.#set({ link: "broken" }));
  }

  #hear(change: Change): void {
    if (isForeign(this.#state.board, change)) return void this.#reload();
    this.#queue.push(this.#catching ? { ...change, complete: undefined } : change);
    if (this.#flushing) return;
    this.#flushing = true;
    setTimeout(() => this.#flush(), 100); // a burst of changes is drawn as one
  }

  #flush(): void {
    this.#flushing = false;
    const queue = this.#queue;
    this.#queue = [];
    this.#set({
      board: applyChanges(this.#state.board, queue),
      heardAt: this.clock.now(),
    });
  }

  async #askChanges(): Promise<void> {
    const askedAt = performance.now();
    const after = encodeURIComponent(cursorOf(this.#state.board));
    const answer = await this.#try<Changes>(`/api/v1/board/changes?after=${after}`);
    if (answer === null) return;
    if (answer.status === 410) return this.#reload();
    if (answer.body === null) return;
    const { now, changes, cursor } = answer.body;
    this.clock.learn(now, askedAt);
    if (this.#socket?.connected) this.#catching = false;
    this.#set({
      board: applyChanges(this.#state.board, changes, cursor),
      link: this.#socket?.connected ? "live" : "broken",
      heardAt: this.clock.now(),
    });
  }

  async #reload(): Promise<void> {
    const askedAt = performance.now();
    const answer = await this.#try<Snapshot>("/api/v1/board");
    if (answer === null) return;
    if (answer.body === null) {
      this.#set({ link: answer.status === 403 ? "refused" : "broken" });
      return;
    }
    this.clock.learn(answer.body.now, askedAt);
    this.#set({
      board: fromSnapshot(answer.body),
      link: this.#socket?.connected ? "live" : "loading",
      heardAt: this.clock.now(),
    });
  }

  /** Null where the server could not be reached at all. */
  async #try<T>(path: string): Promise<{ status: number; body: T | null } | null> {
    try {
      return await this.ask<T>(path);
    } catch {
      this.#set({ link: "broken" });
      return null;
    }
  }

  #later(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(async () => {
      if (this.#state.board.seq < 0) await this.#reload();
      else await this.catchUp();
      this.#later(this.#state.link === "live" ? RECONCILE_MS : RETRY_MS);
    }, ms);
  }

  #set(change: Partial<LiveState>): void {
    this.#state = { ...this.#state, ...change };
    this.tell(this.#state);
  }
}
