// What the server answers, as the faces read it: sessions, waits, and troubles in words.
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Api, faultsOf, isConflict, Problem, Unreachable } from "../../../static/src/shared/api";
import { troubleWords } from "../../../static/src/shared/trouble-words";
import { Line } from "../line";
import { speakConsole, speakPhone } from "../speak";
import { NOW, passes, standStill } from "../time";

let line: Line;

beforeEach(() => {
  standStill();
  line = new Line();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const failed = (asking: Promise<unknown>): Promise<Problem> => asking.then(() => Promise.reject(new Error("answered")), (error: Problem) => error);

describe("a session", () => {
  test("is nobody where nobody is signed in, and whoever signs in", async () => {
    const api = new Api();
    expect(await api.session()).toBeNull();
    expect(await api.signIn("street", "secret")).toMatchObject({ person: "street" });
    expect(await api.session()).toMatchObject({ person: "street" });
  });

  test("that ends has no token any more: the next deed asks who is here", async () => {
    const api = new Api();
    await api.signIn("street", "secret");
    await api.signOut();
    await failed(api.post("/api/v1/alerts/A/steps", { client_id: "c" }));
    expect(line.went.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "POST /api/v1/session", "DELETE /api/v1/session", "GET /api/v1/session", "POST /api/v1/alerts/A/steps",
    ]);
  });

  test("that ran out and is not renewed is told as a refusal", async () => {
    const api = new Api();
    api.onSignedOut(async () => false);
    expect(await failed(api.get("/api/v1/tasks"))).toMatchObject({ status: 401, code: "not_signed_in" });
    expect(line.went).toHaveLength(1);
  });

  test("that may not do something is not asked for a token again and again", async () => {
    const api = new Api();
    await api.signIn("street", "secret");
    line.refuse("POST", /steps/, 403, "不行");
    expect(await failed(api.post("/api/v1/alerts/A/steps", {}))).toMatchObject({ status: 403, detail: "不行" });
    expect(line.sent("POST")).toHaveLength(2);
  });
});

test("an answer without a body is no value", async () => {
  line.answer("GET", /nothing/, { status: 204 });
  expect(await new Api().get("/nothing")).toBeUndefined();
});

test("a server that does not answer in time counts as unreachable, and the request is given up", async () => {
  vi.stubGlobal("fetch", (_: string, { signal }: RequestInit) =>
    new Promise((_done, fail) => signal?.addEventListener("abort", () => fail(new DOMException("aborted", "AbortError")))));
  const asking = failed(new Api(5_000).get("/x"));
  await passes(5_000);
  expect(await asking).toBeInstanceOf(Unreachable);
});

test.each([
  [{ "Retry-After": "36" }, 36],
  [{ "Retry-After": "-5" }, 0],
  [{ "Retry-After": new Date(NOW + 90_000).toUTCString() }, 90],
  [{ "Retry-After": new Date(NOW - 90_000).toUTCString() }, 0],
  [{ "Retry-After": "soon" }, null],
  [{}, null],
] as [Record<string, string>, number | null][])("the wait of %j is %s seconds", async (headers, seconds) => {
  line.answer("GET", /x/, { status: 503, headers });
  expect((await failed(new Api().get("/x"))).retryAfter).toBe(seconds);
});

test("faults are found by their fields, a conflict by its status", () => {
  const refused = new Problem(409, "version_conflict", "已改派", [{ field: "note", code: "too_short", detail: "太短" }], null);
  expect([...faultsOf(refused)]).toEqual([["note", "太短"]]);
  expect([faultsOf(new Unreachable()).size, isConflict(refused), isConflict(new Unreachable())]).toEqual([0, true, false]);
  expect(isConflict(new Problem(422, "invalid", "", [], null))).toBe(false);
});

test.each([["the phone", speakPhone], ["the console", speakConsole]])("a trouble is said in the server's words, else in its own, on %s", (_, speak) => {
  speak();
  expect(troubleWords(new Problem(422, "invalid", "没有写清楚", [], null))).toBe("没有写清楚");
  const [silence, broken] = [troubleWords(new Unreachable()), troubleWords(new Problem(502, "", "", [], null))];
  expect(silence).toMatch(/^服务器暂时连不上/);
  expect([broken === silence, troubleWords(new TypeError("x"))]).toEqual([false, broken]);
});
