// Whatever happens on a phone: what was promised is on the server once, whole, under its own person.
import { setImmediate as nextTurn } from "node:timers/promises";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { AlertPage } from "../../../static/src/shared/shapes";
import { type Answer, PORTAL } from "../line";
import { field, offer } from "../shapes";
import { settle } from "../time";
import { closeApps, fillUp, newPhone, openApp, type Phone, photo, theLine, withLocks } from "./phone";

newPhone();
afterEach(() => vi.restoreAllMocks());

const PEOPLE = ["volunteer", "grid_worker"] as const;
const env = (globalThis as unknown as { process: { env: Record<string, string | undefined> } }).process.env;
const REPORTS = Number(env["CHAOS_REPORTS"] ?? 20);
const SEEDS = Array.from({ length: 3 }, (_, i) => Number(env["EXPLORE_SEED"] ?? 3) + i);
const MINUTE_MS = 60_000;
const NOTE = offer("note", "main", field("note", "text"));

/** The same numbers for the same seed (mulberry32). */
function dice(seed: number): { below: (n: number) => number; oneOf: <T>(all: readonly T[]) => T } {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n: number): number => Math.floor(next() * n);
  return { below, oneOf: (all) => all[below(all.length)]! };
}

const STRANGE: readonly Answer[] = [
  { status: 200, body: PORTAL }, { status: 200, body: { ok: true } }, { status: 302 },
  ...[401, 403, 404, 405, 413, 502].map((status) => ({ status, body: PORTAL })),
  { status: 503, headers: { "Retry-After": "20" } }, { status: 500 },
];

type Promised = { person: string; text: string; photos: string[] };

/** One phone, two people, one or two tabs. */
class Havoc {
  readonly promised = new Map<string, Promised>();
  /** Who took each step, by its client_id. */
  readonly signed = new Map<string, string>();
  tabs: Phone[] = [];
  #dice: ReturnType<typeof dice>;
  #made = 0;

  /** `locks`: those that pages hold; a page that ends gives them back. */
  constructor(seed: number, private readonly locks: Set<string>) {
    this.#dice = dice(seed);
    const getRandomValues = (bytes: Uint8Array): Uint8Array => bytes.map(() => this.#dice.below(256));
    vi.stubGlobal("crypto", { getRandomValues });
  }

  async run(reports: number): Promise<void> {
    await this.#open(PEOPLE[0]);
    while (this.#made < reports) {
      await this.#report(this.#dice.oneOf(this.tabs));
      await this.#step(this.#dice.oneOf(this.tabs));
      await this.#dice.oneOf(this.#mischief)();
      await this.#pass(this.#dice.below(20) * 1000);
    }
  }

  /** All is well again: each person signs in once and waits a while. */
  async peace(): Promise<void> {
    theLine().relent();
    theLine().state = "up";
    for (const person of PEOPLE) {
      this.#end();
      await this.#open(person);
      for (let minute = 0; minute < 15; minute += 1) await this.#pass(MINUTE_MS);
    }
  }

  /** What the phone still has of a report, for whoever asks why. */
  left(id: string): unknown {
    return this.tabs.map((tab) => tab.reportById(id));
  }

  /** What somebody fills in and sends off; it counts once the phone shows that it is kept. */
  async #report(tab: Phone): Promise<void> {
    const person = tab.session.value?.person;
    if (!person) return;
    const n = (this.#made += 1);
    const text = `第 ${n} 件：路面有个坑`;
    const photos = Array.from({ length: this.#dice.oneOf([0, 0, 1, 2, 3]) }, (_, i) => `${n}x${i}`);
    const { id } = await tab.beginReport();
    const writing = tab.changeReport(id, { text, category: "E0113", pin: { lon: 114.05, lat: 22.54, accuracy_m: 15 } });
    for (const sha256 of photos) {
      const { bytes, ...own } = photo(sha256);
      await tab.addPhoto(id, { ...own, sent: false, refused: null }, bytes);
    }
    await writing;
    await tab.submit(id);
    if (tab.reportById(id)?.state !== "draft" && tab.isKept(id)) this.promised.set(id, { person, text, photos });
  }

  /** A note on one of three alerts; it counts once the phone says that it is sent or kept. */
  async #step(tab: Phone): Promise<void> {
    const person = tab.session.value?.person;
    if (!person) return;
    const alert = { id: this.#dice.oneOf(["A", "B", "C"]), version: 1 } as AlertPage;
    const draft = await tab.openDraft(alert.id, "note");
    const filled = { ...draft, values: { note: `第 ${this.#made} 步` } };
    await tab.keepDraft(filled);
    await tab.takeStep(filled, NOTE, alert, "道路破损").then(() => this.signed.set(draft.client_id, person), () => undefined);
  }

  readonly #mischief: readonly (() => Promise<void>)[] = [
    async () => undefined,
    async () => void (theLine().state = "down"),
    async () => void (theLine().state = "mute"),
    async () => this.#networkBack(),
    async () => this.#networkBack(),
    async () => theLine().answer("PUT", this.#dice.oneOf([/alerts/, /photos/, /alerts\/[^/]+$/]), this.#dice.oneOf(STRANGE), 1 + this.#dice.below(4)),
    async () => theLine().answer("PUT", /alerts\/[^/]+$/, this.#dice.oneOf(STRANGE), 1 + this.#dice.below(2)),
    async () => theLine().answer("GET", /session/, this.#dice.oneOf(STRANGE), 1),
    async () => this.#reload(),
    async () => this.#reload(),
    async () => this.#secondTab(),
    async () => this.#signInElsewhere(),
    async () => this.#signInWhileSending(),
    async () => void (theLine().person = null),
    async () => this.#signInAgain(),
    async () => this.#press(),
  ];

  async #open(person: string | null = null): Promise<void> {
    if (person !== null) theLine().person = person;
    this.tabs.push(await openApp());
  }

  #networkBack(): void {
    theLine().state = "up";
    dispatchEvent(new Event("online"));
  }

  /** The system ends every page of the phone, in the middle of whatever they do. */
  async #reload(): Promise<void> {
    this.#end();
    if (theLine().person === null) theLine().person = this.#dice.oneOf(PEOPLE);
    await this.#open();
  }

  #end(): void {
    theLine().cut();
    closeApps();
    this.locks.clear();
    this.tabs = [];
  }

  async #secondTab(): Promise<void> {
    if (this.tabs.length < 2) await this.#open();
  }

