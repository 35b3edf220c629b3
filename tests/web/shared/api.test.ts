// Every refusal comes back as a refusal, and silence as silence.
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Api, isSignedOut, OtherPerson, Problem, Unreachable } from "../../../static/src/shared/api";
import { PORTAL, uploadsOver } from "../line";

type Call = { method: string; path: string; csrf: string | null };
let calls: Call[];
let answers: Response[];

const json = (status: number, body: unknown, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers });
/** As only this server refuses. */
const refusal = (status: number, code: string, more: Record<string, unknown> = {}, headers: Record<string, string> = {}): Response =>
  json(status, { status, code, detail: "", faults: [], ...more }, headers);
const session = (csrf: string): Response => json(200, { person: "p", roles: [], csrf });

beforeEach(() => {
  calls = [];
  answers = [];
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    const csrf = new Headers(init.headers).get("X-CSRF-Token");
    calls.push({ method: init.method ?? "GET", path, csrf });
    const answer = answers.shift();
    if (!answer) throw new TypeError("nobody there");
    return answer;
  });
});
afterEach(() => vi.unstubAllGlobals());

test("a deed carries the session's token, fetched once", async () => {
  answers = [session("one"), json(200, {}), json(200, {})];
  const api = new Api();
  await api.post("/api/v1/x", {});
  await api.post("/api/v1/y", {});
  expect(calls.map(({ method, csrf }) => [method, csrf])).toEqual([
    ["GET", null], ["POST", "one"], ["POST", "one"],
  ]);
});

test("words go as JSON, bytes as what they are, and a question has no type", async () => {
  const types: (string | null)[] = [];
  const answered = async (_: string, init: RequestInit): Promise<Response> => (types.push(new Headers(init.headers).get("Content-Type")), session("one"));
  vi.stubGlobal("fetch", answered);
  vi.stubGlobal("XMLHttpRequest", uploadsOver(answered));
  const api = new Api();
  await api.get("/api/v1/x");
  await api.put("/api/v1/x", {});
  await api.putBytes("/api/v1/x", new Blob(["x"]), "image/jpeg");
  expect(types).toEqual([null, null, "application/json", "image/jpeg"]);
});

test("a stale token is renewed without a word", async () => {
  answers = [session("old"), refusal(403, "csrf_missing"), session("new"), json(200, { ok: 1 })];
  await expect(new Api().post("/api/v1/x", {})).resolves.toEqual({ ok: 1 });
  expect(calls.at(-1)?.csrf).toBe("new");
});

test("a refusal keeps its code, its sentence, its faults and the wait", async () => {
  const faults = [{ field: "text", code: "too_long", detail: "太长" }];
  answers = [refusal(429, "slow_down", { detail: "等等", faults }, { "Retry-After": "36" })];
  const refused = await new Api().get("/api/v1/x").catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(Problem);
  expect(refused).toMatchObject({ status: 429, code: "slow_down", faults, retryAfter: 36 });
});

test("a proxy's page instead of an answer is a refusal without a code", async () => {
  answers = [new Response("<html>Bad Gateway", { status: 502 })];
  await expect(new Api().get("/api/v1/x")).rejects.toMatchObject({ status: 502, code: "" });
});

test("no answer is no refusal", async () => {
  await expect(new Api().get("/api/v1/x")).rejects.toBeInstanceOf(Unreachable);
});

test("after signing in again the same request goes out once more", async () => {
  answers = [refusal(401, "not_signed_in"), json(200, { here: true })];
  const api = new Api();
  api.onSignedOut(async () => true);
  await expect(api.get("/api/v1/x")).resolves.toEqual({ here: true });
});

