// How long to wait before trying again? Longer each time, as long as the server asks at least.
const WAITS_S = [5, 15, 36, 90, 180, 300];

/** Planned: as planned. Online: the network is back, which was all that was missing. Now: somebody pressed. */
export type Hurry = "planned" | "online" | "now";

type Waiting = { next_try: number | null; trouble: { kind: string } | null };

export function isDue({ next_try, trouble }: Waiting, now: number, hurry: Hurry): boolean {
  if (hurry === "now" || next_try === null || next_try <= now) return true;
  return hurry === "online" && trouble?.kind === "unreachable";
}

export function nextTry(tries: number, now: number, retryAfter: number | null): number {
  const own = WAITS_S[Math.min(tries, WAITS_S.length - 1)] ?? 300;
  return now + Math.max(own, retryAfter ?? 0) * 1000;
}
