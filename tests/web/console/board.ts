// Cards and boards as tests of the console need them.
import { EMPTY } from "../../../static/src/console/store/board";
import { Desk } from "../../../static/src/console/store/desk";
import type { Live } from "../../../static/src/console/store/live";
import type { Card, CardPromise, Clock, HeldRole, Labels } from "../../../static/src/shared/shapes";
import { ServerClock } from "../../../static/src/shared/time";
import { NOW } from "../time";
import { labelPair, promise } from "../shapes";

export const LABELS: Labels = {
  units: { JTJ: { zh: "交通局", en: "Transport" }, SWJ: labelPair("水务局"), lianhua: labelPair("莲花街道"), jingtian: labelPair("景田社区") },
  categories: { E0113: { ...labelPair("道路破损"), icon: "pothole" }, P0137: labelPair("路灯") },
};

const at = (minutes: number): string => new Date(NOW + minutes * 60_000).toISOString();

/** Reported an hour ago, with no clock that runs. */
export function card(id: string, more: Partial<Card> = {}): Card {
  return {
    id, number: `440304-20261123-${id}`, short: id, category: "E0113", status: "dispatched",
    lead: "JTJ", street: "lianhua", community: "jingtian", grid: "g1", lon: 114.05, lat: 22.54,
    severity: 2, life_safety: false, whistle: null, reported_at: at(-60), version: 1,
    handler: null, handler_name: null, asked: [], awaited: [], supports: [], promises: [], card: null, supervision: null, suspended_until: null, urged: false, source: "app",
    ...more,
  };
}

/** A clock that began a hundred minutes before it is due, so many minutes from now. */
export const due = (minutes: number, clock: Clock = "dispose"): CardPromise =>
  promise({ clock, started_at: at(minutes - 100), due_at: at(minutes) });

/** A desk whose board is told by the test; a unit alone: of its dispatcher. */
export function newDesk(search = "", roles: (HeldRole | string)[] = []): { desk: Desk; show: (...cards: Card[]) => void } {
  history.replaceState(null, "", `/console${search}`);
  const desk = new Desk("Asia/Shanghai", roles.map((each) => (typeof each === "string" ? { role: "department_dispatcher", unit: each } : each)));
  desk.attach({ clock: new ServerClock() } as Live);
  const show = (...cards: Card[]): void => {
    const board = { ...EMPTY, epoch: "a", seq: 1, cards: new Map(cards.map((one) => [one.id, one])), labels: LABELS };
    desk.receive({ board, link: "live", heardAt: NOW });
  };
  return { desk, show };
}
