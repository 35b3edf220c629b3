// Who holds the phone: remembered without a network, asked again when the session is over, parted cleanly.
import { describe, expect, test } from "vitest";
import { sessionOf } from "../line";
import { closeApps, keysOf, newPhone, openApp, theLine } from "./phone";

newPhone();

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
  test("as the same person keeps what was filled in", async () => {
    const app = await openApp("handler");
    await app.keepDraft(await app.openDraft("A", "note"));
    await app.database.keepAnswer("handler /api/v1/tasks", []);
    app.signedOut.set(true);
    await app.signIn("handler", "secret");
    expect(app.signedOut.value).toBe(false);
    expect(await keysOf(app, "steps")).toEqual(["A/note"]);
    expect(await keysOf(app, "answers")).toContain("handler /api/v1/tasks");
  });

  test("as somebody else shows nothing of the person before", async () => {
    const app = await openApp("handler");
    await app.keepDraft(await app.openDraft("A", "note"));
    await app.database.keepAnswer("handler /api/v1/tasks", []);
    await app.signIn("volunteer", "secret");
    expect(app.session.value).toMatchObject({ person: "volunteer" });
    expect(await keysOf(app, "steps")).toEqual([]);
    expect(await keysOf(app, "answers")).toEqual(["session"]);
  });

  test("that is refused changes nobody", async () => {
    const app = await openApp("handler");
    theLine().refuse("POST", /session/, 401, "账号或密码不对");
    await expect(app.signIn("volunteer", "wrong")).rejects.toMatchObject({ detail: "账号或密码不对" });
    expect(app.session.value).toMatchObject({ person: "handler" });
  });
});

describe("signing out", () => {
  test("leaves neither answers nor half-filled forms, but the reports and steps that wait", async () => {
    const app = await openApp("handler");
    await app.beginReport();
    await app.keepDraft(await app.openDraft("A", "note"));
    await app.signOut();
    expect([app.session.value, app.signedOut.value, theLine().person]).toEqual([null, false, null]);
    expect([await keysOf(app, "answers"), await keysOf(app, "steps")]).toEqual([[], []]);
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
