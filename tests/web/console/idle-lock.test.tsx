// A desk where nobody does anything is locked; whoever does something is not, and the server hears of it.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { useIdleLock } from "../../../static/src/console/idle-lock";
import { drawn, hide, show, texts } from "../screen";
import { passes, standStill } from "../time";

const MINUTE = 60_000;
const post = vi.fn(async () => undefined);
const api = { post } as unknown as Parameters<typeof useIdleLock>[0];

function Desk({ idleS }: { idleS: number | null }) {
  const { locked, unlock } = useIdleLock(api, idleS);
  return <p onClick={unlock}>{locked ? "locked" : "open"}</p>;
}

/** What is drawn meanwhile starts what hangs on it. */
const waits = async (ms: number): Promise<void> => {
  await passes(ms);
  await drawn();
};
const state = (): string | undefined => texts("p")[0];

beforeEach(() => {
  standStill();
  post.mockClear();
  document.body.innerHTML = '<div id="app"></div>';
});
afterEach(() => {
  hide();
  vi.useRealTimers();
});

test("is locked after half an hour without a sign, and says nothing meanwhile", async () => {
  await show(<Desk idleS={1800} />);
  await waits(29 * MINUTE);
  expect(state()).toBe("open");
  await waits(MINUTE + 10_000);
  expect(state()).toBe("locked");
  expect(post).not.toHaveBeenCalled();
});

test("a sign of somebody keeps it open and is told at most once a minute", async () => {
  await show(<Desk idleS={1800} />);
  for (let n = 0; n < 40; n += 1) {
    dispatchEvent(new Event("pointermove"));
    await waits(MINUTE / 2);
  }
  expect(state()).toBe("open");
  expect(post.mock.calls.length).toBeGreaterThan(15);
  expect(post.mock.calls.length).toBeLessThanOrEqual(20);
  expect(post).toHaveBeenCalledWith("/api/v1/session/here", {});
});

test("a computer that slept is locked by the sign that wakes it", async () => {
  await show(<Desk idleS={1800} />);
  vi.setSystemTime(Date.now() + 3 * 60 * MINUTE);
  dispatchEvent(new Event("keydown"));
  await waits(10);
  expect(state()).toBe("locked");
});

test("whoever signed in again is locked anew after another half hour", async () => {
  await show(<Desk idleS={1800} />);
  await waits(31 * MINUTE);
  document.querySelector("p")?.click();
  await waits(10);
  expect(state()).toBe("open");
  await waits(31 * MINUTE);
  expect(state()).toBe("locked");
});

test("a face that is never locked tells nothing", async () => {
  await show(<Desk idleS={null} />);
  dispatchEvent(new Event("pointermove"));
  await waits(60 * MINUTE);
  expect([state(), post.mock.calls.length]).toEqual(["open", 0]);
});
