// What lies on the phone is in reach: steps whose alert went elsewhere, alerts that others keep, lists that grow old.
import { h } from "preact";
import { afterEach, describe, expect, test } from "vitest";
import type { AlertPage, Card } from "../../../static/src/shared/shapes";
import { all, hide, press, root, show, texts } from "../screen";
import { field, offer } from "../shapes";
import { passes, settle } from "../time";
import { newPhone, openApp, type Phone, photo, theLine } from "./phone";

newPhone();
afterEach(async () => {
  await passes(200); // what is still to be drawn would wait for a clock that is gone
  hide();
});

const SUBMIT = offer("submit", "main", field("note", "text"), field("photos", "photos"));
const card = (id: string, more: Partial<Card> = {}): Card =>
  ({ id, version: 1, short: id, category: "E0113", status: "signed", reported_at: "2026-11-23T02:00:00Z", promises: [], supports: [], supervision: null, ...more }) as unknown as Card;

/** A result with words and a photo that was refused, because the alert is somebody else's by now. */
async function refusedStep(app: Phone): Promise<void> {
  theLine().state = "down";
  const draft = await app.openDraft("A", "submit");
  await app.keepDraftPhoto(draft, photo("aa"));
  await app.takeStep({ ...draft, values: { note: "已回填并压实", photos: ["aa"] } }, SUBMIT, { id: "A", version: 1 } as AlertPage, "道路破损");
  theLine().state = "up";
  theLine().refuse("POST", /steps/, 409, "这件事项已改派给水务局。");
  await app.flushSteps("now");
  theLine().answers.set("/api/v1/tasks", { now: "2026-11-23T02:00:00Z", tasks: [card("B")] });
  await settle();
}

async function showScreen(name: "tasks" | "home" | "alert"): Promise<void> {
  const screens = { tasks: ["tasks", "Tasks"], home: ["home", "Home"], alert: ["alert/alert-screen", "AlertScreen"] } as const;
  const { go } = await import("../../../mobile_pwa/src/core/route");
  go(...(name === "alert" ? ["alert", "A"] : [name]));
  dispatchEvent(new Event("hashchange"));
  const module = (await {
    tasks: () => import("../../../mobile_pwa/src/screens/tasks"),
    home: () => import("../../../mobile_pwa/src/screens/home"),
    alert: () => import("../../../mobile_pwa/src/screens/alert/alert-screen"),
  }[name]()) as unknown as Record<string, never>;
  await show(h(module[screens[name][1]] as never, {}));
  await passes(200); // asked, answered, drawn
}

describe("a step that was refused because its alert went elsewhere", () => {
  test.each(["tasks", "home"] as const)("is reached from %s, although no list has the alert", async (screen) => {
    const app = await openApp("handler");
    await refusedStep(app);
    await showScreen(screen);
    const own = all<HTMLAnchorElement>("a.card").find(({ hash }) => hash === "#/alert/A");
    expect(own?.textContent).toBe("道路破损提交结果有一步没有收下");
  });

  test("shows its reason, its words and its photo, also where the alert is not shown any more", async () => {
    const app = await openApp("handler");
    await refusedStep(app);
    await showScreen("alert");
    expect(texts("[role=alert] span")[0]).toBe("这件事项已改派给水务局。");
    expect(texts("q")).toEqual(["已回填并压实"]);
    expect(all("img")).toHaveLength(1);
    await press("不发了");
    await press("确定不发，删掉");
    await settle();
    expect(app.queue.value).toEqual([]);
  });

  test("stands once, with its alert, where the list has it", async () => {
    const app = await openApp("handler");
    await refusedStep(app);
    theLine().answers.set("/api/v1/tasks", { now: "2026-11-23T02:00:00Z", tasks: [card("A")] });
    await showScreen("tasks");
    expect(all<HTMLAnchorElement>("a.card").filter(({ hash }) => hash === "#/alert/A")).toHaveLength(1);
  });
});

describe("a list on the screen", () => {
  const listed = (): string[] => all<HTMLAnchorElement>("ul.obs a.card").map(({ hash }) => hash);
  const tasks = (...ids: string[]): void =>
    void theLine().answers.set("/api/v1/tasks", { now: "2026-11-23T02:00:00Z", tasks: ids.map((id) => card(id)) });

  test("shows what came within a minute, without being left", async () => {
    await openApp("handler");
    tasks("A");
    await showScreen("tasks");
    tasks("A", "B");
    await passes(61_000);
    await passes(200);
    expect(listed()).toEqual(["#/alert/A", "#/alert/B"]);
    expect(all(".asof")).toEqual([]);
  });

  test("is asked for when the app comes back to the front", async () => {
    await openApp("handler");
    tasks("A");
    await showScreen("tasks");
    tasks("B");
    document.dispatchEvent(new Event("visibilitychange"));
    await passes(200);
    expect(listed()).toEqual(["#/alert/B"]);
  });

  test("says how old it is once nothing fresh comes", async () => {
    await openApp("handler");
    tasks("A");
    await showScreen("tasks");
    theLine().state = "down";
    await passes(61_000);
    await passes(200);
    expect([listed(), texts(".asof")]).toEqual([["#/alert/A"], ["数据截至 10:00"]]);
  });

  test("of what is to be verified keeps each alert for when there is no network", async () => {
    const app = await openApp("grid_worker");
    theLine().answers.set(app.server.PATHS.tasks, { now: "", tasks: [], verify: [card("V")] });
    theLine().answers.set("/api/v1/alerts/V", { id: "V", version: 1 });
    const { Verify } = await import("../../../mobile_pwa/src/screens/tasks");
    await show(h(Verify, {}));
    await passes(200);
    expect(await (await app.database.db()).getKey("answers", "grid_worker /api/v1/alerts/V")).toBeDefined();
  });

  test("of own reports asks about the one that was mended on the last page", async () => {
    const app = await openApp("volunteer");
    const cards = Array.from({ length: 60 }, (_, i) => card(`a${i}`, i === 59 ? { status: "resolved" } : {}));
    theLine().answers.set(app.server.PATHS.mine, { now: "", alerts: cards.slice(0, 50), next: "p2" });
    theLine().answers.set(`${app.server.PATHS.mine}&cursor=p2`, { now: "", alerts: cards.slice(50), next: null });
    await showScreen("home");
    expect(texts(".ask")).toHaveLength(1);
    expect(root().textContent).not.toContain("眼下没有");
  });
});
