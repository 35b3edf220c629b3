// A handler's steps: taken at once where there is a network, else kept, and sent once and in order.
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { QueuedStep } from "../../../mobile_pwa/src/core/rows";
import { NOW, passes, settle } from "../time";
import { alert, arrived, filled, kept, NOTE, take, waiting } from "./handling";
import { closeApps, keysOf, newPhone, openApp, type Phone, said, theLine, withLocks } from "./phone";

newPhone();

describe("with a network", () => {
  test("a step is taken at once, after its photos, and nothing of it stays on the phone", async () => {
    const app = await openApp("handler");
    expect(await take(app, "submit", "已回填", { photos: ["aa"] })).toMatchObject({ step: "submit" });
    expect(theLine().went.slice(-2).map(({ method, path }) => `${method} ${path}`)).toEqual([
      "PUT /api/v1/alerts/A/photos/aa", "POST /api/v1/alerts/A/steps",
    ]);
    expect([...theLine().steps.values()]).toEqual([expect.objectContaining({ step: "submit", version: 4, note: "已回填", photos: ["aa"] })]);
    expect([await keysOf(app, "queue"), await keysOf(app, "steps"), await keysOf(app, "photos")]).toEqual([[], [], []]);
  });

  test("what the server refuses is told at once, and what was filled in stays", async () => {
    const app = await openApp("handler");
    theLine().refuse("POST", /steps/, 409, "别人已经办了");
    await expect(take(app, "submit", "已回填", { photos: ["aa"] })).rejects.toMatchObject({ status: 409, detail: "别人已经办了" });
    expect(app.queue.value).toEqual([]);
    expect((await app.openDraft("A", "submit")).values).toEqual({ note: "已回填", photos: ["aa"] });
    expect(await keysOf(app, "photos")).toHaveLength(1);
  });

  test("a session that ran out is told at once, and nothing is queued", async () => {
    const app = await openApp("handler");
    theLine().person = null;
    await expect(take(app, "note", "到了")).rejects.toMatchObject({ status: 401 });
    expect(app.queue.value).toEqual([]);
    expect((await app.openDraft("A", "note")).values).toEqual({ note: "到了" });
  });

  test("a server that is busy gets it later, not before the time that it named", async () => {
    const app = await openApp("handler");
    theLine().answer("POST", /steps/, { status: 503, headers: { "Retry-After": "40" } }, 2);
    expect(await take(app, "note", "到了")).toBe("kept");
    await passes(5_000); // the first try of the queue is answered with the wait, too
    await passes(39_000);
    expect(arrived()).toEqual([]);
    await passes(1_000);
    expect(arrived()).toEqual(["到了"]);
  });
});

describe("without a network", () => {
  test("a step is kept with its photos and the name of its alert, and the form is empty again", async () => {
    const app = await openApp("handler");
    theLine().state = "down";
    expect(await take(app, "submit", "已回填", { photos: ["aa"] })).toBe("kept");
    expect(app.queue.value).toEqual([expect.objectContaining({
      person: "handler", alert: "A", title: "道路破损", step: "submit", version: 4, after: null,
      values: { note: "已回填", photos: ["aa"] }, photos: ["aa"], state: "waiting", made_at: NOW,
    })]);
    expect(await keysOf(app, "photos")).toHaveLength(1);
    expect((await app.openDraft("A", "submit")).values).toEqual({});
  });

  test("it is still there when the app is opened again, for this person alone", async () => {
    await kept(await openApp("handler"), ["note", "到了"]);
    closeApps();
    theLine().state = "down";
    expect(waiting(await openApp())).toEqual(["note waiting"]);
    closeApps();
    theLine().state = "up";
    expect(waiting(await openApp("volunteer"))).toEqual([]);
  });

  test("the next step of the same alert follows the one before, another alert stands for itself", async () => {
    const [arrive, submit, other] = await kept(await openApp("handler"), ["arrive", "到了"], ["submit", "好了"], ["note", "另一件", alert("B", 9)]);
    expect(submit?.after).toBe(arrive?.client_id);
    expect(other).toMatchObject({ after: null, version: 9 });
  });

  test("they go out in order once the network is back, by themselves", async () => {
    const app = await openApp("handler");
    const [first] = await kept(app, ["arrive", "到了"], ["submit", "好了"], ["note", "另一件", alert("B")]);
    dispatchEvent(new Event("online"));
    await settle();
    expect(arrived()).toEqual(["到了", "好了", "另一件"]);
    const [arrive, submit] = [...theLine().steps.values()];
    expect(arrive).toMatchObject({ version: 4 });
    expect(submit).toMatchObject({ after: first?.client_id });
    expect([waiting(app), await keysOf(app, "queue"), app.delivered.value]).toEqual([[], [], 3]);
    expect(vi.getTimerCount()).toBe(0); // nothing is planned any more
    await passes(20);
    expect(said()).toMatch(/^已完成：/);
  });

  test("without the browser's word they go out when their time comes", async () => {
    const app = await openApp("handler");
    await kept(app, ["note", "到了"]);
    await passes(5_000);
    expect(arrived()).toEqual(["到了"]);
  });

  test("the first silence ends the round: the second is not tried", async () => {
    const app = await openApp("handler");
    await kept(app, ["note", "第一步"], ["note", "另一件", alert("B")]);
    theLine().state = "down";
    await app.flushSteps("now");
    expect(theLine().sent("POST")).toHaveLength(1);
    expect(app.queue.value[0]).toMatchObject({ tries: 1, trouble: { kind: "unreachable" }, next_try: Date.now() + 5_000 });
  });

  test("two presses at once send once", async () => {
    const app = await openApp("handler");
    await kept(app, ["note", "到了"]);
    await Promise.all([app.flushSteps("now"), app.flushSteps("now")]);
    expect(theLine().sent("POST")).toHaveLength(1);
  });

  test("a step whose answer was lost is taken once", async () => {
    const app = await openApp("handler");
    theLine().state = "mute";
    expect(await take(app, "note", "到了")).toBe("kept");
    theLine().state = "up";
    await app.flushSteps("now");
    expect(theLine().sent("POST")).toHaveLength(2);
    expect(theLine().steps.size).toBe(1);
  });

  test("photos of a queued step go first; one that the phone lost holds nothing up", async () => {
    const app = await openApp("handler");
    theLine().state = "down";
    const draft = await filled(app, "submit", "已回填", { photos: ["aa"] });
    await app.takeStep({ ...draft, values: { ...draft.values, photos: ["aa", "lost"] } }, { ...NOTE, step: "submit" }, alert(), "道路破损");
    theLine().state = "up";
    await app.flushSteps("now");
    expect([...theLine().photos]).toEqual(["aa"]);
    expect(arrived()).toEqual(["已回填"]);
    expect(await keysOf(app, "photos")).toEqual([]);
  });

  test("a step that waits keeps back the next one of its alert, also when the network is there again", async () => {
    const app = await openApp("handler");
    await kept(app, ["arrive", "到了"]);
    expect(await take(app, "submit", "好了")).toBe("kept");
    expect(theLine().sent("POST")).toEqual([]);
  });
});

