// How does a card stand against its promises at this instant? Shape, worst clock, urgency.
import type { Card, CardPromise, Tier } from "../shapes";

export type State = "ok" | "blue" | "near" | "yellow" | "orange" | "red" | "paused" | "done";

export type Standing = {
  state: State;
  /** The clock that burns most, or null where nothing runs. */
  promise: CardPromise | null;
  /** Milliseconds until its due time, negative when late; null where nothing runs. */
  left: number | null;
  /** Used share of its limit, 1 = due. */
  share: number;
  emergency: boolean;
};

const RANK: Record<State, number> = {
  red: 6, orange: 5, yellow: 4, near: 3, blue: 2, ok: 1, paused: 0, done: 0,
};
const RUNNING = new Set(["running", "open", "active"]);

export const isLate = (state: State): boolean => RANK[state] >= RANK.yellow;
export const worse = (a: State, b: State): State => (RANK[b] > RANK[a] ? b : a);

export function standingOf(card: Card, now: number): Standing {
  const emergency = card.life_safety || card.whistle === "emergency";
  if (card.status === "suspended") {
    return { state: "paused", promise: null, left: null, share: 0, emergency };
  }
  let worst: Standing = { state: "ok", promise: null, left: null, share: 0, emergency };
  for (const promise of card.promises) {
    if (!RUNNING.has(promise.state) || promise.due_at === null) continue;
    const left = Date.parse(promise.due_at) - now;
    const share = shareOf(promise, now);
    const state = left <= 0 ? lateState(card) : timeState(share);
    const next = { state, promise, left, share, emergency };
    if (worst.promise === null || burnsMore(next, worst)) worst = next;
  }
  return withCard(worst, card.card);
}

export function shareOf(promise: { started_at: string; due_at: string | null }, now: number): number {
  if (promise.due_at === null) return 0;
  const start = Date.parse(promise.started_at);
  const span = Date.parse(promise.due_at) - start;
  if (span <= 0) return now >= start ? 1 : 0;
  return Math.max(0, (now - start) / span);
}

function timeState(share: number): State {
  if (share >= 0.8) return "near";
  return share >= 0.5 ? "blue" : "ok";
}

/** The server gives the card; in the second before it does, the law of the first card is known. */
function lateState(card: Card): State {
  return card.life_safety ? "red" : "yellow";
}

function withCard(standing: Standing, card: Tier | null): Standing {
  if (card === null) return standing;
  return { ...standing, state: worse(standing.state, card) };
}

function burnsMore(a: Standing, b: Standing): boolean {
  if (RANK[a.state] !== RANK[b.state]) return RANK[a.state] > RANK[b.state];
  return (a.left ?? Infinity) < (b.left ?? Infinity);
}

/** Most urgent first: emergencies, then lateness, then the nearest due time, then the oldest. */
export function byUrgency(a: Card, b: Card, of: (card: Card) => Standing): number {
  const x = of(a);
  const y = of(b);
  if (x.emergency !== y.emergency) return x.emergency ? -1 : 1;
  if (RANK[x.state] !== RANK[y.state]) return RANK[y.state] - RANK[x.state];
  const dx = x.left ?? Infinity;
  const dy = y.left ?? Infinity;
  if (dx !== dy) return dx < dy ? -1 : 1;
  return a.reported_at < b.reported_at ? -1 : a.reported_at > b.reported_at ? 1 : 0;
}
