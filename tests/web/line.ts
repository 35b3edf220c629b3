// The server at the other end of the line, as far as a face can tell: it keeps everything once, by its id.
import { vi } from "vitest";

export type Went = { method: string; path: string; body: unknown };
type Answer = { status: number; body?: unknown; headers?: Record<string, string> };
type Rule = { method: string; path: RegExp; answer: Answer; times: number };
/** Up; down: nothing arrives; mute: it arrives, and the answer is lost. */
type State = "up" | "down" | "mute";

export const PROMISED = { promises: [], lead: null, reason: "", version: 1, status: "dispatched" };

export class Line {
  state: State = "up";
  /** Every request that left the face, whether it arrived or not. */
  readonly went: Went[] = [];
  readonly reports = new Map<string, unknown>();
  readonly photos = new Set<string>();
  readonly steps = new Map<string, Record<string, unknown>>();
  /** What GET answers, by path. */
  readonly answers = new Map<string, unknown>();
  /** Who is signed in, by name; null: the session is over. */
  person: string | null = null;
  #rules: Rule[] = [];
  #held: Promise<void> = Promise.resolve();

  constructor() {
    vi.stubGlobal("fetch", (path: string, init: RequestInit) => this.#take(path, init));
  }

  /** From now on, or so many times, these requests are answered so; the newest rule counts. */
  answer(method: string, path: RegExp, answer: Answer, times = Infinity): void {
    this.#rules.unshift({ method, path, answer, times });
  }

  refuse(method: string, path: RegExp, status: number, detail = "", more: Record<string, unknown> = {}): void {
    this.answer(method, path, { status, body: { code: "no", detail, ...more } });
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

  /** Requests of one kind, as their paths. */
  sent(method: string): string[] {
    return this.went.filter((one) => one.method === method).map(({ path }) => path);
  }

  async #take(path: string, init: RequestInit): Promise<Response> {
    const method = init.method ?? "GET";
    const body = typeof init.body === "string" ? (JSON.parse(init.body) as unknown) : init.body;
    this.went.push({ method, path, body });
    if (this.state === "down") throw new TypeError("no network");
    await this.#held;
    const { status, body: told, headers = {} } = this.#rule(method, path) ?? this.#serve(method, path, body);
    if (this.state === "mute") throw new TypeError("cut");
    return new Response(told === undefined ? null : JSON.stringify(told), { status, headers });
  }

  #rule(method: string, path: string): Answer | null {
    const rule = this.#rules.find((one) => one.times > 0 && one.method === method && one.path.test(path));
    if (!rule) return null;
    rule.times -= 1;
    return rule.answer;
  }

  #serve(method: string, path: string, body: unknown): Answer {
    if (path === "/api/v1/session") return this.#session(method, body);
    if (this.person === null) return { status: 401, body: { code: "not_signed_in", detail: "请登录" } };
    const photo = /\/photos\/(\w+)$/.exec(path)?.[1];
    const id = path.split("/")[4] ?? "";
    if (method === "PUT" && photo) this.photos.add(photo);
    else if (method === "PUT") return this.#report(id, body);
    else if (method === "POST") this.steps.set(String((body as { client_id: string }).client_id), body as Record<string, unknown>);
    else if (!this.answers.has(path)) return { status: 404, body: { code: "not_found", detail: "没有" } };
    return { status: 200, body: this.answers.get(path) ?? {} };
  }

  #report(id: string, body: unknown): Answer {
    if (!this.reports.has(id)) this.reports.set(id, body);
    return { status: 201, body: { ...PROMISED, id, number: `440304-20261123-${id}` } };
  }

  #session(method: string, body: unknown): Answer {
    if (method === "DELETE") this.person = null;
    if (method === "DELETE") return { status: 204 };
    if (method === "POST") this.person = (body as { login: string }).login;
    return this.person === null ? { status: 401, body: {} } : { status: 200, body: sessionOf(this.person) };
  }
}

export const sessionOf = (person: string) => ({
  person, name: person, language: "zh", roles: [{ role: person, unit: "street" }], units: {}, csrf: "token",
});
