// What the server answered last is kept: shown at once, replaced by what is fresh, never another person's.
import { describe, expect, test } from "vitest";
import type { Answered } from "../../../mobile_pwa/src/core/server";
import { NOW, passes } from "../time";
import { keysOf, newPhone, openApp, type Phone, theLine } from "./phone";

newPhone();

const TASKS = "/api/v1/tasks";

/** What is shown of a question, in order. */
async function shown(app: Phone, path = TASKS): Promise<Answered<unknown>[]> {
  const seen: Answered<unknown>[] = [];
  await app.server.keptThenFresh(path, (answered) => seen.push(answered));
  return seen;
}

describe("an answer", () => {
  test("is shown as it comes, with the time at which it was so", async () => {
    const app = await openApp("handler");
    theLine().answers.set(TASKS, { tasks: ["a"] });
    expect(await shown(app)).toEqual([{ body: { tasks: ["a"] }, at: NOW, fresh: true }]);
  });

  test("of before is shown first, then the fresh one", async () => {
    const app = await openApp("handler");
    theLine().answers.set(TASKS, { tasks: ["a"] });
    await shown(app);
    await passes(60_000);
    theLine().answers.set(TASKS, { tasks: ["b"] });
    expect(await shown(app)).toEqual([
      { body: { tasks: ["a"] }, at: NOW, fresh: false },
      { body: { tasks: ["b"] }, at: NOW + 60_000, fresh: true },
    ]);
  });

  test("of before stays alone without a network, also when the app was closed", async () => {
    theLine().answers.set(TASKS, { tasks: ["a"] });
    await shown(await openApp("handler"));
    const app = await openApp("handler");
    theLine().state = "down";
    expect(await shown(app)).toEqual([{ body: { tasks: ["a"] }, at: NOW, fresh: false }]);
  });

  test("that was never heard is a trouble", async () => {
    const app = await openApp("handler");
    theLine().state = "down";
    await expect(shown(app)).rejects.toThrow();
  });

  test("of before is no answer once the thing is gone, or the session is over", async () => {
    const app = await openApp("handler");
    theLine().answers.set(TASKS, { tasks: ["a"] });
    await shown(app);
    theLine().answers.delete(TASKS);
    await expect(shown(app)).rejects.toMatchObject({ status: 404 });
    theLine().person = null;
    await expect(shown(app)).rejects.toMatchObject({ status: 401, code: "not_signed_in" });
  });

  test("of before hides a server that is out of order", async () => {
    const app = await openApp("handler");
    theLine().answers.set(TASKS, { tasks: ["a"] });
    await shown(app);
    theLine().refuse("GET", /tasks/, 500);
    expect(await shown(app)).toHaveLength(1);
  });

  test("to one person is not shown to another", async () => {
    const app = await openApp("handler");
    theLine().answers.set(TASKS, { tasks: ["a"] });
    await shown(app);
    app.server.setAsker("volunteer");
    theLine().answers.set(TASKS, { tasks: [] });
    expect(await shown(app)).toEqual([expect.objectContaining({ body: { tasks: [] }, fresh: true })]);
  });
});

describe("a stranger's answer", () => {
  test.each([["a page", "<html>"], ["JSON of its own", { ok: true }]])("with %s does not replace what is kept", async (_, body) => {
    const app = await openApp("handler");
    theLine().answers.set(TASKS, { tasks: ["a"] });
    await shown(app);
    theLine().answer("GET", /tasks/, { status: 200, body });
    expect(await shown(app)).toEqual([expect.objectContaining({ body: { tasks: ["a"] }, fresh: false })]);
  });

  test("of 404 or 401 neither takes the alert away nor ends the session", async () => {
    const app = await openApp("handler");
    theLine().answers.set(TASKS, { tasks: ["a"] });
    await shown(app);
    for (const status of [401, 404]) {
      theLine().answer("GET", /tasks/, { status, body: "<html>" });
      expect(await shown(app)).toHaveLength(1);
    }
  });
});

describe("a list of many pages", () => {
  const MINE = "/api/v1/alerts?mine=1&limit=200";
  const cards = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => ({ id: `a${from + i}` }));

  test("is asked for to its end, and kept whole", async () => {
    const app = await openApp("volunteer");
    theLine().answers.set(MINE, { now: "", alerts: cards(0, 200), next: "p2" });
    theLine().answers.set(`${MINE}&cursor=p2`, { now: "", alerts: cards(199, 260), next: null });
    const [fresh] = await shown(app, app.server.PATHS.mine);
    expect((fresh?.body as { alerts: unknown[] }).alerts).toHaveLength(260);
    theLine().state = "down";
    const [kept] = await shown(app, app.server.PATHS.mine);
    expect((kept?.body as { alerts: unknown[] }).alerts).toHaveLength(260);
  });

  test("that breaks off leaves the whole list of before", async () => {
    const app = await openApp("volunteer");
    theLine().answers.set(MINE, { now: "", alerts: cards(0, 60), next: null });
    await shown(app, app.server.PATHS.mine);
    theLine().answers.set(MINE, { now: "", alerts: cards(0, 50), next: "p2" });
    theLine().refuse("GET", /cursor=p2/, 500);
    const seen = await shown(app, app.server.PATHS.mine);
    expect(seen.map(({ fresh }) => fresh)).toEqual([false]);
  });
});

test("the server's time is learned from its answers, and known without a network", async () => {
  const app = await openApp("handler");
  theLine().answers.set(TASKS, { now: new Date(NOW + 120_000).toISOString(), tasks: [] });
  await shown(app);
  expect(app.server.serverClock.skew).toBeCloseTo(120_000, 0);
  theLine().state = "down";
  expect((await openApp()).server.serverClock.skew).toBeCloseTo(120_000, 0);
});

describe("tasks at hand", () => {
  const path = (id: string): string => `/api/v1/alerts/${id}`;
  const asked = (): string[] => theLine().sent("GET").filter((one) => one.includes("/alerts/"));

  test("are asked for and kept, each once as long as it does not change", async () => {
    const app = await openApp("handler");
    for (const id of ["a", "b"]) theLine().answers.set(path(id), { id, version: 1 });
    await app.server.keepAtHand([{ id: "a", version: 1 }, { id: "b", version: 1 }]);
    expect(await keysOf(app, "answers")).toEqual(expect.arrayContaining([`handler ${path("a")}`, `handler ${path("b")}`]));
    await app.server.keepAtHand([{ id: "a", version: 1 }, { id: "b", version: 2 }]);
    expect(asked()).toEqual([path("a"), path("b"), path("b")]);
  });

  test("end at the first silence", async () => {
    const app = await openApp("handler");
    theLine().state = "down";
    await app.server.keepAtHand([{ id: "a", version: 1 }, { id: "b", version: 1 }]);
    expect(asked()).toEqual([path("a")]);
  });

  test("are forty at most", async () => {
    const app = await openApp("handler");
    const tasks = Array.from({ length: 50 }, (_, i) => ({ id: `t${i}`, version: 1 }));
    for (const { id } of tasks) theLine().answers.set(path(id), { id, version: 1 });
    await app.server.keepAtHand(tasks);
    expect(asked()).toHaveLength(40);
  });
});
