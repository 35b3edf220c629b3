// Bytes on a slow line: what moves is never given up, what stands still is.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Api, Unreachable } from "../../../static/src/shared/api";
import { passes, standStill } from "../time";

const SIZE = 780_000;
const QUIET_MS = 30_000;

type Slow = { upload: { onprogress: (moved: { loaded: number }) => void }; onload: () => void; onabort: () => void; status: number; responseText: string };
let sending: Slow;

beforeEach(() => {
  standStill();
  vi.stubGlobal("fetch", async () => new Response(JSON.stringify({ person: "p", name: "p", roles: [], csrf: "c" })));
  vi.stubGlobal("XMLHttpRequest", class {
    upload = {};
    open(): void { sending = this as unknown as Slow; }
    setRequestHeader(): void {}
    getResponseHeader(): null { return null; }
    abort(): void { sending.onabort(); }
    send(): void {}
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** What became of the photo, or null while it is on its way. */
async function begun(): Promise<() => unknown> {
  let end: unknown = null;
  void new Api(QUIET_MS).putBytes("/p", new Blob([new Uint8Array(SIZE)]), "image/jpeg").then(
    (told) => (end = told),
    (error: unknown) => (end = error),
  );
  await passes(0);
  return () => end;
}

async function answered(): Promise<void> {
  Object.assign(sending, { status: 201, responseText: JSON.stringify({ sha256: "aa" }) });
  sending.onload();
  await passes(0);
}

test("780 kB at 15 kB a second go through, although they take 52 seconds", async () => {
  const end = await begun();
  for (let loaded = 15_000; loaded <= SIZE; loaded += 15_000) {
    await passes(1_000);
    sending.upload.onprogress({ loaded });
  }
  expect(end()).toBeNull();
  await answered();
  expect(end()).toEqual({ sha256: "aa" });
});

test("the same where the phone took all of it over at once, and the line needs as long", async () => {
  const end = await begun();
  sending.upload.onprogress({ loaded: SIZE });
  await passes(SIZE / 15);
  expect(end()).toBeNull();
  await answered();
  expect(end()).toEqual({ sha256: "aa" });
});

test("a line on which nothing moves any more is given up", async () => {
  const end = await begun();
  await passes(20_000);
  sending.upload.onprogress({ loaded: 15_000 });
  await passes(29_000);
  expect(end()).toBeNull();
  await passes(3_000);
  expect(end()).toBeInstanceOf(Unreachable);
  expect(vi.getTimerCount()).toBe(0);
});

test("an answer that comes in pieces is waited for as long as pieces come", async () => {
  let give: (piece: string) => void = () => undefined;
  let close: () => void = () => undefined;
  const body = new ReadableStream<Uint8Array>({
    start: (stream) => {
      give = (piece) => stream.enqueue(new TextEncoder().encode(piece));
      close = () => stream.close();
    },
  });
  vi.stubGlobal("fetch", async () => ({ status: 200, headers: new Headers(), body }));
  let told: unknown = null;
  void new Api(QUIET_MS).get("/api/v1/forms").then((answer) => (told = answer));
  for (const piece of ['{"text":', '"路', '灯"', "}"]) {
    await passes(25_000);
    give(piece);
  }
  await passes(0);
  close();
  await passes(0);
  expect(told).toEqual({ text: "路灯" });
});

test("an answer that stops in the middle is no answer", async () => {
  vi.stubGlobal("fetch", async (_: string, { signal }: RequestInit) => {
    const body = new ReadableStream({ start: (stream) => signal?.addEventListener("abort", () => stream.error(new Error("aborted"))) });
    return { status: 200, headers: new Headers(), body };
  });
  let end: unknown = null;
  void new Api(QUIET_MS).get("/api/v1/forms").catch((error: unknown) => (end = error));
  await passes(QUIET_MS);
  expect(end).toBeInstanceOf(Unreachable);
});
