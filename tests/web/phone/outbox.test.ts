// A report reaches the server once, whatever happens to the network, the server, the app or the person.
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { FormCategory, Forms } from "../../../static/src/shared/shapes";
import { NOW, passes, settle } from "../time";
import { PORTAL, refusal } from "../line";
import { closeApps, fillUp, keysOf, newPhone, openApp, type Phone, photo, said, theLine, withLocks } from "./phone";
import { labelPair } from "../shapes";

newPhone();

async function written(app: Phone, text = "路面有个坑", photos: string[] = []): Promise<string> {
  const { id } = await app.beginReport();
  await app.changeReport(id, { text, category: "E0113", pin: { lon: 114.05, lat: 22.54, accuracy_m: 15 } });
  for (const sha256 of photos) {
    const { bytes, ...own } = photo(sha256);
    await app.addPhoto(id, { ...own, sent: false, refused: null }, bytes);
  }
  return id;
}

async function submitted(app: Phone, text?: string, photos?: string[]): Promise<string> {
  const id = await written(app, text, photos);
  await app.submit(id);
  await settle();
  return id;
}

const puts = (): number => theLine().sent("PUT").length;

describe("with a network", () => {
  test("a report goes out at once, words and photos, and its number is announced", async () => {
    const app = await openApp("volunteer");
    const id = await submitted(app, "路面有个坑", ["aa", "bb"]);
    expect(app.reportById(id)).toMatchObject({ state: "sent", trouble: null, receipt: { id } });
    expect(theLine().reports.get(id)).toMatchObject({ text: "路面有个坑", category: "E0113", photos: ["aa", "bb"] });
    expect([...theLine().photos]).toEqual(["aa", "bb"]);
    expect([app.sending.value, vi.getTimerCount()]).toEqual([null, 0]); // nothing is planned any more
    await passes(20);
    expect(said()).toBe(`已送达，编号 440304-20261123-${id}`);
  });

  test("photos that arrived are not kept on the phone", async () => {
    const app = await openApp("volunteer");
    await submitted(app, "坑在路口", ["aa"]);
    expect(await keysOf(app, "photos")).toEqual([]);
  });

  test("pressing three times makes one report", async () => {
    const app = await openApp("volunteer");
    const id = await written(app);
    await Promise.all([app.submit(id), app.submit(id), app.submit(id)]);
    await settle();
    await app.submit(id);
    await settle();
    expect(puts()).toBe(1);
  });

  test("while it is on its way that is known", async () => {
    const app = await openApp("volunteer");
    const id = await written(app);
    const release = theLine().hold();
    await app.submit(id);
    await settle();
    expect(app.sending.value).toBe(id);
    release();
    await settle();
    expect(app.sending.value).toBeNull();
  });

  test("what is no report is not sent", async () => {
    const app = await openApp("volunteer");
    await app.submit("nobody's");
    await settle();
    expect(puts()).toBe(0);
  });

  test("several go out one after the other, the oldest first", async () => {
    const app = await openApp("volunteer");
    theLine().state = "down";
    const first = await submitted(app, "第一件");
    await passes(1_000);
    const second = await submitted(app, "第二件");
    theLine().state = "up";
    await app.flush("now");
    expect([...theLine().reports.keys()]).toEqual([first, second]);
  });

  test("answers to questions that are no longer asked stay behind", async () => {
    const app = await openApp("volunteer");
    const id = await written(app);
    await app.changeReport(id, { answers: { urgency: "ordinary", depth: 30 } });
    app.playbook.forms.set(FORMS);
    await app.submit(id);
    await settle();
    expect(theLine().reports.get(id)).toMatchObject({ answers: { urgency: "ordinary" } });
  });
});

