// How does the console talk to the server? JSON over HTTP, one error shape, one way back in.

export type Session = {
  person: string;
  name: string;
  language: string;
  roles: { role: string; unit: string }[];
  csrf: string;
};
export type Fault = { field: string; code: string; detail: string };

/** A refusal as the server told it. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly faults: readonly Fault[],
  ) {
    super(detail);
  }
}

export const isConflict = (error: unknown): boolean => error instanceof Problem && error.status === 409;

export class Api {
  #csrf = "";
  #signedOut: (() => Promise<boolean>) | null = null;
  onSignedOut(ask: () => Promise<boolean>): void {
    this.#signedOut = ask;
  }
  async session(): Promise<Session | null> {
    const response = await fetch("/api/v1/session");
    if (!response.ok) return null;
    const session = (await response.json()) as Session;
    this.#csrf = session.csrf;
    return session;
  }
  async ask<T>(path: string): Promise<{ status: number; body: T | null }> {
    const response = await this.#send("GET", path);
    return { status: response.status, body: response.ok ? ((await response.json()) as T) : null };
  }
  async get<T>(path: string): Promise<T> {
    return (await good(await this.#send("GET", path)).then((r) => r.json())) as T;
  }
  async post(path: string, body: unknown): Promise<void> {
    await good(await this.#send("POST", path, JSON.stringify(body), "application/json"));
  }
  async put(path: string, body: Blob): Promise<void> {
    await good(await this.#send("PUT", path, body, body.type));
  }
  async signIn(login: string, password: string): Promise<void> {
    const body = JSON.stringify({ login, password });
    await good(await fetch("/api/v1/session", { method: "POST", body, headers: { "Content-Type": "application/json" } }));
    await this.session();
  }
  async signOut(): Promise<void> {
    await this.#send("DELETE", "/api/v1/session");
    location.assign("/login");
  }
  async #send(method: string, path: string, body?: BodyInit, type?: string, again = true): Promise<Response> {
    const headers = new Headers({ Accept: "application/json" });
    if (type) headers.set("Content-Type", type);
    if (method !== "GET") headers.set("X-CSRF-Token", this.#csrf);
    const response = await fetch(path, { method, headers, body });
    if (response.status !== 401 || !again || this.#signedOut === null) return response;
    return (await this.#signedOut()) ? this.#send(method, path, body, type, false) : response;
  }
}

async function good(response: Response): Promise<Response> {
  if (response.ok) return response;
  const told = (await response.json().catch(() => ({}))) as Partial<Problem>;
  throw new Problem(response.status, told.code ?? "", told.detail ?? "", told.faults ?? []);
}

export const faultsOf = (error: unknown): Map<string, string> =>
  new Map(error instanceof Problem ? error.faults.map(({ field, detail }) => [field, detail]) : []);

export const problemWords = (error: unknown): string => (error instanceof Problem ? error.detail : String(error));
