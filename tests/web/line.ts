// The server at the other end of the line, as far as a face can tell: it keeps everything once, by its id.
import { setImmediate as nextTurn } from "node:timers/promises";
import { vi } from "vitest";

export type Went = { method: string; path: string; body: unknown };
/** `body`: a string goes as it is, as the page of somebody between would. */
export type Answer = { status: number; body?: unknown; headers?: Record<string, string> };
type Rule = { method: string; path: RegExp; answer: Answer; times: number };
/** Up; down: nothing arrives; mute: it arrives, and the answer is lost. */
type State = "up" | "down" | "mute";
type Kept = { body: unknown; person: string; photos: Set<string> };

export const PROMISED = { promises: [], lead: null, reason: "", version: 1, status: "dispatched" };
/** The page of a guest network that wants a sign-in of its own. */
export const PORTAL = "<!doctype html><title>欢迎使用免费 Wi-Fi</title>";

export const refusal = (status: number, code: string, detail = "", more: Record<string, unknown> = {}): Answer => ({
  status,
  body: { status, code, detail, title: "", type: "", faults: [], ...more },
});

export class Line {
  state: State = "up";
  /** Every request that left the face, whether it arrived or not. */
  readonly went: Went[] = [];
  /** The paths that a page asked for of its own accord. */
  readonly byItself: string[] = [];
  readonly reports = new Map<string, unknown>();
  readonly photos = new Set<string>();
  readonly steps = new Map<string, Record<string, unknown>>();
  /** The reports as they are kept, under their persons, with the photos that arrived for each. */
  readonly kept = new Map<string, Kept>();
  /** What the numbers of reports begin with; the report's id comes behind it. */
  numbers = "440304-20261123-";
  /** How many reports were made; the same one again makes none. */
  took = 0;
  /** Who took each step, by its client_id. */
  readonly takers = new Map<string, string>();
  /** What GET answers, by path. */
  readonly answers = new Map<string, unknown>();
  /** Who is signed in, by name; null: the session is over. */
  person: string | null = null;
  #rules: Rule[] = [];
  #held: Promise<void> = Promise.resolve();
  #pages = 0;

  constructor() {
    vi.stubGlobal("fetch", (path: string, init: RequestInit) => this.#take(path, init));
    vi.stubGlobal("XMLHttpRequest", uploadsOver((path, init) => this.#take(path, init)));
  }

  /** From now on, or so many times, these requests are answered so; the newest rule counts. */
  answer(method: string, path: RegExp, answer: Answer, times = Infinity): void {
    this.#rules.unshift({ method, path, answer, times });
  }

  refuse(method: string, path: RegExp, status: number, detail = "", more: Record<string, unknown> = {}): void {
    this.answer(method, path, refusal(status, "no", detail, more));
  }

  /** The rules are over; what comes now is taken. */
  relent(): void {
    this.#rules = [];
  }

  /** Answers wait until the returned function is called. */
  hold(): () => void {
    let release: () => void = () => undefined;
    this.#held = new Promise((done) => (release = done));
    return release;
  }

  /** The pages that asked are gone: what is under way is answered to nobody. */
  cut(): void {
    this.#pages += 1;
  }

  /** Requests of one kind, as their paths. */
  sent(method: string): string[] {
    return this.went.filter((one) => one.method === method).map(({ path }) => path);
  }

  async #take(path: string, init: RequestInit): Promise<Response> {
    const method = init.method ?? "GET";
    const pages = this.#pages;
    const body = typeof init.body === "string" ? (JSON.parse(init.body) as unknown) : init.body;
    this.went.push({ method, path, body });
    if (new Headers(init.headers).has("X-Unattended")) this.byItself.push(path);
    if (this.state === "down") throw new TypeError("no network");
    await this.#held;
    const { status, body: told, headers = {} } = this.#rule(method, path) ?? this.#serve(method, path, body, new Headers(init.headers));
    await nextTurn();
    if (pages !== this.#pages) return new Promise(() => undefined);
    if (this.state === "mute") throw new TypeError("cut");
    if (status === 302) return redirected();
    return new Response(told === undefined ? null : typeof told === "string" ? told : JSON.stringify(told), { status, headers });
  }

  #rule(method: string, path: string): Answer | null {
    const rule = this.#rules.find((one) => one.times > 0 && one.method === method && one.path.test(path));
    if (!rule) return null;
    rule.times -= 1;
    return rule.answer;
  }

  #serve(method: string, path: string, body: unknown, headers: Headers): Answer {
    if (path === "/api/v1/session" && method !== "DELETE") return this.#session(method, body);
    const { person } = this;
    if (person === null) return refusal(401, "not_signed_in", "请登录");
    if (method !== "GET" && headers.get("X-CSRF-Token") !== tokenOf(person)) return refusal(403, "csrf_missing");
    if (method === "DELETE") return this.#session(method, body);
    const id = path.split("/")[4] ?? "";
    if (method === "PUT") return this.#put(path, id, body, person);
    if (method === "POST") return this.#step(id, body as Record<string, unknown>, person);
    if (!this.answers.has(path)) return refusal(404, "not_found", "没有");
    return { status: 200, body: this.answers.get(path) };
  }

  #put(path: string, id: string, body: unknown, person: string): Answer {
    const sha256 = /\/photos\/(\w+)$/.exec(path)?.[1];
    if (!sha256) return this.#report(id, body, person);
    const report = this.kept.get(id);
    if (report && report.person !== person) return refusal(404, "not_found", "没有");
    this.photos.add(sha256);
    report?.photos.add(sha256);
    return { status: 201, body: { sha256 } };
  }