describe("without an answer", () => {
  test("a report is sent once although the answer was lost", async () => {
    const app = await openApp("volunteer");
    theLine().state = "mute";
    const id = await submitted(app);
    expect(app.reportById(id)).toMatchObject({ state: "waiting", trouble: { kind: "unreachable" } });
    theLine().state = "up";
    await passes(5_000);
    expect(app.reportById(id)).toMatchObject({ state: "sent", receipt: { id } });
    expect(puts()).toBe(2);
    expect(theLine().reports.size).toBe(1);
  });

  test("it is tried again later each time, by itself", async () => {
    const app = await openApp("volunteer");
    theLine().state = "down";
    await submitted(app);
    await passes(4_900);
    expect(puts()).toBe(1);
    await passes(100);
    expect(puts()).toBe(2);
    await passes(14_900);
    expect(puts()).toBe(2);
    await passes(100);
    expect(puts()).toBe(3);
  });

  test("pressing again for one that waits changes nothing of its plan", async () => {
    const app = await openApp("volunteer");
    theLine().state = "down";
    const id = await submitted(app);
    const before = app.reportById(id);
    await app.submit(id);
    await settle();
    expect(app.reportById(id)).toEqual(before);
  });

  test("two presses at once send once", async () => {
    const app = await openApp("volunteer");
    theLine().state = "down";
    await submitted(app);
    theLine().went.length = 0;
    await Promise.all([app.flush("now"), app.flush("now")]);
    expect(puts()).toBe(1);
  });

  test("the second in line is not tried where the first met silence", async () => {
    const app = await openApp("volunteer");
    theLine().state = "down";
    await submitted(app, "第一件");
    await submitted(app, "第二件");
    theLine().went.length = 0;
    await app.flush("now");
    expect(puts()).toBe(1);
  });

  test("once the network is back it goes out at once", async () => {
    const app = await openApp("volunteer");
    theLine().state = "down";
    const id = await submitted(app);
    theLine().state = "up";
    dispatchEvent(new Event("online"));
    await settle();
    expect(app.reportById(id)?.state).toBe("sent");
  });

  test("the app was closed meanwhile: it goes out when the app is opened again", async () => {
    const before = await openApp("volunteer");
    theLine().state = "down";
    const id = await submitted(before, "关了再开", ["aa"]);
    closeApps();
    await passes(60_000);
    theLine().state = "up";
    const app = await openApp("volunteer");
    expect(app.reportById(id)?.state).toBe("sent");
    expect([...theLine().photos]).toEqual(["aa"]);
  });

  test("the app comes back to the front: what is due goes out, while it is hidden nothing does", async () => {
    const app = await openApp("volunteer");
    theLine().state = "down";
    const id = await submitted(app);
    await app.changeReport(id, { next_try: null });
    theLine().state = "up";
    show(false);
    await settle();
    expect(app.reportById(id)?.state).toBe("waiting");
    show(true);
    await settle();
    expect(app.reportById(id)?.state).toBe("sent");
  });

  test("cut after the words: only the photo that is missing goes out again", async () => {
    const app = await openApp("volunteer");
    theLine().answer("PUT", /photos\/bb/, { status: 502 }, 1);
    const id = await submitted(app, "断在半路", ["aa", "bb"]);
    expect(app.reportById(id)).toMatchObject({ state: "waiting", receipt: { id }, photos: [{ sent: true }, { sent: false }] });
    theLine().went.length = 0;
    await passes(5_000);
    expect(app.reportById(id)?.state).toBe("sent");
    expect(theLine().sent("PUT").filter((path) => path.includes("photos"))).toEqual([`/api/v1/alerts/${id}/photos/bb`]);
  });
});

describe("a server that is busy", () => {
  const busy = { status: 503, headers: { "Retry-After": "40" } };

  test("is not asked before the time that it named", async () => {
    const app = await openApp("volunteer");
    theLine().answer("PUT", /alerts/, busy, 1);
    const id = await submitted(app);
    expect(app.reportById(id)).toMatchObject({ state: "waiting", trouble: { kind: "busy" } });
    await passes(39_900);
    expect(puts()).toBe(1);
    await passes(100);
    expect(app.reportById(id)?.state).toBe("sent");
  });

  test("is asked at once when the person presses", async () => {
    const app = await openApp("volunteer");
    theLine().answer("PUT", /alerts/, busy, 1);
    const id = await submitted(app);
    await app.flush("now");
    expect(app.reportById(id)?.state).toBe("sent");
  });

  test("is left alone when only the network comes back", async () => {
    const app = await openApp("volunteer");
    theLine().answer("PUT", /alerts/, busy, 1);
    await submitted(app);
    dispatchEvent(new Event("online"));
    await settle();
    expect(puts()).toBe(1);
  });
});

