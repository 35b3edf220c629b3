// How the faces talk to the server: JSON over HTTP, one shape of refusal, one way back in.
import type { FieldFault, OpenSession, ProblemBody, RefusalCode } from "./shapes";
import { spokenTag } from "./words";

/** What a refusal says; a proxy on the way may answer with none of it. */
type RefusalBody = Partial<ProblemBody>;

/** A refusal as the server told it, in the language that was asked for. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: RefusalCode | "",
    readonly detail: string,
    readonly faults: readonly FieldFault[],
    /** Seconds that the server asked us to wait, or null. */
    readonly retryAfter: number | null,
  ) {
    super(detail);
  }
}

/** No answer at all: no network, or nobody at the other end. */
export class Unreachable extends Error {}

export const isConflict = (error: unknown): boolean =>
  error instanceof Problem && error.status === 409;

const SESSION = "/api/v1/session";
const UNSAFE = new Set(["POST", "PUT", "DELETE"]);

export class Api {
  #csrf: string | null = null;
  #signInAgain: (() => Promise<boolean>) | null = null;
  #deadline: number;

  /** `deadlineMs`: a request without an answer by then counts as unreachable. */
  constructor(deadlineMs = 30_000) {
    this.#deadline = deadlineMs;
  }

  /** Asked when the session has run out; true lets the same request go out once more. */
  onSignedOut(ask: () => Promise<boolean>): void {
    this.#signInAgain = ask;
  }

  /** Who is here, or null where nobody is signed in. */
  async session(): Promise<OpenSession | null> {
    const response = await this.#fetch("GET", SESSION);
    if (response.status === 401) return null;
    return this.#signedIn(await accepted(response));
  }

  async signIn(login: string, password: string): Promise<OpenSession> {
    const body = JSON.stringify({ login, password });
    return this.#signedIn(await accepted(await this.#fetch("POST", SESSION, body, JSON_TYPE)));
  }

  async signOut(): Promise<void> {
    await accepted(await this.#send("DELETE", SESSION));
    this.#csrf = null;
  }

  async get<T>(path: string): Promise<T> {
    return read<T>(await this.#send("GET", path));
  }

  async post<T>(path: string, body: unknown): Promise<T> {
    return read<T>(await this.#send("POST", path, JSON.stringify(body), JSON_TYPE));
  }

  async put<T>(path: string, body: unknown): Promise<T> {
    return read<T>(await this.#send("PUT", path, JSON.stringify(body), JSON_TYPE));
  }

  async putBytes(path: string, bytes: Blob, type: string): Promise<void> {
    await accepted(await this.#send("PUT", path, bytes, type));
  }

  async #signedIn(response: Response): Promise<OpenSession> {
    const session = (await response.json()) as OpenSession;
    this.#csrf = session.csrf;
    return session;
  }

  async #send(method: string, path: string, body?: BodyInit, type?: string): Promise<Response> {
    if (UNSAFE.has(method) && this.#csrf === null) await this.session();
    const response = await this.#fetch(method, path, body, type);
    if (!(await this.#mayRepeat(response))) return response;
    return this.#fetch(method, path, body, type);
  }

  /** A stale page gets a new token silently; a stale session asks the person. */
  async #mayRepeat(response: Response): Promise<boolean> {
    if (response.status === 401) return (await this.#signInAgain?.()) ?? false;
    if (response.status !== 403) return false;
    const { code } = await refusalIn(response.clone());
    return code === "csrf_missing" && (await this.session()) !== null;
  }

  async #fetch(method: string, path: string, body?: BodyInit, type?: string): Promise<Response> {
    const headers = new Headers({ Accept: "application/json", "Accept-Language": spokenTag() });
    if (type) headers.set("Content-Type", type);
    if (UNSAFE.has(method) && this.#csrf) headers.set("X-CSRF-Token", this.#csrf);
    const giveUp = new AbortController();
    const timer = setTimeout(() => giveUp.abort(), this.#deadline);
    try {
      return await fetch(path, { method, headers, body: body ?? null, signal: giveUp.signal });
    } catch (error) {
      throw new Unreachable(String(error));
    } finally {
      clearTimeout(timer);
    }
  }
}

const JSON_TYPE = "application/json";

async function read<T>(response: Response): Promise<T> {
  const answered = await accepted(response);
  return (answered.status === 204 ? undefined : await answered.json()) as T;
}

async function accepted(response: Response): Promise<Response> {
  if (response.ok) return response;
  const { code = "", detail = "", faults = [] } = await refusalIn(response);
  throw new Problem(response.status, code, detail, faults, waitOf(response));
}

async function refusalIn(response: Response): Promise<RefusalBody> {
  return (await response.json().catch(() => ({}))) as RefusalBody;
}

/** Retry-After comes as seconds or as a date. */
function waitOf(response: Response): number | null {
  const header = response.headers.get("Retry-After");
  if (header === null) return null;
  const seconds = Number(header);
  if (!Number.isNaN(seconds)) return Math.max(0, seconds);
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, (date - Date.now()) / 1000);
}

export const faultsOf = (error: unknown): Map<string, string> =>
  new Map(error instanceof Problem ? error.faults.map(({ field, detail }) => [field, detail]) : []);
