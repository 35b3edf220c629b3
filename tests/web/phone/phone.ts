// A phone in one person's hand: its database outlives the app, which can be opened again and in two tabs.
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, vi } from "vitest";
import type { Catalogue } from "../../../static/src/shared/words";
import zhCity from "../../../dispatch/translations/zh_Hans_CN/words.json";
import zhPhone from "../../../mobile_pwa/src/i18n/zh.json";
import { settle, standStill } from "../time";
import { Line } from "../line";

export type Phone = Awaited<ReturnType<typeof openApp>>;

let line: Line;
let channels: BroadcastChannel[] = [];
let listeners: { removeAll: () => void; stop: () => void };

export const theLine = (): Line => line;

/** Before each test a new phone: nothing kept, nobody signed in, the clock standing still. */
export function newPhone(): void {
  beforeEach(() => {
    standStill();
    vi.stubGlobal("indexedDB", new IDBFactory());
    vi.stubGlobal("isSecureContext", true);
    // digests are then computed in the page, at once: no other thread that a busy machine lets wait
    vi.stubGlobal("crypto", { getRandomValues: crypto.getRandomValues.bind(crypto) });
    vi.stubGlobal("BroadcastChannel", recordedChannel());
    document.body.innerHTML = '<div id="app"></div><div id="said"></div>';
    document.cookie = "shaodao_here=1";
    localStorage.clear();
    location.hash = "";
    line = new Line();
    listeners = recordListeners();
  });
  afterEach(async () => {
    closeApps();
    listeners.stop();
    await settle();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });
}

/** The app as it starts: new modules over the same database. The apps that are open stay open. */
export async function openApp(person: string | null = null) {
  if (person !== null) line.person = person;
  vi.resetModules();
  const words = await import("../../../static/src/shared/words");
  words.speak("zh", zhPhone, { words: zhCity } as Catalogue);
  const app = {
    ...(await import("../../../mobile_pwa/src/core/session")),
    ...(await import("../../../mobile_pwa/src/reports/store")),
    ...(await import("../../../mobile_pwa/src/reports/outbox")),
    ...(await import("../../../mobile_pwa/src/steps/draft")),
    ...(await import("../../../mobile_pwa/src/steps/queue")),
    database: await import("../../../mobile_pwa/src/core/db"),
    playbook: await import("../../../mobile_pwa/src/core/playbook"),
    server: await import("../../../mobile_pwa/src/core/server"),
  };
  await app.findSession();
  if (app.session.value) await app.openReports(app.session.value.person);
  app.startOutbox();
  app.startQueue();
  await settle();
  return app;
}

/** The app is closed: what it listened to and planned is gone, what it kept stays. */
export function closeApps(): void {
  for (const channel of channels.splice(0)) channel.close();
  listeners.removeAll();
  vi.clearAllTimers();
}

/** What was announced last. */
export const said = (): string => document.getElementById("said")?.textContent ?? "";

/** Every key of one store of the database. */
export async function keysOf(app: Phone, store: "reports" | "photos" | "steps" | "queue" | "answers"): Promise<string[]> {
  return (await app.database.db()).getAllKeys(store);
}

/** A photo of few bytes, as it is prepared for sending. */
export const photo = (sha256: string) => ({ sha256, bytes: new TextEncoder().encode(sha256).buffer as ArrayBuffer, width: 4, height: 3 });

/** The phone is full: writing fails until the returned function is called. */
export function fillUp(): () => void {
  const full = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });
  return () => full.mockRestore();
}

/** Locks as browsers give them to tabs; happy-dom has none. Answers those that are held. */
export function withLocks(): Set<string> {
  const held = new Set<string>();
  const request = async (name: string, _options: object, work: (lock: object | null) => Promise<void>): Promise<void> => {
    if (held.has(name)) return work(null);
    held.add(name);
    await work({}).finally(() => held.delete(name));
  };
  vi.stubGlobal("navigator", new Proxy(navigator, { get: (of, name) => (name === "locks" ? { request } : Reflect.get(of, name)) }));
  return held;
}

function recordedChannel(): typeof BroadcastChannel {
  return class extends BroadcastChannel {
    #isOpen = true;

    constructor(name: string) {
      super(name);
      channels.push(this);
    }

    /** A page that is closed says nothing more. */
    override postMessage(told: unknown): void {
      if (this.#isOpen) super.postMessage(told);
    }

    override close(): void {
      this.#isOpen = false;
      super.close();
    }
  };
}

function recordListeners(): typeof listeners {
  const added: [EventTarget, string, EventListenerOrEventListenerObject][] = [];
  const spies = [window, document].map((target) => {
    const add = target.addEventListener.bind(target);
    return vi.spyOn(target, "addEventListener").mockImplementation((kind: string, listener: EventListenerOrEventListenerObject) => {
      added.push([target, kind, listener]);
      add(kind, listener);
    });
  });
  return {
    removeAll: () => added.splice(0).forEach(([target, kind, listener]) => target.removeEventListener(kind, listener)),
    stop: () => spies.forEach((spy) => spy.mockRestore()),
  };
}
