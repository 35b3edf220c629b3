// What is asked of the server, and its last answers, kept for when it cannot be reached.
import { Api, isGone, isSignedOut, Unreachable } from "../../../static/src/shared/api";
import type { AlertList, AlertPage, FilterName } from "../../../static/src/shared/shapes";
import { ServerClock } from "../../../static/src/shared/time";
import { Cell } from "./cell";
import { keepAnswer, keptAnswer } from "./db";
import { keep, kept } from "./memory";

export const api = new Api();
const SKEW = "shaodao.skew";
/** Starts with the offset that was learned last: without a network none can be learned. */
export const serverClock = new ServerClock(Number(kept(SKEW)) || 0);

/** The keys of kept answers carry who asked, so that nobody sees those of another person. */
let asker = "";
export const setAsker = (person: string): void => void (asker = person);

/** Counts the questions that were answered: whoever waits for the server to be there again listens. */
export const answered = new Cell<number>(0);

export type Answered<T> = { body: T; at: number; fresh: boolean };

const list = (filters: Partial<Record<FilterName, string>>): string =>
  `/api/v1/alerts?${new URLSearchParams(filters)}`;

export const PATHS = {
  forms: "/api/v1/forms",
  places: "/api/v1/places",
  mine: list({ mine: "1", limit: "200" }),
  tasks: "/api/v1/tasks",
  alert: (id: string): string => `/api/v1/alerts/${encodeURIComponent(id)}`,
  steps: (id: string): string => `/api/v1/alerts/${encodeURIComponent(id)}/steps`,
  photo: (id: string, sha256: string): string =>
    `/api/v1/alerts/${encodeURIComponent(id)}/photos/${sha256}`,
};

/** By what an answer to each question is known: a stranger's JSON must not replace what is kept. */
const KNOWN_BY: readonly [path: RegExp, name: string][] = [
  [/\/forms$/, "categories"],
  [/\/places$/, "streets"],
  [/\/alerts\?/, "alerts"],
  [/\/tasks$/, "tasks"],
  [/\/alerts\/[^/]+$/, "id"],
];

const isOurs = (path: string, body: unknown): boolean =>
  KNOWN_BY.every(([known, name]) => !known.test(path) || Object.hasOwn(body as object, name));

/** Shows the kept answer first, then the fresh one. Raises only where there is neither. `again`: something
 *  is shown already, so the kept one is shown only where no fresh one comes. */
export async function keptThenFresh<T>(path: string, show: (answered: Answered<T>) => void, again = false): Promise<void> {
  const key = `${asker} ${path}`;
  const before = await keptAnswer<T>(key);
  const showKept = (): void => void (before && show({ ...before, fresh: false }));
  if (!again) showKept();
  try {
    show({ body: await ask<T>(path), at: Date.now(), fresh: true });
  } catch (error) {
    if (!before || isGone(error) || isSignedOut(error)) throw error;
    if (again) showKept();
  }
}

export async function ask<T>(path: string): Promise<T> {
  const who = asker;
  const askedAt = performance.now();
  const body = await everyPage(await page<T>(path), path);
  const { now } = body as { now?: unknown };
  if (typeof now === "string") {
    serverClock.learn(now, askedAt);
    keep(SKEW, String(Math.round(serverClock.skew)));
  }
  await keepAnswer(`${who} ${path}`, body);
  answered.set(answered.value + 1);
  return body;
}

async function page<T>(path: string): Promise<T> {
  const body = await api.get<T>(path);
  if (!isOurs(path, body)) throw new Unreachable("no answer of ours");
  return body;
}

const MOST_PAGES = 25; // with 200 a page as many as the server lists

/** A list with all that follows its first page, each alert once. Other answers are whole already. */
async function everyPage<T>(first: T, path: string): Promise<T> {
  let { alerts, next } = first as Partial<AlertList>;
  if (!alerts || !next) return first;
  for (let pages = 1; next && pages < MOST_PAGES; pages += 1) {
    const more: AlertList = await page<AlertList>(`${path}&cursor=${encodeURIComponent(next)}`);
    alerts = [...alerts, ...more.alerts];
    next = more.next;
  }
  return { ...first, next: null, alerts: [...new Map(alerts.map((card) => [card.id, card])).values()] };
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
