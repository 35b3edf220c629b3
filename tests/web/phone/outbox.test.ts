// A report reaches the server once, whatever happens to the network, the server, the app or the person.
import { describe, expect, test, vi } from "vitest";
import type { FormCategory, Forms } from "../../../static/src/shared/shapes";
import { passes, settle } from "../time";
import { refusal } from "../line";
import { closeApps, keysOf, newPhone, openApp, said, theLine, withLocks } from "./phone";
import { submitted, written } from "./reporting";
import { labelPair, NO_DANGER, NO_WORDS } from "../shapes";

newPhone();

const DAY_MS = 24 * 3600_000;
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

  test("photos that arrived stay for seven days, for a server that loses them", async () => {
    const app = await openApp("volunteer");
    theLine().state = "down";
    const id = await submitted(app, "坑在路口", ["aa"]);
    await passes(3 * DAY_MS);
    theLine().state = "up";
    await app.flush("now");
    const delivered = Date.now();
    expect(app.reportById(id)).toMatchObject({ state: "sent", delivered_at: delivered });
    vi.setSystemTime(delivered + 7 * DAY_MS);
    expect(await keysOf(await openApp("volunteer"), "photos")).toEqual([`${id}/aa`]);
    vi.setSystemTime(delivered + 7 * DAY_MS + 1);
    const later = await openApp("volunteer");
    expect([await keysOf(later, "photos"), await keysOf(later, "reports")]).toEqual([[], []]);
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
  version: "1", ...NO_DANGER, groups: {}, units: {}, about: [],
  categories: [{
    code: "E0113", label: labelPair("道路破损"), parents: [], family: "incident", icon: "pothole", life_safety: false, household: false, ...NO_WORDS, common: true,
    photos: { min: 0 },
    fields: [
      { name: "urgency", kind: "choice", label: labelPair("情况"), required: true, choices: [], shown_when: null },
      { name: "depth", kind: "number", label: labelPair("多深"), required: true, choices: [], shown_when: { urgency: ["danger"] } },
    ],
  } satisfies FormCategory],
} satisfies Forms;
