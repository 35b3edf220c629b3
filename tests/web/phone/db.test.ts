// The phone's database: photos by owner, the last answers, and what an older app left in it.
import { openDB } from "idb";
import { describe, expect, test } from "vitest";
import { fillUp, keysOf, newPhone, openApp, photo, theLine } from "./phone";

newPhone();

describe("photos", () => {
  test("come back as the JPEG that they were", async () => {
    const { database } = await openApp("volunteer");
    await database.keepPhoto("r1", "aa", photo("aa").bytes);
    const kept = await database.keptPhoto("r1", "aa");
    expect([kept?.type, await kept?.text()]).toEqual(["image/jpeg", "aa"]);
    expect(await database.keptPhoto("r2", "aa")).toBeNull();
  });

  test("of one owner go together, those of another stay", async () => {
    const app = await openApp("volunteer");
    for (const [owner, sha256] of [["r1", "aa"], ["r1", "bb"], ["r2", "aa"]] as const) {
      await app.database.keepPhoto(owner, sha256, photo(sha256).bytes);
    }
    await app.database.dropPhotos("r1");
    expect(await keysOf(app, "photos")).toEqual(["r2/aa"]);
  });
});

describe("answers", () => {
  test("that cannot be kept are no trouble", async () => {
    const { database } = await openApp("volunteer");
    const makeRoom = fillUp();
    await database.keepAnswer("x", { a: 1 });
    makeRoom();
    expect(await database.keptAnswer("x")).toBeNull();
    await database.keepAnswer("x", { a: 1 });
    expect(await database.keptAnswer("x")).toMatchObject({ body: { a: 1 } });
  });

  test("are forgotten together", async () => {
    const { database } = await openApp("volunteer");
    await database.keepAnswer("x", 1);
    await database.forgetAnswers();
    expect(await database.keptAnswer("x")).toBeNull();
  });
});

describe("another version of the app", () => {
  test("an older one left its reports and drafts: they are there, and steps can be queued", async () => {
    const old = await openDB("shaodao", 1, {
      upgrade(made) {
        made.createObjectStore("reports", { keyPath: "id" }).createIndex("person", "person");
        made.createObjectStore("photos", { keyPath: "key" }).createIndex("owner", "owner");
        made.createObjectStore("steps", { keyPath: "key" });
        made.createObjectStore("answers", { keyPath: "key" });
      },
    });
    await old.put("reports", { id: "r1", person: "volunteer", state: "draft", text: "旧版写的", category: "E0113", photos: [], made_at: 1 });
    old.close();
    const app = await openApp("volunteer");
    expect(app.reportById("r1")).toMatchObject({ text: "旧版写的" });
    expect(await keysOf(app, "queue")).toEqual([]);
  });

  test("one whose drafts of steps had no person: they are the person's who was signed in, and nobody else's", async () => {
    const old = await openDB("shaodao", 2, {
      upgrade(made) {
        made.createObjectStore("reports", { keyPath: "id" }).createIndex("person", "person");
        made.createObjectStore("photos", { keyPath: "key" }).createIndex("owner", "owner");
        made.createObjectStore("steps", { keyPath: "key" });
        made.createObjectStore("answers", { keyPath: "key" });
        made.createObjectStore("queue", { keyPath: "client_id" });
      },
    });
    await old.put("steps", { key: "A/note", alert: "A", step: "note", client_id: "c", values: { note: "旧版写的" } });
    await old.put("answers", { key: "session", at: 1, body: { person: "handler" } });
    old.close();
    const app = await openApp("handler");
    expect(await app.openDraft("A", "note")).toMatchObject({ client_id: "c", person: "handler", values: { note: "旧版写的" } });
    expect((await (await openApp("volunteer")).openDraft("A", "note")).values).toEqual({});
  });

  test("a newer one in another tab need not wait for this one", async () => {
    await openApp("volunteer");
    const newer = await openDB("shaodao", 99, { upgrade: (made) => void made.createObjectStore("later") });
    expect(newer.objectStoreNames).toContain("later");
    newer.close();
  });
});

test("a phone that keeps nothing at all still reaches the server", async () => {
  const app = await openApp("handler");
  const makeRoom = fillUp();
  theLine().answers.set("/api/v1/tasks", { tasks: [] });
  expect(await app.server.ask("/api/v1/tasks")).toEqual({ tasks: [] });
  makeRoom();
});
