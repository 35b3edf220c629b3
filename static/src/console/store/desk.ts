// What this person sees: board, filters, choice and clock, put together for the components.
import type { Card, HeldRole } from "../../shared/shapes";
import { byUrgency, urgencyOf, type Urgency } from "../../shared/urgency";
import { unitName, categoryName } from "../words/names";
import { EMPTY } from "./board";
import { decidesOn } from "./decides";
import { figuresOf, type Figures } from "./figures";
import {
  inTab, NO_FILTERS, passes, readChosen, readFilters, TABS, unknownFilters, writeFilters, type Filters, type Tab,
} from "./filters";
import type { Live, LiveState } from "./live";
import { settleOrder } from "./order";
import { owedBy } from "./owed";
import { startOfDay } from "./time";

export type View = {
  live: LiveState;
  filters: Filters;
  /** What the address asks for and no filter knows. */
  unknown: readonly string[];
  chosen: string | null;
  order: readonly string[];
  waiting: readonly string[];
  /** What the map shows: cards that pass the filters, in any status; where what was asked is chosen, these alone. */
  shown: readonly Card[];
  counts: ReadonlyMap<Tab, number>;
  figures: Figures;
  now: number;
};

const DRAW_MS = 250; // bursts are drawn at most four times a second, and less often
const REST = 10; // where it takes long: a slow machine draws a tenth of its time at most
const WORDS_TICK = 15; // seconds after which the words of the countdowns are written again

/** Of a resolved alert, and of none: nobody has to hurry for a rating, which closes by itself. */
const NOT_URGENT: Urgency = {
  state: "ok", promise: null, paused: null, left: null, share: 0, late: null, emergency: false,
};

export class Desk {
  view: View;
  private readonly units: readonly string[];
  #live: Live | null = null;
  #urgencies = new Map<string, Urgency>();
  #words = new WeakMap<Card, string>();
  #holders = new Set<string>();
  #listeners = new Set<() => void>();
  #drawing: ReturnType<typeof setTimeout> | undefined;
  #ticks = 0;
  #took = 0;

  /** `roles`: the reader's own. */
  constructor(private readonly zone: string, private readonly roles: readonly HeldRole[] = []) {
    this.units = roles.map(({ unit }) => unit);
    this.view = {
      live: { board: EMPTY, link: "loading", heardAt: 0 },
      filters: readFilters(location.search),
      unknown: unknownFilters(location.search),
      chosen: readChosen(location.search),
      order: [], waiting: [], shown: [], counts: new Map(),
      figures: figuresOf([], () => this.urgency(null), 0),
      now: Date.now(),
    };
    addEventListener("popstate", () => this.#fromAddress());
  }

  attach(live: Live): void {
    this.#live = live;
    setInterval(() => this.#tick(), 1000);
  }

  receive(live: LiveState): void {
    const sameBoard = live.board === this.view.live.board;
    this.view = { ...this.view, live };
    if (sameBoard) this.#notify();
    else this.#soon();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  now(): number {
    return this.#live?.clock.now() ?? Date.now();
  }

  urgency(card: Card | null): Urgency {
    const known = card && this.#urgencies.get(card.id);
    return known ?? NOT_URGENT;
  }

  card(id: string | null): Card | undefined {
    return id === null ? undefined : this.view.live.board.cards.get(id);
  }

  /** Somebody points at the list, has its focus or has scrolled: rows keep their places. */
  hold(reason: string, held: boolean): void {
    const before = this.#holders.size;
    if (held) this.#holders.add(reason);
    else this.#holders.delete(reason);
    if (before > 0 && this.#holders.size === 0) this.#soon();
  }

  showWaiting(): void {
    this.#draw(false);
  }

  choose(id: string | null): void {
    if (id === this.view.chosen) return;
    this.view = { ...this.view, chosen: id };
    this.#toAddress("pushState");
    this.#notify();
  }

  filter(change: Partial<Filters>): void {
    this.view = { ...this.view, filters: { ...this.view.filters, ...change }, unknown: [] };
    const typed = Object.keys(change).every((name) => name === "q");
    this.#toAddress(typed ? "replaceState" : "pushState");
    this.#draw(false);
  }

  clearFilters(): void {
    this.filter({ ...NO_FILTERS, tab: this.view.filters.tab });
  }

  #toAddress(how: "pushState" | "replaceState"): void {
    const search = writeFilters(this.view.filters, this.view.chosen);
    history[how](null, "", `${location.pathname}${search}`);
  }

  #fromAddress(): void {
    const filters = readFilters(location.search);
    this.view = { ...this.view, filters, unknown: unknownFilters(location.search), chosen: readChosen(location.search) };
    this.#draw(false);
  }

  #tick(): void {
    this.#ticks += 1;
    if (this.#changesShape() || this.#ticks % WORDS_TICK === 0) this.#draw();
  }

  #soon(): void {
    this.#drawing ??= setTimeout(() => {
      this.#drawing = undefined;
      this.#draw();
    }, this.view.order.length === 0 ? 0 : Math.max(DRAW_MS, REST * this.#took));
  }

