// When the next attempt to send is due: later each time, and never sooner than the server asks.
const WAITS_S = [5, 15, 36, 90, 180, 300];
const UNTRIED_MS = 5_000;

/** Why something is sent now: its time came, the network came back, or somebody pressed. */
export type Occasion = "planned" | "online" | "now";

type Scheduled = { next_try: number | null; trouble: { kind: string } | null };

/** The network's return only helps what failed for the want of it; a press sends everything. */
export function isDue({ next_try, trouble }: Scheduled, now: number, occasion: Occasion): boolean {
  if (occasion === "now" || next_try === null || next_try <= now) return true;
  return occasion === "online" && trouble?.kind === "unreachable";
}

/** In milliseconds. `retryAfter`: the seconds that the server asked for, or null. */
export function nextTry(tries: number, now: number, retryAfter: number | null): number {
  const own = WAITS_S[Math.min(tries, WAITS_S.length - 1)] ?? 300;
  return now + Math.max(own, retryAfter ?? 0) * 1000;
}

/** When the next of those that wait is due, null where none waits. What was never tried had no turn: soon. */
export function soonest(all: readonly { state: string; next_try: number | null }[]): number | null {
  const times = all.filter(({ state }) => state === "waiting").map(({ next_try }) => next_try ?? Date.now() + UNTRIED_MS);
  return times.length > 0 ? Math.min(...times) : null;
}