  #report(id: string, body: unknown, person: string): Answer {
    const before = this.kept.get(id);
    const isSame = before?.person === person && JSON.stringify(before.body) === JSON.stringify(body);
    if (before && !isSame) return refusal(409, "alert_exists", "这个编号已被另一件事项使用。");
    if (!before) {
      this.took += 1;
      this.kept.set(id, { body, person, photos: new Set() });
    }
    this.reports.set(id, body);
    return { status: before ? 200 : 201, body: { ...PROMISED, id, number: `${this.numbers}${id}` } };
  }

  #step(id: string, body: Record<string, unknown>, person: string): Answer {
    const name = String(body["client_id"]);
    this.steps.set(name, body);
    this.takers.set(name, person);
    return { status: 201, body: { id, number: `440304-20261123-${id}`, step: body["step"], version: 2, status: "on_site", lead: null, handler: null, left: null } };
  }

  #session(method: string, body: unknown): Answer {
    if (method === "DELETE") this.person = null;
    if (method === "DELETE") return { status: 204 };
    if (method === "POST") this.person = (body as { login: string }).login;
    return this.person === null ? refusal(401, "not_signed_in", "请登录") : { status: 200, body: sessionOf(this.person) };
  }
}

/** Each session has its own; another one's is refused. */
const tokenOf = (person: string): string => `token of ${person}`;

export const sessionOf = (person: string) => ({
  person, name: person, language: "zh", roles: [{ role: person, unit: "street" }], units: {}, csrf: tokenOf(person), idle_s: null, must_enrol: false,
});

/** What fetch gives for a redirect that it was told not to follow. */
const redirected = (): Response => ({ type: "opaqueredirect", status: 0, ok: false, body: null, headers: new Headers() }) as unknown as Response;

/** Requests with progress, over the same line. */
export function uploadsOver(take: (path: string, init: RequestInit) => Promise<Response>): unknown {
  return class {
    upload: { onprogress?: (moved: { loaded: number }) => void } = {};
    onprogress?: () => void;
    onload?: () => void;
    onerror?: () => void;
    onabort?: () => void;
    status = 0;
    responseText = "";
    #path = "";
    #headers = new Headers();
    #answered = new Headers();

    open(_method: string, path: string): void {
      this.#path = path;
    }

    setRequestHeader(name: string, value: string): void {
      this.#headers.set(name, value);
    }

    getResponseHeader(name: string): string | null {
      return this.#answered.get(name);
    }

    abort(): void {
      this.onabort?.();
    }

    send(body: Blob): void {
      void this.#go(body);
    }

    async #go(body: Blob): Promise<void> {
      try {
        const response = await take(this.#path, { method: "PUT", body, headers: this.#headers });
        [this.status, this.responseText, this.#answered] = [response.status, await response.text(), response.headers];
        this.onload?.();
      } catch {
        this.onerror?.();
      }
    }
  };
}
