// Each report has its own turn, its own end and its own time, whoever answers instead of the server.
import { beforeEach, describe, expect, test } from "vitest";
import { PORTAL } from "../line";
import { NOW, passes, settle } from "../time";
import { fillUp, keysOf, newPhone, openApp, said, theLine } from "./phone";
import { submitted, written } from "./reporting";

newPhone();

describe("somebody between who answers instead of the server", () => {
  test.each([
    ["200 and a page", { status: 200, body: PORTAL }],
    ["200 and JSON of its own", { status: 200, body: { ok: true } }],
    ["a receipt for another report", { status: 201, body: { id: "other", number: "440304-20261123-00001-K" } }],
    ["a receipt without a number", { status: 201, body: { id: "other" } }],
    ["a redirect", { status: 302 }],
    ["403 and a page", { status: 403, body: PORTAL }],
    ["404 and a page", { status: 404, body: PORTAL }],
    ["405 and a page", { status: 405, body: PORTAL }],
    ["413 and a page", { status: 413, body: PORTAL }],
    ["401 and a page", { status: 401, body: PORTAL }],
  ])("with %s neither takes a report nor refuses it: it waits and goes out later", async (_, answer) => {
    const app = await openApp("volunteer");
    theLine().answer("PUT", /alerts\/[^/]+$/, answer);
    const id = await submitted(app, "路面有个坑", ["aa"]);
    expect([app.reportById(id)?.state, app.signedOut.value]).toEqual(["waiting", false]);
    theLine().relent();
    await passes(5_000);
    expect([app.reportById(id)?.state, theLine().kept.get(id)?.photos.size]).toEqual(["sent", 1]);
  });

  test.each([
    ["200 and a page", { status: 200, body: PORTAL }],
    ["200 and JSON of its own", { status: 200, body: {} }],
    ["413 and a page", { status: 413, body: PORTAL }],
  ])("with %s for a photo keeps it on the phone", async (_, answer) => {
    const app = await openApp("volunteer");
    theLine().answer("PUT", /photos/, answer);
    const id = await submitted(app, "路面有个坑", ["aa"]);
    expect(app.reportById(id)).toMatchObject({ state: "waiting", receipt: { id }, photos: [{ sent: false, refused: null }] });
    expect(await keysOf(app, "photos")).toHaveLength(1);
    theLine().relent();
    await passes(5_000);
    expect([app.reportById(id)?.state, theLine().kept.get(id)?.photos.size]).toEqual(["sent", 1]);
  });
});

describe("its own turn", () => {
  test("one that fails each time keeps nobody else from being sent", async () => {
    const app = await openApp("volunteer");
    theLine().state = "down";
    const [bad, good] = [await submitted(app, "第一件"), await submitted(app, "第二件")];
    theLine().state = "up";
    theLine().refuse("PUT", new RegExp(bad), 500);
    await app.flush("now");
    expect([app.reportById(bad)?.state, app.reportById(good)?.state]).toEqual(["waiting", "sent"]);
  });

  test("what is submitted while another is under way goes out in the same round", async () => {
    const app = await openApp("volunteer");
    const release = theLine().hold();
    const first = await submitted(app, "第一件");
    theLine().refuse("PUT", new RegExp(first), 500);
    const second = await submitted(app, "第二件");
    release();
    await settle();
    expect([app.reportById(first)?.state, app.reportById(second)?.state]).toEqual(["waiting", "sent"]);
  });

  test("whoever met silence stands behind the others in the next round", async () => {
    const app = await openApp("volunteer");
    const [slow, other] = [await written(app, "大照片", ["aa"]), await written(app, "第二件")];
    theLine().state = "down";
    await app.submit(slow);
    await settle();
    await app.submit(other);
    await settle();
    theLine().state = "up";
    theLine().answer("PUT", new RegExp(slow), { status: 302 });
    await app.flush("now");
    await app.flush("now");
    expect(app.reportById(other)?.state).toBe("sent");
  });

  test("a photo that fails keeps neither the next photo nor the next report", async () => {
    const app = await openApp("volunteer");
    theLine().answer("PUT", /photos\/aa/, { status: 500 });
    const id = await submitted(app, "两张", ["aa", "bb"]);
    expect([...(theLine().kept.get(id)?.photos ?? [])]).toEqual(["bb"]);
    expect(app.reportById(id)).toMatchObject({ state: "waiting", photos: [{ sent: false }, { sent: true }] });
  });

  test("one that another person wrote is not sent by whoever is signed in", async () => {
    const app = await openApp("volunteer");
    theLine().state = "down";
    const id = await submitted(app);
    theLine().state = "up";
    await app.signIn("grid_worker", "secret");
    await app.flush("now");
    expect(theLine().kept.size).toBe(0);
    await app.openReports("volunteer");
    await app.signIn("volunteer", "secret");
    await passes(5_000);
    expect(theLine().kept.get(id)?.person).toBe("volunteer");
  });

  test("comes as soon as the server answers anything again", async () => {
    const app = await openApp("volunteer");
    theLine().state = "down";
    const id = await submitted(app);
    for (let i = 0; i < 6; i += 1) await app.flush("now");
    theLine().state = "up";
    theLine().answers.set("/api/v1/tasks", { tasks: [] });
    await app.server.ask("/api/v1/tasks");
    await settle();
    expect(app.reportById(id)?.state).toBe("sent");
  });
});

