// How the faces talk to the server: JSON over HTTP, one shape of refusal, one way back in.
import type { FieldFault, OpenSession, ProblemBody, RefusalCode } from "./shapes";
import { upload } from "./upload";
import { spokenTag, t } from "./words";

/** A refusal as the server told it, in the language that was asked for. Without a code it is none of
 *  ours: a proxy or the page of a guest network on the way said it. */
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

/** Somebody else is signed in in this browser now: what is sent would be theirs. */
export class OtherPerson extends Problem {
  constructor(readonly who: string) {
    super(401, "not_signed_in", t("trouble.other_person", { name: who }), [], null);
  }
}

/** No answer of the server: no network, nobody at the other end, or a page of somebody between. */
export class Unreachable extends Error {}

export const isConflict = (error: unknown): boolean =>
  error instanceof Problem && error.status === 409;

/** The server says that there is no such thing for this person, or no more. */
export const isGone = (error: unknown): error is Problem =>
  error instanceof Problem && error.status === 404 && error.code !== "";

/** The person has a second factor, and typed no code. */
export const isCodeWanted = (error: unknown): boolean =>
  error instanceof Problem && error.code === "code_wanted";

/** The session is over, and the server said so itself. */
export const isSignedOut = (error: unknown): boolean =>
  error instanceof Problem && error.status === 401 && error.code !== "";

const SESSION = "/api/v1/session";
const UNSAFE = new Set(["POST", "PUT", "DELETE"]);
const JSON_TYPE = "application/json";

/** `as`: for whom it is sent; null: for whoever is signed in. `byItself`: nobody pressed anything. */
type Errand = { method: string; path: string; body?: string | Blob; type?: string; as?: string | null; byItself?: boolean };
/** An answer, read to its end. `body`: undefined where it is no JSON. */
type Answer = { status: number; body: unknown; headers: Headers };

export class Api {
  /** The session that this browser had last: its token goes along with each deed. */
  #held: OpenSession | null = null;
  /** Whose page this is; null until that is known. */
  #person: string | null = null;
  /** Who signed in instead, in another tab. */
  #other: string | null = null;
  #signInAgain: (() => Promise<boolean>) | null = null;
  #quietMs: number;

  /** `quietMs`: a request on which nothing moves for so long counts as unreachable. */
  constructor(quietMs = 30_000) {
    this.#quietMs = quietMs;
  }

  /** Asked when the session has run out; true lets the same request go out once more. */
  onSignedOut(ask: () => Promise<boolean>): void {
    this.#signInAgain = ask;
  }

  /** From now on deeds are sent for this person alone; null: for whoever is found signed in next. */
  workFor(person: string | null): void {
    this.#person = person;
    this.#other = null;
  }

  /** Somebody else signed in in another tab: nothing is asked or sent until they are gone. */
  giveWayTo(name: string): void {
    this.#other = name;
    this.#held = null;
  }

  /** Who is here, or null where nobody is signed in. */
  async session(): Promise<OpenSession | null> {
    const answer = await this.#fetch({ method: "GET", path: SESSION });
    if (answer.status === 401 && isProblem(answer)) return null;
    const found = this.#signedIn(accepted(answer));
    this.#person ??= found.person;
    return found;
  }

  /** `code`: of the second factor, empty where none was typed. `stays`: this is somebody's own phone,
   *  where volunteers stay signed in. */
  async signIn(login: string, password: string, code = "", stays = false): Promise<OpenSession> {
    const body = JSON.stringify({ login, password, ...(code ? { code } : {}), ...(stays ? { stays: "phone" } : {}) });
    const found = this.#signedIn(accepted(await this.#fetch({ method: "POST", path: SESSION, body, type: JSON_TYPE })));
    this.workFor(found.person);
    return found;
  }

