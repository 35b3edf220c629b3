// The clock of tests: it stands still until a test lets time pass.
import { setImmediate as nextTurn } from "node:timers/promises";
import { vi } from "vitest";

/** Reading goes on between timers: IndexedDB and streams work while the clock stands still. */
const STANDING_STILL = ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date", "performance"] as const;

export const NOW = Date.parse("2026-11-23T02:00:00Z"); // Monday, 10:00 in the city

export const standStill = (now = NOW): void => void vi.useFakeTimers({ now, toFake: [...STANDING_STILL] });

/** Everything that is under way has come to its end. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 60; turn += 1) await nextTurn();
}

/** Time passes, and what was due in it is done. */
export async function passes(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
  await settle();
}

/** Waits for what another thread or the real clock brings; raises where it never comes. */
export async function until(what: () => boolean): Promise<void> {
  for (let turn = 0; !what(); turn += 1) {
    if (turn > 1_000_000) throw new Error(`never came: ${what}`);
    await nextTurn();
  }
}
