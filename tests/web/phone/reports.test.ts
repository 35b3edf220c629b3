// What was typed and photographed for a report stays on the phone: over a reload, for its person alone.
import { describe, expect, test, vi } from "vitest";
import { NOW, passes, settle } from "../time";
import { fillUp, keysOf, newPhone, openApp, type Phone, photo, theLine } from "./phone";

newPhone();

const DAY_MS = 24 * 3600_000;

async function draft(app: Phone, text = "写到一半"): Promise<string> {
  const { id } = await app.beginReport();
  await app.changeReport(id, { text });
  return id;
}

async function withPhoto(app: Phone, id: string, sha256: string): Promise<void> {
  const { bytes, ...own } = photo(sha256);
  await app.addPhoto(id, { ...own, sent: false, refused: null }, bytes);
}

const texts = (app: Phone): string[] => app.reports.value.map(({ text }) => text);

describe("a draft", () => {
  test("belongs to whoever began it, and keeps its id to the server", async () => {
    const app = await openApp("volunteer");
    const report = await app.beginReport();
    expect(report).toMatchObject({ person: "volunteer", state: "draft", made_at: NOW, text: "", photos: [] });
    expect(app.reportById(report.id)).toEqual(report);
  });

  test("shows what is typed at once, before it is saved", async () => {
    const app = await openApp("volunteer");
    const { id } = await app.beginReport();
    const saving = app.changeReport(id, { text: "坑" });
    expect(app.reportById(id)?.text).toBe("坑");
    expect(app.saved.value).toBe("saving");
    await saving;
    expect(app.saved.value).toBe("saved");
  });

  test("is there again after a reload, words and photos", async () => {
    const before = await openApp("volunteer");
    const id = await draft(before);
    await withPhoto(before, id, "aa");
    const app = await openApp("volunteer");
    expect(app.reportById(id)).toMatchObject({ text: "写到一半", photos: [{ sha256: "aa", sent: false }] });
    expect(await (await app.database.keptPhoto(id, "aa"))?.text()).toBe("aa");
  });

  test("knows when it was changed last", async () => {
    const app = await openApp("volunteer");
    const id = await draft(app);
    await passes(5_000);
    await app.changeReport(id, { category: "E0113" });
    expect(app.reportById(id)).toMatchObject({ made_at: NOW, changed_at: NOW + 5_000, text: "写到一半", category: "E0113" });
  });

  test("keeps the last of several changes that follow each other fast", async () => {
    const app = await openApp("volunteer");
    const { id } = await app.beginReport();
    await Promise.all(["坑", "坑在", "坑在路口"].map((text) => app.changeReport(id, { text })));
    expect((await openApp("volunteer")).reportById(id)?.text).toBe("坑在路口");
  });

  test("that is discarded goes with its photos, and with nobody else's", async () => {
    const app = await openApp("volunteer");
    const [one, other] = [await draft(app), await draft(app)];
    await withPhoto(app, one, "aa");
    await withPhoto(app, other, "aa");
    await app.discardReport(one);
    expect(app.reportById(one)).toBeNull();
    expect(await keysOf(app, "reports")).toEqual([other]);
    expect(await keysOf(app, "photos")).toEqual([`${other}/aa`]);
  });

  test("that is gone is not changed any more", async () => {
    const app = await openApp("volunteer");
    const id = await draft(app);
    await app.discardReport(id);
    await app.changeReport(id, { text: "还在写" });
    expect(app.reports.value).toEqual([]);
  });
});