describe("a session that ran out", () => {
  test("keeps the report, asks to sign in, and then sends it without retyping", async () => {
    const app = await openApp("volunteer");
    theLine().person = null;
    const id = await submitted(app);
    expect(app.reportById(id)).toMatchObject({ state: "waiting", next_try: null, trouble: { kind: "signed_out" } });
    expect(app.signedOut.value).toBe(true);
    await passes(600_000);
    expect(puts()).toBe(1);
    await app.signIn("volunteer", "secret");
    await settle();
    expect(app.signedOut.value).toBe(false);
    expect(app.reportById(id)?.state).toBe("sent");
    expect(theLine().reports.get(id)).toMatchObject({ text: "路面有个坑" });
  });

  test("between words and photo keeps the photo, and sends it afterwards", async () => {
    const app = await openApp("volunteer");
    theLine().answer("PUT", /photos/, refusal(401, "not_signed_in"), 1);
    const id = await submitted(app, "照片还没传", ["aa"]);
    expect(app.reportById(id)).toMatchObject({ state: "waiting", photos: [{ sent: false, refused: null }] });
    await app.signIn("volunteer", "secret");
    await settle();
    expect([app.reportById(id)?.state, theLine().photos.size]).toEqual(["sent", 1]);
  });

  test("sends nothing while it is over, however hard somebody presses", async () => {
    const app = await openApp("volunteer");
    theLine().person = null;
    await submitted(app);
    const before = puts();
    await app.flush("now");
    dispatchEvent(new Event("online"));
    await settle();
    expect(puts()).toBe(before);
  });

  test("nobody is signed in: nothing is sent", async () => {
    document.cookie = "shaodao_here=1; expires=Thu, 01 Jan 1970 00:00:00 GMT";
    const app = await openApp();
    await app.flush("now");
    expect(theLine().went).toEqual([]);
  });
});

describe("a refusal", () => {
  const faults = [{ field: "text", code: "too_short", detail: "请写清楚些" }];

  test("is kept with its reason, and is not sent again by itself", async () => {
    const app = await openApp("volunteer");
    theLine().refuse("PUT", /alerts/, 422, "没有写清楚", { faults });
    const id = await submitted(app, "坑。");
    expect(app.reportById(id)).toMatchObject({ state: "refused", next_try: null, trouble: { kind: "refused", detail: "没有写清楚", faults } });
    await passes(20);
    expect(said()).toBe("没有收下，请看原因");
    await passes(600_000);
    expect(puts()).toBe(1);
  });

  test("can be mended and sent again: one report results", async () => {
    const app = await openApp("volunteer");
    theLine().refuse("PUT", /alerts/, 422, "没有写清楚");
    const id = await submitted(app, "坑。");
    theLine().relent();
    await app.changeReport(id, { text: "路口的坑，半米宽" });
    await app.submit(id);
    await settle();
    expect(app.reportById(id)).toMatchObject({ state: "sent", trouble: null });
    expect([...theLine().reports.values()]).toEqual([expect.objectContaining({ text: "路口的坑，半米宽" })]);
  });

  test("of one report does not hold up the next one", async () => {
    const app = await openApp("volunteer");
    theLine().state = "down";
    const first = await submitted(app, "第一件");
    const second = await submitted(app, "第二件");
    theLine().state = "up";
    theLine().refuse("PUT", new RegExp(first), 422, "不收");
    await app.flush("now");
    expect([app.reportById(first)?.state, app.reportById(second)?.state]).toEqual(["refused", "sent"]);
  });

  test("of a photo leaves the words sent, and the photo on the phone", async () => {
    const app = await openApp("volunteer");
    theLine().refuse("PUT", /photos\/aa/, 413, "照片太大");
    const id = await submitted(app, "有两张照片", ["aa", "bb"]);
    expect(app.reportById(id)).toMatchObject({
      state: "sent",
      photos: [{ sha256: "aa", sent: false, refused: "照片太大" }, { sha256: "bb", sent: true, refused: null }],
    });
    expect(theLine().reports.get(id)).toMatchObject({ text: "有两张照片" });
    expect(await keysOf(app, "photos")).toHaveLength(2);
  });

  test("a photo that is not on the phone any more is told, and the words are sent", async () => {
    const app = await openApp("volunteer");
    const id = await written(app, "照片丢了", ["aa"]);
    await app.database.dropPhotos(id);
    await app.submit(id);
    await settle();
    expect(app.reportById(id)).toMatchObject({ state: "sent", photos: [{ sent: false, refused: "照片在手机里找不到了。" }] });
  });
});

