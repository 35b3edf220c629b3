// When something is tried again, and what an error means for it.
// @vitest-environment node
import { expect, test } from "vitest";
import { isDue, nextTry } from "../../../mobile_pwa/src/core/backoff";
import { isForLater, troubleOf } from "../../../mobile_pwa/src/core/trouble";
import { Problem, Unreachable } from "../../../static/src/shared/api";

const NOW = 1_000_000;
const problem = (status: number): Problem => new Problem(status, "invalid", "原因", [{ field: "a", code: "missing", detail: "c" }], null);

test.each([[0, 5], [1, 15], [2, 36], [3, 90], [4, 180], [5, 300], [6, 300], [99, 300]])("after %d tries it waits %d seconds", (tries, seconds) => {
  expect(nextTry(tries, NOW, null)).toBe(NOW + seconds * 1000);
});

test("it waits as long as the server asks, never less than it would by itself", () => {
  expect(nextTry(0, NOW, 40)).toBe(NOW + 40_000);
  expect(nextTry(3, NOW, 40)).toBe(NOW + 90_000);
});

const waiting = (next_try: number | null, kind: string | null = null) => ({ next_try, trouble: kind === null ? null : { kind } });

test.each([
  [waiting(NOW), "planned", true],
  [waiting(NOW + 1), "planned", false],
  [waiting(null), "planned", true],
  [waiting(NOW + 1), "now", true],
  [waiting(NOW + 1, "unreachable"), "online", true],
  [waiting(NOW + 1, "busy"), "online", false],
  [waiting(NOW + 1), "online", false],
] as const)("%j is due when %s: %s", (what, occasion, due) => expect(isDue(what, NOW, occasion)).toBe(due));

test.each([
  [401, "signed_out", false],
  [408, "busy", true],
  [409, "refused", false],
  [413, "refused", false],
  [422, "refused", false],
  [429, "busy", true],
  [500, "busy", true],
  [503, "busy", true],
])("an answer of %d is %s, and tried again later: %s", (status, kind, later) => {
  expect(troubleOf(problem(status))).toMatchObject({ kind, faults: [{ field: "a", code: "missing", detail: "c" }] });
  expect(isForLater(problem(status))).toBe(later);
});

test.each([401, 403, 404, 405, 413, 422])("an answer of %d without our code is nobody's refusal: it is tried again", (status) => {
  const page = new Problem(status, "", "", [], null);
  expect([troubleOf(page).kind, isForLater(page)]).toEqual(["busy", true]);
});

test("silence is tried again later", () => {
  expect(troubleOf(new Unreachable())).toEqual({ kind: "unreachable", detail: "", faults: [] });
  expect(isForLater(new Unreachable())).toBe(true);
});