describe("the time of a step", () => {
  beforeEach(() => localStorage.setItem("shaodao.skew", "0"));

  test("on a phone that is fast is told by the server's clock", async () => {
    localStorage.setItem("shaodao.skew", String(-3600_000));
    const [step] = await kept(await openApp("handler"), ["note", "到了"]);
    expect(step?.device_at).toBe(new Date(NOW - 3600_000).toISOString());
  });

  test("on a phone that is slow is its own, never in the future", async () => {
    localStorage.setItem("shaodao.skew", String(3600_000));
    const [step] = await kept(await openApp("handler"), ["note", "到了"]);
    expect(step?.device_at).toBe(new Date(NOW).toISOString());
  });
});

describe("a step that is refused later", () => {
  async function refused(app: Phone, ...more: Parameters<typeof kept>[1][]): Promise<QueuedStep[]> {
    const steps = await kept(app, ["arrive", "太远"], ...more);
    theLine().refuse("POST", /A\/steps/, 422, "离现场太远");
    await app.flushSteps("now");
    return steps;
  }

  test("is told in the server's words and kept, the others of its alert wait, another alert's go out", async () => {
    const app = await openApp("handler");
    await refused(app, ["submit", "好了"], ["note", "另一件", alert("B")]);
    expect(waiting(app)).toEqual(["arrive refused", "submit waiting"]);
    expect(app.queue.value[0]).toMatchObject({ trouble: { kind: "refused", detail: "离现场太远" }, next_try: null });
    expect(arrived()).toEqual(["另一件"]);
    await passes(20);
    expect(theLine().sent("POST").filter((path) => path.includes("/A/"))).toHaveLength(1);
    await passes(600_000);
    expect(theLine().sent("POST").filter((path) => path.includes("/A/"))).toHaveLength(1);
  });

  test("is announced", async () => {
    const app = await openApp("handler");
    await refused(app);
    await passes(20);
    expect(said()).toBe("没有收下，请看原因");
  });

  test("because somebody else took it: whoever shows the alert asks again", async () => {
    const app = await openApp("handler");
    await kept(app, ["submit", "好了"]);
    theLine().refuse("POST", /steps/, 409, "已改派");
    await app.flushSteps("now");
    expect([waiting(app), app.delivered.value]).toEqual([["submit refused"], 1]);
  });

  test("goes back into its form with every word; sent again it keeps its place, and those behind it follow", async () => {
    const app = await openApp("handler");
    const [arrive] = await refused(app, ["submit", "好了"]);
    theLine().relent();
    await app.reopen(arrive!);
    const draft = await app.openDraft("A", "arrive");
    expect(draft).toMatchObject({ client_id: arrive?.client_id, values: { note: "太远" } });
    expect(await app.takeStep({ ...draft, values: { note: "地下室没有定位" } }, { ...NOTE, step: "arrive" }, alert(), "道路破损")).toMatchObject({ step: "arrive" });
    await settle();
    expect(arrived()).toEqual(["地下室没有定位", "好了"]);
    expect(waiting(app)).toEqual([]);
  });

  test("sent again without a network it stands before those that followed it", async () => {
    const app = await openApp("handler");
    const [arrive] = await refused(app, ["submit", "好了"]);
    theLine().state = "down";
    await app.reopen(arrive!);
    const draft = await app.openDraft("A", "arrive");
    expect(await app.takeStep(draft, { ...NOTE, step: "arrive" }, alert(), "道路破损")).toBe("kept");
    expect(app.queue.value).toMatchObject([{ step: "arrive", state: "waiting", made_at: arrive?.made_at, after: null }, { step: "submit", after: arrive?.client_id }]);
  });

  test("becomes a note where the step is not to be had any more: its words and its photos", async () => {
    const app = await openApp("handler");
    theLine().state = "down";
    await take(app, "submit", "已回填", { photos: ["aa"] });
    await app.reopen(app.queue.value[0]!, "note");
    expect(await app.openDraft("A", "note")).toMatchObject({ client_id: app.queue.value[0]?.client_id, values: { note: "已回填", photos: ["aa"] } });
  });

  test("without photos the note has none", async () => {
    const app = await openApp("handler");
    const [step] = await kept(app, ["submit", "已回填"]);
    await app.reopen(step!, "note");
    expect((await app.openDraft("A", "note")).values).toEqual({ note: "已回填" });
  });

  test("is discarded with its photos; what followed it follows what went before", async () => {
    const app = await openApp("handler");
    theLine().state = "down";
    await take(app, "arrive", "到了");
    await passes(10);
    await take(app, "note", "看了", { photos: ["aa"] });
    await passes(10);
    await take(app, "submit", "好了", { of: alert("A", 7) });
    const [arrive, note] = app.queue.value;
    await app.discardStep(note!);
    expect(waiting(app)).toEqual(["arrive waiting", "submit waiting"]);
    expect(app.queue.value[1]).toMatchObject({ after: arrive?.client_id });
    expect(await keysOf(app, "photos")).toEqual([]);
    await app.discardStep(arrive!);
    expect(app.queue.value).toMatchObject([{ step: "submit", after: null, version: 4 }]);
  });
});

