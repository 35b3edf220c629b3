// Who holds the phone: remembered without a network, asked again when the session is over, parted cleanly.
import { h } from "preact";
import { describe, expect, test, vi } from "vitest";
import type { AlertPage } from "../../../static/src/shared/shapes";
import { sessionOf } from "../line";
import { all, hide, press, show, texts } from "../screen";
import { field, offer } from "../shapes";
import { passes, settle } from "../time";
import { closeApps, keysOf, newPhone, openApp, theLine } from "./phone";

newPhone();

const NOTE = offer("note", "main", field("note", "text"));

const forget = (): void => void (document.cookie = "shaodao_here=1; expires=Thu, 01 Jan 1970 00:00:00 GMT");

describe("opening the app", () => {
  test("on a new phone asks nobody: it shows the log-in at once", async () => {
    forget();
    const app = await openApp();
    expect(app.session.value).toBeNull();
    expect(theLine().went).toEqual([]);
  });

  test("finds who is signed in in this browser", async () => {
    const app = await openApp("handler");
    expect(app.session.value).toMatchObject({ person: "handler" });
    expect([app.hasRole("handler"), app.hasRole("volunteer"), app.signedOut.value]).toEqual([true, false, false]);
  });

  test("without a network knows the person from before, and no secret of theirs is kept", async () => {
    await openApp("handler");
    closeApps();
    theLine().state = "down";
    const app = await openApp();
    expect(app.session.value).toMatchObject({ person: "handler", csrf: null });
    expect(app.signedOut.value).toBe(false);
  });

  test("without a network and without a person shows the log-in", async () => {
    theLine().state = "down";
    expect((await openApp()).session.value).toBeNull();
  });

  test("after the session ran out keeps the person and asks to sign in again", async () => {
    await openApp("handler");
    theLine().person = null;
    const app = await openApp();
    expect(app.session.value).toMatchObject({ person: "handler" });
    expect(app.signedOut.value).toBe(true);
  });

  test("with a stale cookie and nobody signed in shows the log-in", async () => {
    expect((await openApp()).session.value).toBeNull();
  });
});

describe("signing in", () => {
  test("with a second factor sends its code, and without one sends none", async () => {
    const app = await openApp();
    await app.signIn("handler", "secret");
    await app.signIn("handler", "secret", "123456");
    const sent = theLine().went.filter(({ method }) => method === "POST").map(({ body }) => body);
    expect(sent).toEqual([
      { login: "handler", password: "secret", stays: "phone" },
      { login: "handler", password: "secret", code: "123456", stays: "phone" },
    ]);
  });

  test("leads whoever must set up a second factor to the account", async () => {
    const app = await openApp();
    const went: string[] = [];
    vi.stubGlobal("location", { assign: (path: string) => went.push(path) });
    theLine().answer("POST", /session/, { status: 200, body: { ...sessionOf("handler"), must_enrol: true } });
    await app.signIn("handler", "secret");
    expect(went).toEqual(["/account"]);
  });

  test("as the same person keeps what was filled in", async () => {
    const app = await openApp("handler");
    await app.keepDraft(await app.openDraft("A", "note"));
    await app.database.keepAnswer("handler /api/v1/tasks", []);
    app.signedOut.set(true);
    await app.signIn("handler", "secret");
    expect(app.signedOut.value).toBe(false);
    expect(await keysOf(app, "steps")).toEqual(["handler A/note"]);
    expect(await keysOf(app, "answers")).toContain("handler /api/v1/tasks");
  });

  test("as somebody else shows nothing of the person before, who finds it again", async () => {
    const app = await openApp("handler");
    await app.keepDraft({ ...(await app.openDraft("A", "note")), values: { note: "写到一半" } });
    await app.database.keepAnswer("handler /api/v1/tasks", []);
    await app.signIn("volunteer", "secret");
    expect(app.session.value).toMatchObject({ person: "volunteer" });
    expect((await app.openDraft("A", "note")).person).toBe("volunteer");
    expect((await app.openDraft("A", "note")).values).toEqual({});
    expect(await keysOf(app, "answers")).toEqual(["session"]);
    await app.signIn("handler", "secret");
    expect((await app.openDraft("A", "note")).values).toEqual({ note: "写到一半" });
  });

  test("that is refused changes nobody", async () => {
    const app = await openApp("handler");
    theLine().refuse("POST", /session/, 401, "账号或密码不对");
    await expect(app.signIn("volunteer", "wrong")).rejects.toMatchObject({ detail: "账号或密码不对" });
    expect(app.session.value).toMatchObject({ person: "handler" });
  });
});