describe("the reports", () => {
  test("stand with the newest first", async () => {
    const app = await openApp("volunteer");
    for (const text of ["一", "二", "三", "四", "五", "六"]) {
      await draft(app, text);
      await passes(1_000);
    }
    expect(texts(app)).toEqual(["六", "五", "四", "三", "二", "一"]);
    expect(texts(await openApp("volunteer"))).toEqual(texts(app));
  });

  test("of one person are not shown to the next on the same phone", async () => {
    await draft(await openApp("volunteer"), "我的");
    const app = await openApp("grid_worker");
    expect(texts(app)).toEqual([]);
    await draft(app, "别人的");
    expect(texts(await openApp("volunteer"))).toEqual(["我的"]);
  });

  test("are the same in two tabs", async () => {
    const app = await openApp("volunteer");
    const other = await openApp("volunteer");
    const id = await draft(app, "在这一页写的");
    await settle();
    expect(texts(other)).toEqual(["在这一页写的"]);
    await other.discardReport(id);
    await settle();
    expect(texts(app)).toEqual([]);
  });

  test("that were sent stay for seven days, and drafts for as long as it takes", async () => {
    const app = await openApp("volunteer");
    const [sent, started] = [await draft(app, "已送达"), await draft(app, "草稿")];
    await app.submit(sent);
    await settle();
    vi.setSystemTime(NOW + 7 * DAY_MS - 1000);
    expect(texts(await openApp("volunteer")).sort()).toEqual(["已送达", "草稿"].sort());
    vi.setSystemTime(NOW + 7 * DAY_MS + 1000);
    expect((await openApp("volunteer")).reports.value.map(({ id }) => id)).toEqual([started]);
  });

  test("that wait or were refused are never swept away", async () => {
    const app = await openApp("volunteer");
    const [waiting, refused] = [await draft(app, "待发送"), await draft(app, "被拒绝")];
    theLine().refuse("PUT", new RegExp(refused), 422, "不收");
    await app.submit(refused);
    await settle();
    theLine().state = "down";
    await app.submit(waiting);
    await settle();
    vi.setSystemTime(NOW + 30 * DAY_MS);
    expect(texts(await openApp("volunteer")).sort()).toEqual(["待发送", "被拒绝"].sort());
  });
});

test("a report that is begun while somebody else signs in is theirs who is signed in", async () => {
  const app = await openApp("volunteer");
  await app.signIn("grid_worker", "secret");
  const { id } = await app.beginReport();
  await app.changeReport(id, { text: "我写的" });
  expect(app.reportById(id)).toMatchObject({ person: "grid_worker", text: "我写的" });
});

describe("a form that was opened and left", () => {
  test("is there when the page comes back from the camera, and a second tab does not take it away", async () => {
    const app = await openApp("volunteer");
    const { id } = await app.beginReport();
    const again = await openApp("volunteer");
    await settle();
    expect([again.reportById(id)?.id, app.reportById(id)?.id]).toEqual([id, id]);
  });

  test("goes after a day in which nobody wrote anything", async () => {
    await (await openApp("volunteer")).beginReport();
    vi.setSystemTime(NOW + DAY_MS + 1000);
    expect((await openApp("volunteer")).reports.value).toEqual([]);
  });
});