describe("a session that ran out while steps wait", () => {
  test("keeps them, asks to sign in, and sends them afterwards", async () => {
    const app = await openApp("handler");
    await kept(app, ["note", "第一步"], ["note", "另一件", alert("B")]);
    theLine().person = null;
    await app.flushSteps("now");
    expect([app.signedOut.value, waiting(app), theLine().sent("POST").length]).toEqual([true, ["note waiting", "note waiting"], 1]);
    await app.flushSteps("now");
    expect(theLine().sent("POST")).toHaveLength(1);
    await app.signIn("handler", "secret");
    await settle();
    expect(arrived()).toEqual(["第一步", "另一件"]);
  });
});

describe("two tabs", () => {
  test("one of them sends, and both know", async () => {
    withLocks();
    const app = await openApp("handler");
    const other = await openApp("handler");
    await kept(app, ["note", "到了"]);
    await settle();
    expect(waiting(other)).toEqual(["note waiting"]);
    dispatchEvent(new Event("online"));
    await settle();
    expect(theLine().sent("POST")).toHaveLength(1);
    expect([waiting(app), waiting(other)]).toEqual([[], []]);
  });

  test("the one that sends is closed in the middle: the other goes on when its time comes", async () => {
    const held = withLocks();
    const app = await openApp("handler");
    await kept(app, ["note", "到了"]);
    held.add("shaodao-steps");
    await passes(5_000);
    expect(waiting(app)).toEqual(["note waiting"]);
    held.clear();
    await passes(5_000);
    expect(waiting(app)).toEqual([]);
  });
});

describe("the draft of a step", () => {
  test("has the same id as long as it is not taken", async () => {
    const app = await openApp("handler");
    const draft = await app.openDraft("A", "note");
    await app.keepDraft({ ...draft, values: { note: "写到一半" } });
    expect(await (await openApp("handler")).openDraft("A", "note")).toMatchObject({ client_id: draft.client_id, values: { note: "写到一半" } });
    expect((await app.openDraft("B", "note")).client_id).not.toBe(draft.client_id);
  });

  test("goes with its photos, or leaves them for the queue", async () => {
    const app = await openApp("handler");
    const draft = await filled(app, "note", "到了", { photos: ["aa"] });
    await app.dropDraft(draft, { keepPhotos: true });
    expect([await keysOf(app, "steps"), (await keysOf(app, "photos")).length]).toEqual([[], 1]);
    await app.dropDraft(draft);
    expect(await keysOf(app, "photos")).toEqual([]);
  });
});