  async signOut(): Promise<void> {
    accepted(await this.#send({ method: "DELETE", path: SESSION }));
    this.#held = null;
    this.workFor(null);
  }

  /** `byItself`: the page asks of its own accord, which keeps no idle desk open. */
  async get<T>(path: string, byItself = false): Promise<T> {
    return accepted(await this.#send({ method: "GET", path, byItself })) as T;
  }

  async post<T>(path: string, body: unknown, as = this.#person): Promise<T> {
    return accepted(await this.#send({ method: "POST", path, body: JSON.stringify(body), type: JSON_TYPE, as })) as T;
  }

  async put<T>(path: string, body: unknown, as = this.#person): Promise<T> {
    return accepted(await this.#send({ method: "PUT", path, body: JSON.stringify(body), type: JSON_TYPE, as })) as T;
  }

  async remove(path: string): Promise<void> {
    accepted(await this.#send({ method: "DELETE", path }));
  }

  async putBytes<T>(path: string, bytes: Blob, type: string, as = this.#person): Promise<T> {
    return accepted(await this.#send({ method: "PUT", path, body: bytes, type, as })) as T;
  }

  #signedIn(told: unknown): OpenSession {
    const session = told as OpenSession;
    if (typeof session.person !== "string") throw new Unreachable("no session");
    this.#held = session;
    return session;
  }

  async #send(errand: Errand): Promise<Answer> {
    if (this.#other !== null) throw new OtherPerson(this.#other);
    const { as: person = this.#person } = errand;
    if (UNSAFE.has(errand.method) && this.#held === null) await this.#sameSession(person);
    const answer = await this.#fetch(errand);
    if (!(await this.#mayRepeat(answer, person))) return answer;
    return this.#fetch(errand);
  }

  /** A stale page gets a new token silently; a stale session asks the person. */
  async #mayRepeat(answer: Answer, person: string | null): Promise<boolean> {
    if (!isProblem(answer)) return false;
    if (answer.status === 401) return ((await this.#signInAgain?.()) ?? false) && this.#person === person;
    return answer.status === 403 && answer.body.code === "csrf_missing" && this.#sameSession(person);
  }

  /** The token of the session that this browser has now. Another person's is no use: whoever this
   *  page works for may come back, else this raises OtherPerson. */
  async #sameSession(person: string | null): Promise<boolean> {
    const found = await this.session();
    if (found === null || person === null || found.person === person) return found !== null;
    this.#held = null;
    if ((await this.#signInAgain?.()) && this.#person === person) return true;
    throw new OtherPerson(found.name);
  }

  async #fetch({ method, path, body, type, as = null, byItself = false }: Errand): Promise<Answer> {
    const held = UNSAFE.has(method) ? this.#held : null;
    // between question and answer somebody else may have signed in on this very page
    if (held && as !== null && held.person !== as) throw new OtherPerson(held.name);
    const headers = new Headers({ Accept: "application/json", "Accept-Language": spokenTag() });
    if (type) headers.set("Content-Type", type);
    if (byItself) headers.set("X-Unattended", "1");
    if (held?.csrf) headers.set("X-CSRF-Token", held.csrf);
    try {
      if (body instanceof Blob) return await readAnswer(await upload(path, { headers, body, quietMs: this.#quietMs }));
      return await this.#ask(path, { method, headers, body: body ?? null });
    } catch (error) {
      throw new Unreachable(String(error));
    }
  }

  /** Redirects are not followed: the interface has none, and where they lead somebody else answers. */
  async #ask(path: string, init: RequestInit): Promise<Answer> {
    const giveUp = new AbortController();
    const wait = (): ReturnType<typeof setTimeout> => setTimeout(() => giveUp.abort(), this.#quietMs);
    let timer = wait();
    const moved = (): void => {
      clearTimeout(timer);
      timer = wait();
    };
    try {
      return await readAnswer(await fetch(path, { ...init, redirect: "manual", signal: giveUp.signal }), moved);
    } finally {
      clearTimeout(timer);
    }
  }
}

async function readAnswer(response: Response, moved: () => void = () => undefined): Promise<Answer> {
  const { status, headers } = response;
  const text = await readText(response, moved);
  try {
    return { status, headers, body: JSON.parse(text) };
  } catch {
    return { status, headers, body: undefined };
  }
}

async function readText({ body }: Response, moved: () => void): Promise<string> {
  const reader = body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    moved();
    const read = await reader?.read();
    if (!read || read.done) return text + decoder.decode();
    text += decoder.decode(read.value, { stream: true });
  }
}

/** What the server says where all is well: JSON, or nothing at all. Raises everything else. */
function accepted(answer: Answer): unknown {
  const { status, body, headers } = answer;
  if (status === 204) return undefined;
  if (status >= 200 && status < 300 && isObject(body)) return body;
  if (status < 400) throw new Unreachable(`${status}, and no answer of ours`);
  if (!isProblem(answer)) throw new Problem(status, "", "", [], waitOf(headers));
  const { code, detail, faults = [] } = answer.body;
  throw new Problem(status, code, detail, faults, waitOf(headers));
}

const isObject = (body: unknown): body is Record<string, unknown> => typeof body === "object" && body !== null;

/** A refusal in the shape that only this server writes. */
function isProblem(answer: Answer): answer is Answer & { body: Pick<ProblemBody, "code" | "detail"> & Partial<ProblemBody> } {
  const { status, body } = answer;
  return isObject(body) && body["status"] === status && typeof body["code"] === "string" && typeof body["detail"] === "string";
}

/** Retry-After comes as seconds or as a date. */
function waitOf(headers: Headers): number | null {
  const header = headers.get("Retry-After");
  if (header === null) return null;
  const seconds = Number(header);
  if (!Number.isNaN(seconds)) return Math.max(0, seconds);
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, (date - Date.now()) / 1000);
}

export const faultsOf = (error: unknown): Map<string, string> =>
  new Map(error instanceof Problem ? error.faults.map(({ field, detail }) => [field, detail]) : []);