describe("what is said", () => {
  test("a report is on disk before it counts as waiting, and before anything is said", async () => {
    const app = await openApp("volunteer");
    const id = await written(app);
    theLine().state = "down";
    const submitting = app.submit(id);
    expect([app.reportById(id)?.state, app.saved.value]).toEqual(["draft", "saving"]);
    await submitting;
    expect((await (await app.database.db()).get("reports", id))?.state).toBe("waiting");
    expect([app.reportById(id)?.state, app.isKept(id)]).toEqual(["waiting", true]);
  });

  test("on a full phone without a network is that it is not saved", async () => {
    const app = await openApp("volunteer");
    const id = await written(app);
    theLine().state = "down";
    const makeRoom = fillUp();
    await app.submit(id);
    await passes(20);
    expect([app.reportById(id)?.state, app.isKept(id)]).toEqual(["waiting", false]);
    expect(said()).toMatch(/^手机存满了/);
    theLine().state = "up";
    await passes(5_000);
    expect(theLine().reports.has(id)).toBe(true); // from memory, as long as the page is open
    makeRoom();
  });

  test("once, and not again at each try", async () => {
    const app = await openApp("volunteer");
    theLine().state = "down";
    await submitted(app);
    await passes(20);
    expect(said()).toBe("已保存到本机，会自动再发");
    (document.getElementById("said") as HTMLElement).textContent = "";
    await passes(60_000);
    expect(said()).toBe("");
  });

  test("of a photo that was refused in the background, that it is missing", async () => {
    const app = await openApp("volunteer");
    theLine().refuse("PUT", /photos\/aa/, 413, "照片太大");
    await submitted(app, "有两张照片", ["aa", "bb"]);
    await passes(20);
    expect(said()).toMatch(/有照片没传上/);
  });
});

describe("the times of a report", () => {
  beforeEach(() => localStorage.setItem("shaodao.skew", String(-60_000)));

  test("go along: when it was seen, by the server's clock, and what the phone's own clock said", async () => {
    const app = await openApp("volunteer");
    const id = await written(app);
    await passes(2 * 3600_000);
    await app.submit(id);
    await settle();
    expect(theLine().reports.get(id)).toMatchObject({
      occurred_at: new Date(NOW - 60_000).toISOString(),
      device_at: new Date(NOW + 2 * 3600_000).toISOString(),
    });
  });

  test("are the same at each try", async () => {
    const app = await openApp("volunteer");
    theLine().state = "mute";
    const id = await submitted(app);
    theLine().state = "up";
    await passes(600_000);
    expect([app.reportById(id)?.state, theLine().reports.size]).toEqual(["sent", 1]);
  });

  test("refuse nobody whose clock is fast: the report goes without", async () => {
    const app = await openApp("volunteer");
    const faults = [{ field: "occurred_at", code: "in_the_future", detail: "时间在将来" }];
    theLine().refuse("PUT", /alerts/, 422, "没有写清楚", { faults });
    const id = await submitted(app);
    expect(app.reportById(id)).toMatchObject({ state: "waiting", occurred_at: null });
    theLine().relent();
    await passes(1_000);
    expect(app.reportById(id)?.state).toBe("sent");
    expect(theLine().reports.get(id)).not.toHaveProperty("occurred_at");
  });

  test("and the landmark, where somebody wrote one", async () => {
    const app = await openApp("volunteer");
    const id = await written(app);
    await app.changeReport(id, { landmark: " 3 栋门口 " });
    await app.submit(id);
    await settle();
    expect(theLine().reports.get(id)).toMatchObject({ landmark: "3 栋门口" });
  });
});