describe("somebody between who answers instead of the server", () => {
  test.each([
    ["200 and a page", { status: 200, body: PORTAL }],
    ["200 and JSON of its own", { status: 200, body: { ok: true } }],
    ["a receipt for another report", { status: 201, body: { id: "other", number: "440304-20261123-00001-K" } }],
    ["a receipt without a number", { status: 201, body: { id: "ID" } }],
    ["a redirect", { status: 302 }],
    ["403 and a page", { status: 403, body: PORTAL }],
    ["404 and a page", { status: 404, body: PORTAL }],
    ["405 and a page", { status: 405, body: PORTAL }],
    ["413 and a page", { status: 413, body: PORTAL }],
    ["401 and a page", { status: 401, body: PORTAL }],
  ])("with %s neither takes a report nor refuses it: it waits and goes out later", async (_, answer) => {
    const app = await openApp("volunteer");
    theLine().answer("PUT", /alerts/, answer);
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

describe("two tabs", () => {
  test("one of them sends, the other sees that it is sent", async () => {
    withLocks();
    const app = await openApp("volunteer");
    const other = await openApp("volunteer");
    theLine().state = "down";
    const id = await submitted(app);
    theLine().state = "up";
    theLine().went.length = 0;
    dispatchEvent(new Event("online"));
    await settle();
    expect(puts()).toBe(1);
    expect(other.reportById(id)?.state).toBe("sent");
  });

  test("the one that sends is closed in the middle: the other goes on when its time comes", async () => {
    const held = withLocks();
    const app = await openApp("volunteer");
    theLine().state = "down";
    const id = await submitted(app);
    theLine().state = "up";
    held.add("shaodao-outbox");
    await passes(5_000);
    expect(app.reportById(id)?.state).toBe("waiting");
    held.clear();
    await passes(250);
    expect(app.reportById(id)?.state).toBe("sent");
  });

  test("without locks both may send: the server still has one report", async () => {
    const app = await openApp("volunteer");
    await openApp("volunteer");
    theLine().state = "down";
    await submitted(app);
    theLine().state = "up";
    dispatchEvent(new Event("online"));
    await settle();
    expect(theLine().reports.size).toBe(1);
  });
});

function show(visible: boolean): void {
  Object.defineProperty(document, "hidden", { configurable: true, value: !visible });
  document.dispatchEvent(new Event("visibilitychange"));
}

const FORMS = {
  version: "1", emergency: [], groups: {}, units: {},
  categories: [{
    code: "E0113", label: labelPair("道路破损"), parents: [], family: "incident", icon: "pothole", life_safety: false, household: false, common: true,
    photos: { min: 0 },
    fields: [
      { name: "urgency", kind: "choice", label: labelPair("情况"), required: true, choices: [], shown_when: null },
      { name: "depth", kind: "number", label: labelPair("多深"), required: true, choices: [], shown_when: { urgency: ["danger"] } },
    ],
  } satisfies FormCategory],
} satisfies Forms;
