// Steps made without a network go out in order, and the phone knows what comes next.
// @vitest-environment node
import { expect, test } from "vitest";
import type { QueuedStep } from "../../../mobile_pwa/src/core/rows";
import { ahead, stepBody, ready } from "../../../mobile_pwa/src/steps/queued";
import type { AlertPage, StepName, StepOffer } from "../../../static/src/shared/shapes";
import { offer as offered } from "../shapes";

const step = (client_id: string, over: Partial<QueuedStep> = {}): QueuedStep => ({
  client_id, person: "h", alert: "A", title: "道路破损", step: "note", version: 4, after: null, values: {},
  photos: [], made_at: 1, device_at: "2026-11-23T02:00:00Z", state: "waiting", tries: 0, next_try: null,
  trouble: null, ...over,
});
const ids = (queue: QueuedStep[]): string[] => queue.map(({ client_id }) => client_id);

test("of each alert the oldest goes, and the next one not before it", () => {
  const queue = [step("b", { made_at: 2 }), step("c", { made_at: 3, alert: "B" }), step("a")];
  expect(ids(ready(queue, 10, "planned"))).toEqual(["a", "c"]);
  expect(ids(ready([step("a", { next_try: 100 }), step("b", { made_at: 2 })], 10, "planned"))).toEqual([]);
});

test("whoever was tried less often comes first", () => {
  const queue = [step("a", { tries: 3 }), step("b", { made_at: 2, alert: "B" })];
  expect(ids(ready(queue, 10, "now"))).toEqual(["b", "a"]);
});

test("behind a refused step its own alert waits, the others do not", () => {
  const queue = [step("a", { state: "refused" }), step("b", { made_at: 2 }), step("c", { made_at: 3, alert: "B" })];
  expect(ids(ready(queue, 10, "now"))).toEqual(["c"]);
});

test("nothing goes before its time, unless somebody presses", () => {
  const queue = [step("a", { next_try: 100 })];
  expect(ready(queue, 99, "planned")).toEqual([]);
  expect(ids(ready(queue, 99, "now"))).toEqual(["a"]);
  expect(ids(ready(queue, 100, "planned"))).toEqual(["a"]);
});

test("when the network is back, what only missed the network goes at once", () => {
  const trouble = { kind: "unreachable" as const, detail: "", faults: [] };
  const busy = { kind: "busy" as const, detail: "", faults: [] };
  const queue = [step("a", { next_try: 100, trouble }), step("b", { next_try: 100, trouble: busy, alert: "B" })];
  expect(ids(ready(queue, 1, "online"))).toEqual(["a"]);
});

test("the first says which version it saw, the next which own step it follows", () => {
  expect(stepBody(step("a", { values: { note: "到了" } }))).toMatchObject({ version: 4, note: "到了" });
  const second = stepBody(step("b", { after: "a" }));
  expect(second["after"]).toBe("a");
  expect(second).not.toHaveProperty("version");
});

test("after an arrival that waits, the phone offers to submit", () => {
  const offer = (name: StepName): StepOffer => offered(name, "main");
  const alert = {
    status: "signed", steps: [offer("arrive")], ahead: { arrive: [offer("submit"), offer("note")], submit: [offer("note")] },
  } as unknown as AlertPage;
  const seen = ahead(alert, [step("a", { step: "arrive" })]);
  expect(seen.status).toBe("on_site");
  expect(seen.steps.map(({ step: name }) => name)).toEqual(["submit", "note"]);
  const done = ahead(alert, [step("a", { step: "arrive" }), step("b", { step: "note" }), step("c", { step: "submit" })]);
  expect(done.status).toBe("submitted");
  expect(done.steps.map(({ step: name }) => name)).toEqual(["note"]);
  const refused = ahead(alert, [step("a", { step: "arrive", state: "refused" }), step("b", { step: "submit" })]);
  expect(refused.status).toBe("signed");
  expect(refused.steps.map(({ step: name }) => name)).toEqual(["arrive"]);
});
