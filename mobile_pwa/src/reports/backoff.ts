// How long to wait before trying again? Longer each time, as long as the server asks at least.
const WAITS_S = [5, 15, 36, 90, 180, 300];

export function nextTry(tries: number, now: number, retryAfter: number | null): number {
  const own = WAITS_S[Math.min(tries, WAITS_S.length - 1)] ?? 300;
  return now + Math.max(own, retryAfter ?? 0) * 1000;
}