  /** Whether an urgency has another shape now than the one that is drawn. */
  #changesShape(): boolean {
    for (const [id, { state }] of this.#reckoned(this.now())) if (this.#urgencies.get(id)?.state !== state) return true;
    return false;
  }

  #reckoned(now: number): Map<string, Urgency> {
    const of = (card: Card): Urgency => (card.status === "resolved" ? NOT_URGENT : urgencyOf(owedBy(this.units, card, now), now));
    return new Map([...this.view.live.board.cards.values()].map((card) => [card.id, of(card)]));
  }

  #draw(held: boolean = this.#holders.size > 0): void {
    const began = performance.now();
    const now = this.now();
    this.#urgencies = this.#reckoned(now); // of the same instant as all that is drawn with them
    const cards = [...this.view.live.board.cards.values()];
    const urgency = (card: Card) => this.urgency(card);
    const startOfToday = startOfDay(now, this.zone);
    const look = { now, startOfToday, urgency, words: (card: Card) => this.#wordsOf(card) };
    const { tab } = this.view.filters;
    const passing = cards.filter((card) => passes(card, this.view.filters, look));
    const decides = (card: Card): boolean => decidesOn(this.roles, card);
    const inHand = passing.filter((card) => inTab(card, tab, decides));
    const wanted = [...inHand]
      .sort((a, b) => byUrgency(urgency(a), urgency(b)) || (a.reported_at < b.reported_at ? -1 : 1))
      .map((card) => card.id);
    const { order, waiting } = settleOrder(this.view.order, wanted, held);
    this.view = {
      ...this.view, order, waiting, now,
      shown: tab === "asked" ? inHand : passing,
      counts: countTabs(passing, decides),
      figures: figuresOf(cards, urgency, startOfToday),
    };
    this.#took = performance.now() - began;
    this.#notify();
  }

  #wordsOf(card: Card): string {
    const known = this.#words.get(card);
    if (known !== undefined) return known;
    const { labels } = this.view.live.board;
    const units = [card.street, card.community, card.lead].map((id) => unitName(labels, id));
    const words = [card.number, card.short, categoryName(labels, card.category), ...units, card.handler_name ?? ""].join(" ");
    this.#words.set(card, words);
    return words;
  }

  #notify(): void {
    for (const listener of this.#listeners) listener();
  }
}

function countTabs(cards: readonly Card[], decides: (card: Card) => boolean): ReadonlyMap<Tab, number> {
  const counts = new Map<Tab, number>(TABS.map((tab) => [tab, 0]));
  counts.set("all", cards.length);
  for (const card of cards) {
    for (const tab of TABS) {
      if (tab !== "all" && inTab(card, tab, decides)) counts.set(tab, (counts.get(tab) ?? 0) + 1);
    }
  }
  return counts;
}