describe("somebody between who answers instead of the server", () => {
  const page = (status: number): Response => new Response(PORTAL, { status, headers: { "Content-Type": "text/html" } });

  test.each([200, 201, 206])("with a page and status %d is no answer", async (status) => {
    answers = [page(status)];
    await expect(new Api().get("/api/v1/x")).rejects.toBeInstanceOf(Unreachable);
  });

  test("with a redirect to its own page is no answer, and the redirect is not followed", async () => {
    const asked: RequestInit[] = [];
    vi.stubGlobal("fetch", async (_: string, init: RequestInit) => (asked.push(init), { type: "opaqueredirect", status: 0, body: null, headers: new Headers() }));
    await expect(new Api().get("/api/v1/x")).rejects.toBeInstanceOf(Unreachable);
    expect(asked[0]?.redirect).toBe("manual");
  });

  test.each([401, 403, 404, 405, 413])("with a page and status %d refuses nothing for good", async (status) => {
    answers = [page(status), json(status, { code: "no", detail: "portal", status: 200 }), json(status, { error: "sign in" })];
    const api = new Api();
    for (let i = 0; i < 3; i += 1) {
      const refused = await api.get("/api/v1/x").catch((error: unknown) => error);
      expect([refused, isSignedOut(refused)]).toEqual([expect.objectContaining({ status, code: "" }), false]);
    }
  });

  test("cannot end a session, nor open one", async () => {
    answers = [page(401), page(200), json(200, { ok: true })];
    const api = new Api();
    await expect(api.session()).rejects.toMatchObject({ status: 401, code: "" });
    await expect(api.session()).rejects.toBeInstanceOf(Unreachable);
    await expect(api.session()).rejects.toBeInstanceOf(Unreachable);
  });
});

describe("another person who signs in in the same browser", () => {
  const of = (person: string): Response => json(200, { person, name: person.toUpperCase(), roles: [], csrf: `of ${person}` });

  test("gets nothing that this page sends: the token is not taken over", async () => {
    answers = [of("a"), json(200, {}), refusal(403, "csrf_missing"), of("b")];
    const api = new Api();
    await api.post("/api/v1/x", {});
    const refused = await api.post("/api/v1/x", {}).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(OtherPerson);
    expect([isSignedOut(refused), (refused as OtherPerson).who]).toEqual([true, "B"]);
    expect(calls.map(({ method, csrf }) => [method, csrf])).toEqual([["GET", null], ["POST", "of a"], ["POST", "of a"], ["GET", null]]);
  });

  test("is found out before the first deed of a page that was opened without a network", async () => {
    answers = [of("b")];
    const api = new Api();
    api.workFor("a");
    await expect(api.put("/api/v1/x", {})).rejects.toBeInstanceOf(OtherPerson);
    expect(calls.map(({ method }) => method)).toEqual(["GET"]);
  });

  test("is waited for where the page can ask, and only the first person's return sends it", async () => {
    answers = [refusal(401, "not_signed_in"), of("b")];
    const api = new Api();
    api.workFor("a");
    api.onSignedOut(async () => Boolean(await api.signIn("b", "secret")));
    await expect(api.get("/api/v1/x")).rejects.toMatchObject({ status: 401 });
    expect(calls.map(({ path }) => path)).toEqual(["/api/v1/x", "/api/v1/session"]);
  });

  test("on this very page, between a deed's question and its turn, gets nothing of the first one's", async () => {
    answers = [of("a"), of("b")];
    const api = new Api();
    await api.session();
    await api.signIn("b", "secret");
    await expect(api.put("/api/v1/x", {}, "a")).rejects.toBeInstanceOf(OtherPerson);
    expect(calls.map(({ method }) => method)).toEqual(["GET", "POST"]);
  });

  test("who is known to be here stops questions, too, until the first one signs in again", async () => {
    answers = [of("a"), json(200, {})];
    const api = new Api();
    api.workFor("a");
    api.giveWayTo("乙");
    await expect(api.get("/api/v1/tasks")).rejects.toBeInstanceOf(OtherPerson);
    expect(calls).toEqual([]);
    await api.signIn("a", "secret");
    await expect(api.get("/api/v1/tasks")).resolves.toEqual({});
  });
});