  /** In one tab, while the other one stands open. */
  async #signInElsewhere(): Promise<void> {
    if (theLine().state !== "up") return;
    await this.#secondTab();
    await this.tabs.at(-1)?.signIn(this.#dice.oneOf(PEOPLE), "secret").catch(() => undefined);
  }

  /** On the very page that is sending at this moment. */
  async #signInWhileSending(): Promise<void> {
    this.#networkBack();
    const tab = this.#dice.oneOf(this.tabs);
    tab.sendNow();
    for (let turn = this.#dice.below(12); turn > 0; turn -= 1) await nextTurn();
    await tab.signIn(this.#dice.oneOf(PEOPLE), "secret").catch(() => undefined);
  }

  async #signInAgain(): Promise<void> {
    const tab = this.#dice.oneOf(this.tabs);
    const person = tab.session.value?.person ?? PEOPLE[0];
    if (theLine().state === "up") await tab.signIn(person, "secret").catch(() => undefined);
    if (tab.session.value) await tab.openReports(tab.session.value.person);
  }

  async #press(): Promise<void> {
    this.#dice.oneOf(this.tabs).sendNow();
  }

  async #pass(ms: number): Promise<void> {
    await vi.advanceTimersByTimeAsync(ms);
    await settle();
    for (const tab of this.tabs) {
      const person = tab.session.value?.person;
      if (person && tab.reports.value.some((report) => report.person !== person)) await tab.openReports(person);
    }
  }
}

/** What is on the server, as it was promised. */
const kept = (): Map<string, Promised> =>
  new Map([...theLine().kept].map(([id, { person, body, photos }]) => [id, { person, text: (body as { text: string }).text, photos: [...photos].sort() }]));

describe.each(SEEDS)("%d reports among reloads, tabs, portals and other people, seed %d".replace("%d", String(REPORTS)), (seed) => {
  test("are each on the server once, with all their photos, under their own person", async () => {
    const held = withLocks();
    const havoc = new Havoc(seed, held);
    await havoc.run(REPORTS);
    await havoc.peace();
    expect(havoc.promised.size).toBeGreaterThan(REPORTS / 2);
    const arrived = kept();
    const missing = [...havoc.promised].filter(([id, wanted]) => JSON.stringify(arrived.get(id)) !== JSON.stringify(wanted));
    expect(missing.map(([id, wanted]) => ({ id, wanted, arrived: arrived.get(id), onPhone: havoc.left(id) }))).toEqual([]);
    expect(new Map([...havoc.signed.keys()].map((step) => [step, theLine().takers.get(step)]))).toEqual(havoc.signed);
    expect(theLine().took).toBe(arrived.size); // each was made once
  }, 120_000);
});

test("the run itself notices what is lost: a full phone promises nothing", async () => {
  const app = await openApp("volunteer");
  const makeRoom = fillUp();
  theLine().state = "down";
  const { id } = await app.beginReport();
  await app.submit(id);
  expect(app.isKept(id)).toBe(false);
  makeRoom();
});
