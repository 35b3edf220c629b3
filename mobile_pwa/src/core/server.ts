// What is asked of the server, and its last answers, kept for when it cannot be reached.
import { Api, Problem } from "../../../static/src/shared/api";
import type { AlertPage, FilterName } from "../../../static/src/shared/shapes";
import { ServerClock } from "../../../static/src/shared/time";
import { keepAnswer, keptAnswer } from "./db";
import { keep, kept } from "./memory";

export const api = new Api();
const SKEW = "shaodao.skew";
/** Starts with the offset that was learned last: without a network none can be learned. */
export const serverClock = new ServerClock(Number(kept(SKEW)) || 0);

/** The keys of kept answers carry who asked, so that nobody sees those of another person. */
let asker = "";
export const setAsker = (person: string): void => void (asker = person);

export type Answered<T> = { body: T; at: number; fresh: boolean };

const list = (filters: Partial<Record<FilterName, string>>): string =>
  `/api/v1/alerts?${new URLSearchParams(filters)}`;

export const PATHS = {
  forms: "/api/v1/forms",
  places: "/api/v1/places",
  mine: list({ mine: "1", limit: "50" }),
  tasks: "/api/v1/tasks",
  alert: (id: string): string => `/api/v1/alerts/${encodeURIComponent(id)}`,
  steps: (id: string): string => `/api/v1/alerts/${encodeURIComponent(id)}/steps`,
  photo: (id: string, sha256: string): string =>
    `/api/v1/alerts/${encodeURIComponent(id)}/photos/${sha256}`,
};

/** Shows the kept answer first, then the fresh one. Raises only where there is neither. */
export async function keptThenFresh<T>(path: string, show: (answered: Answered<T>) => void): Promise<void> {
  const key = `${asker} ${path}`;
  const before = await keptAnswer<T>(key);
  if (before) show({ ...before, fresh: false });
  try {
    show({ body: await ask<T>(path), at: Date.now(), fresh: true });
  } catch (error) {
    const isGone = error instanceof Problem && error.status === 404;
    if (!before || isGone || isSignedOut(error)) throw error;
  }
}

export async function ask<T>(path: string): Promise<T> {
  const askedAt = performance.now();
  const body = await api.get<T>(path);
  const { now } = body as { now?: unknown };
  if (typeof now === "string") {
    serverClock.learn(now, askedAt);
    keep(SKEW, String(Math.round(serverClock.skew)));
  }
  await keepAnswer(`${asker} ${path}`, body);
  return body;
}

const MOST_AT_HAND = 40;

/** Asks for the details of tasks and keeps them, so that they open without a network. */
export async function keepAtHand(tasks: readonly { id: string; version: number }[]): Promise<void> {
  for (const { id, version } of tasks.slice(0, MOST_AT_HAND)) {
    const kept = await keptAnswer<AlertPage>(`${asker} ${PATHS.alert(id)}`);
    if (kept?.body.version === version) continue;
    try {
      await ask<AlertPage>(PATHS.alert(id));
    } catch {
      return; // no network any more, or the session ran out: the next look goes on
    }
  }
}

export const isSignedOut = (error: unknown): boolean =>
  error instanceof Problem && error.status === 401;