describe("two tabs with one report", () => {
  test("write beside each other: what one filled in the other does not empty", async () => {
    const app = await openApp("volunteer");
    const id = await draft(app, "在第一页写的");
    const other = await openApp("volunteer");
    await Promise.all([app.changeReport(id, { text: "第一页，又写了几句" }), other.changeReport(id, { category: "E0113" })]);
    await settle();
    const both = { text: "第一页，又写了几句", category: "E0113" };
    expect([app.reportById(id), other.reportById(id)]).toEqual([expect.objectContaining(both), expect.objectContaining(both)]);
  });

  test("add their photos beside each other", async () => {
    const app = await openApp("volunteer");
    const id = await draft(app);
    const other = await openApp("volunteer");
    await Promise.all([withPhoto(app, id, "aa"), withPhoto(other, id, "bb")]);
    await settle();
    expect(app.reportById(id)?.photos.map(({ sha256 }) => sha256).sort()).toEqual(["aa", "bb"]);
  });

  test("what is typed stays typed while the other tab's news come in", async () => {
    const app = await openApp("volunteer");
    const id = await draft(app, "坑");
    const other = await openApp("volunteer");
    const typing = ["坑在", "坑在路", "坑在路口"].map((text) => app.changeReport(id, { text }));
    await other.changeReport(id, { category: "E0113" });
    expect(app.reportById(id)?.text).toBe("坑在路口");
    await Promise.all(typing);
    await settle();
    expect(other.reportById(id)?.text).toBe("坑在路口");
  });

  test("what could not be saved stays on the screen while the other tab's news come in, and is saved with the next change", async () => {
    const app = await openApp("volunteer");
    const id = await draft(app, "坑");
    const other = await openApp("volunteer");
    const makeRoom = fillUp();
    await app.changeReport(id, { text: "坑在路口" });
    makeRoom();
    await other.changeReport(id, { category: "E0113" });
    await settle();
    expect(app.reportById(id)).toMatchObject({ text: "坑在路口", category: "E0113" });
    await app.changeReport(id, { landmark: "3 栋门口" });
    await settle();
    expect(other.reportById(id)).toMatchObject({ text: "坑在路口", category: "E0113", landmark: "3 栋门口" });
  });

  test("one that was sent in the other tab is not made a draft again", async () => {
    const app = await openApp("volunteer");
    const id = await draft(app);
    const other = await openApp("volunteer");
    await app.submit(id);
    await settle();
    await Promise.all([other.changeReport(id, { text: "还在写" }), other.submit(id)]);
    await settle();
    expect((await openApp("volunteer")).reportById(id)?.state).toBe("sent");
  });

  test("one that was thrown away in the other tab does not come back", async () => {
    const app = await openApp("volunteer");
    const id = await draft(app);
    const other = await openApp("volunteer");
    await Promise.all([app.discardReport(id), other.changeReport(id, { text: "还在写" })]);
    await settle();
    expect(await keysOf(app, "reports")).toEqual([]);
  });
});

describe("photos that did not arrive", () => {
  test("keep their report on the phone until the person has seen which", async () => {
    const app = await openApp("volunteer");
    const id = await draft(app, "有照片");
    await withPhoto(app, id, "aa");
    theLine().refuse("PUT", /photos/, 413, "照片太大");
    await app.submit(id);
    await settle();
    vi.setSystemTime(NOW + 30 * DAY_MS);
    expect((await openApp("volunteer")).reportById(id)?.state).toBe("sent");
    const again = await openApp("volunteer");
    await again.changeReport(id, { losses_read: true });
    vi.setSystemTime(NOW + 60 * DAY_MS);
    expect((await openApp("volunteer")).reports.value).toEqual([]);
  });
});

describe("photos", () => {
  test("that are added twice are there once", async () => {
    const app = await openApp("volunteer");
    const id = await draft(app);
    await withPhoto(app, id, "aa");
    await withPhoto(app, id, "aa");
    await withPhoto(app, id, "bb");
    expect(app.reportById(id)?.photos.map(({ sha256 }) => sha256)).toEqual(["aa", "bb"]);
  });

  test("for a report that is gone meanwhile do not bring it back", async () => {
    const app = await openApp("volunteer");
    const id = await draft(app);
    await app.discardReport(id);
    await withPhoto(app, id, "aa");
    expect(app.reports.value).toEqual([]);
  });
});

describe("a phone that is full", () => {
  test("says that nothing is saved, and keeps the words on the screen", async () => {
    const app = await openApp("volunteer");
    const id = await draft(app, "前半句");
    fillUp();
    await app.changeReport(id, { text: "前半句，后半句" });
    expect(app.saved.value).toBe("failed");
    expect(app.reportById(id)?.text).toBe("前半句，后半句");
  });

  test("shows no photo as kept that is not", async () => {
    const app = await openApp("volunteer");
    const id = await draft(app);
    fillUp();
    await expect(withPhoto(app, id, "aa")).rejects.toThrow();
    expect(app.reportById(id)?.photos).toEqual([]);
  });

  test("saves again once there is room", async () => {
    const app = await openApp("volunteer");
    const id = await draft(app);
    const makeRoom = fillUp();
    await app.changeReport(id, { text: "没有存下" });
    makeRoom();
    await app.changeReport(id, { text: "存下了" });
    expect(app.saved.value).toBe("saved");
    expect((await openApp("volunteer")).reportById(id)?.text).toBe("存下了");
  });
});
