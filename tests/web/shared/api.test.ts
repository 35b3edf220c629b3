// Every refusal comes back as a refusal, and silence as silence.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Api, Problem, Unreachable } from "../../../static/src/shared/api";

type Call = { method: string; path: string; csrf: string | null };
let calls: Call[];
let answers: Response[];

const json = (status: number, body: unknown, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers });
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
  vi.stubGlobal("fetch", async (_: string, init: RequestInit) => (types.push(new Headers(init.headers).get("Content-Type")), session("one")));
  const api = new Api();
  await api.get("/api/v1/x");
  await api.put("/api/v1/x", {});
  await api.putBytes("/api/v1/x", new Blob(["x"]), "image/jpeg");
  expect(types).toEqual([null, null, "application/json", "image/jpeg"]);
});

test("a stale token is renewed without a word", async () => {
  answers = [session("old"), json(403, { code: "csrf_missing" }), session("new"), json(200, { ok: 1 })];
  await expect(new Api().post("/api/v1/x", {})).resolves.toEqual({ ok: 1 });
  expect(calls.at(-1)?.csrf).toBe("new");
});

test("what one person pressed never goes out under the name of another who signed in meanwhile", async () => {
  const of = (person: string, csrf: string): Response => json(200, { person, roles: [], csrf });
  answers = [of("ming", "old"), json(403, { code: "csrf_missing" }), of("hua", "new"), json(200, { ok: 1 })];
  const api = new Api();
  const told: string[] = [];
  api.onOtherPerson(({ person }) => told.push(person));
  await expect(api.post("/api/v1/x", {})).rejects.toMatchObject({ status: 403 });
  expect([told, calls.filter(({ method }) => method === "POST").length]).toEqual([["hua"], 1]);
});

test("whoever asks who is here is told where that is somebody else by now", async () => {
  const of = (person: string): Response => json(200, { person, roles: [], csrf: "x" });
  answers = [of("ming"), of("ming"), of("hua")];
  const api = new Api();
  const told: string[] = [];
  api.onOtherPerson(({ person }) => told.push(person));
  for (let turn = 0; turn < 3; turn += 1) await api.session();
  expect(told).toEqual(["hua"]);
});

test("a refusal keeps its code, its sentence, its faults and the wait", async () => {
  const faults = [{ field: "text", code: "too_long", detail: "太长" }];
  answers = [json(429, { code: "slow_down", detail: "等等", faults }, { "Retry-After": "36" })];
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
  answers = [json(401, { code: "not_signed_in" }), json(200, { here: true })];
  const api = new Api();
  api.onSignedOut(async () => true);
  await expect(api.get("/api/v1/x")).resolves.toEqual({ here: true });
});