describe("signing out", () => {
  test("leaves no answers; what was half filled in and what waits stays for its person", async () => {
    const app = await openApp("handler");
    await app.beginReport();
    await app.keepDraft(await app.openDraft("A", "note"));
    await app.signOut();
    expect([app.session.value, app.signedOut.value, theLine().person]).toEqual([null, false, null]);
    expect([await keysOf(app, "answers"), await keysOf(app, "steps")]).toEqual([[], ["handler A/note"]]);
    expect(await keysOf(app, "reports")).toHaveLength(1);
    closeApps();
    expect((await openApp()).session.value).toBeNull();
  });

  test("works although the session is over already", async () => {
    const app = await openApp("handler");
    theLine().refuse("DELETE", /session/, 401);
    await app.signOut();
    expect(app.session.value).toBeNull();
  });

  test("that the server does not confirm is told, and everything stays", async () => {
    const app = await openApp("handler");
    theLine().refuse("DELETE", /session/, 500, "出错了");
    await expect(app.signOut()).rejects.toMatchObject({ status: 500 });
    expect(app.session.value).toMatchObject(sessionOf("handler"));
    expect(await keysOf(app, "answers")).toContain("session");
  });
});

describe("signing in later", () => {
  async function leftOut(): Promise<Awaited<ReturnType<typeof openApp>>> {
    const app = await openApp("volunteer");
    theLine().state = "down";
    const { id } = await app.beginReport();
    await app.changeReport(id, { text: "路面有个坑" });
    await app.submit(id);
    await settle();
    theLine().state = "up";
    theLine().person = null;
    await app.flush("now");
    return app;
  }

  test("is a choice that holds: nobody is asked again, and nothing is lost", async () => {
    const app = await leftOut();
    expect([app.signedOut.value, app.putOff.value]).toEqual([true, false]);
    app.putOffSignIn();
    await passes(60_000);
    dispatchEvent(new Event("online"));
    await passes(60_000);
    expect([app.signedOut.value, app.putOff.value]).toEqual([true, true]);
    const next = await app.beginReport();
    await app.submit(next.id);
    await settle();
    expect(app.reports.value.map(({ state }) => state)).toEqual(["waiting", "waiting"]);
    expect(theLine().reports.size).toBe(0);
  });

  test("ends when the person wants to send, and with signing in everything goes out", async () => {
    const app = await leftOut();
    app.putOffSignIn();
    app.sendNow();
    expect(app.putOff.value).toBe(false);
    await app.signIn("volunteer", "secret");
    await settle();
    expect([app.signedOut.value, app.putOff.value, theLine().reports.size]).toEqual([false, false, 1]);
  });

  test("is on the screen: the sheet goes, a line stays with the way back", async () => {
    await leftOut();
    const { PhoneApp } = await import("../../../mobile_pwa/src/app");
    const { speakAs } = await import("../../../mobile_pwa/src/core/speech");
    await speakAs("zh");
    await show(h(PhoneApp, {}));
    expect(texts("dialog h2")).toEqual(["请重新登录"]);
    await press("先不登录");
    await passes(5_000);
    expect(all("dialog")).toEqual([]);
    expect(texts(".fresh span")).toEqual(["还没登录，已存在手机里，登录后自动发。"]);
    await press("登录");
    expect(texts("dialog h2")).toEqual(["请重新登录"]);
    hide();
  });
});

describe("another person who signs in in a second tab", () => {
  async function twoTabs() {
    const first = await openApp("volunteer");
    const { id } = await first.beginReport();
    await first.changeReport(id, { text: "我写的" });
    const second = await openApp("volunteer");
    await second.signIn("grid_worker", "secret");
    await settle();
    return { first, second, id };
  }

  test("gets neither the report of the first tab nor its step: they wait for their person", async () => {
    const { first, id } = await twoTabs();
    await first.submit(id);
    const draft = await first.openDraft("A", "note");
    const taking = first.takeStep({ ...draft, values: { note: "签字" } }, NOTE, { id: "A", version: 1 } as AlertPage, "道路破损");
    await expect(taking).rejects.toMatchObject({ status: 401 });
    await first.flush("now");
    await settle();
    expect([theLine().kept.size, theLine().steps.size]).toEqual([0, 0]);
    expect(first.signedOutWhy.value).toBe("这部手机上现在登录的是grid_worker。您填的都还在，您重新登录后再发。");
    await first.signIn("volunteer", "secret");
    await settle();
    expect(theLine().kept.get(id)?.person).toBe("volunteer");
  });

  test("cannot get it either where the browser has no way to tell the tabs: the server is asked who is here", async () => {
    vi.stubGlobal("BroadcastChannel", undefined);
    const { first, id } = await twoTabs();
    await first.submit(id);
    await settle();
    expect([theLine().kept.size, first.signedOut.value, first.reportById(id)?.state]).toEqual([0, true, "waiting"]);
    expect(first.signedOutWhy.value).toContain("grid_worker");
  });

  test("lets the first tab ask for nothing in the other's name", async () => {
    const { first } = await twoTabs();
    theLine().answers.set("/api/v1/tasks", { tasks: ["theirs"] });
    await expect(first.server.ask("/api/v1/tasks")).rejects.toMatchObject({ status: 401 });
    expect(await keysOf(first, "answers")).not.toContain("volunteer /api/v1/tasks");
  });

  test("and the first one again: the first tab goes on", async () => {
    const { first, second, id } = await twoTabs();
    await second.signIn("volunteer", "secret");
    await settle();
    expect(first.signedOut.value).toBe(false);
    await first.submit(id);
    await settle();
    expect(theLine().kept.get(id)?.person).toBe("volunteer");
  });
});
