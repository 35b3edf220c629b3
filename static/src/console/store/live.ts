// Keeps the board live: snapshot, pushed changes, and a catch-up after every gap.
import { io, type Socket } from "socket.io-client";
import { Problem, type Api } from "../../shared/api";
import { ServerClock } from "../../shared/time";
import type { BoardChange, BoardChanges, BoardComplete, BoardSnapshot, RefusalCode } from "../../shared/shapes";
import { applyChanges, cursorOf, EMPTY, fromSnapshot, isForeign, type Board } from "./board";

export type Link = "loading" | "live" | "broken" | "refused";
/** `why`: the server's sentence where it refuses another console. */
export type LiveState = { board: Board; link: Link; heardAt: number; why?: string };

const FULL: readonly string[] = ["server_full", "too_many_consoles"] satisfies RefusalCode[];
const DOOR = "/socket.io/?EIO=4&transport=websocket";
const RECONCILE_MS = 30_000;
const RETRY_MS = 3_000; // without a socket (some proxies have none) the board is asked instead

export class Live {
  readonly clock = new ServerClock();
  #state: LiveState = { board: EMPTY, link: "loading", heardAt: 0 };
  #queue: BoardChange[] = [];
  #catching = true; // until caught up, a push's `complete` says nothing about what was missed
  #busy: Promise<void> | null = null;
  #again = false;
  #flushing = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pausedMs = 0; // as the server asked
  #socket: Socket | null = null;

  constructor(
    private readonly api: Pick<Api, "get">,
    private readonly notify: (state: LiveState) => void,
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
    socket.on("connect", () => {
      this.#set({ why: undefined });
      void this.catchUp();
    });
    socket.on("change", (change: BoardChange) => this.#receive(change));
    socket.on("complete", ({ complete }: BoardComplete) => {
      this.#receive({ cursor: complete, complete }); // nothing for this console, and nothing missed
    });
    socket.on("disconnect", (reason) => {
      this.#set({ link: "broken" });
      this.#catching = true;
      if (reason === "io server disconnect") setTimeout(() => socket.connect(), RETRY_MS);
    });
    socket.on("connect_error", () => {
      this.#set({ link: "broken" });
      void this.#askWhy();
    });
  }

  /** Browsers hide why a socket was refused; asked without one, the same door says it. */
  async #askWhy(): Promise<void> {
    const answer: unknown = await this.api.get(DOOR).catch((error: unknown) => error);
    const isRefusal = answer instanceof Problem && FULL.includes(answer.code);
    if (!this.#socket?.connected) this.#set({ why: isRefusal ? answer.detail : undefined });
  }

  #receive(change: BoardChange): void {
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
    try {
      const path = `/api/v1/board/changes?after=${after}`;
      const { now, changes, cursor } = await this.api.get<BoardChanges>(path);
      this.clock.learn(now, askedAt);
      if (this.#socket?.connected) this.#catching = false;
      this.#replace(applyChanges(this.#state.board, changes, cursor));
    } catch (error) {
      // too much was missed, or another log: only a new snapshot helps
      if (error instanceof Problem && [410, 422].includes(error.status)) await this.#reload();
      else if (!this.#waits(error)) this.#set({ link: "broken" });
    }
  }

  async #reload(): Promise<void> {
    const askedAt = performance.now();
    try {
      const snapshot = await this.api.get<BoardSnapshot>("/api/v1/board");
      this.clock.learn(snapshot.now, askedAt);
      this.#replace(fromSnapshot(snapshot));
    } catch (error) {
      const refused = error instanceof Problem && error.status === 403;
      if (!this.#waits(error)) this.#set({ link: refused ? "refused" : "broken" });
    }
  }

  /** Whoever is asked to wait is not cut off: the picture stays as it is, and the question is asked again soon. */
  #waits(error: unknown): boolean {
    if (!(error instanceof Problem && error.status === 429 && this.#socket?.connected)) return false;
    this.#pausedMs = Math.max(RETRY_MS, (error.retryAfter ?? 0) * 1000);
    this.#later(this.#pausedMs);
    return true;
  }

  #replace(board: Board): void {
    const waiting = this.#socket === null ? "loading" : "broken";
    const link = this.#socket?.connected ? "live" : waiting;
    this.#set({ board, link, heardAt: this.clock.now() });
  }

  #later(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(async () => {
      this.#pausedMs = 0;
      if (this.#state.board.seq < 0) await this.#reload();
      else await this.catchUp();
      this.#later(this.#pausedMs || (this.#state.link === "live" ? RECONCILE_MS : RETRY_MS));
    }, ms);
  }

  #set(change: Partial<LiveState>): void {
    this.#state = { ...this.#state, ...change };
    this.notify(this.#state);
  }
}
