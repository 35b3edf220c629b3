// A handler on site, with or without a network: arriving by one press, and what becomes of steps that wait.
import { afterEach, describe, expect, test, vi } from "vitest";
import type { AlertPage, StepName, StepOffer } from "../../../static/src/shared/shapes";
import { all, hide, press, show, texts } from "../screen";
import { settle } from "../time";
import { newPhone, openApp, type Phone, said, theLine } from "./phone";
import { field, offer as offered } from "../shapes";

newPhone();
afterEach(hide);

const offer = (step: StepName): StepOffer => offered(step, "main", field("note", "text"));
const alert = (...steps: StepName[]): AlertPage => ({ id: "A", version: 4, short: "00042-K", category: null, photos: [], steps: steps.map(offer) }) as unknown as AlertPage;
const HERE = { longitude: 114.05, latitude: 22.54, accuracy: 15 };

/** Where the phone is, or null where it does not know; `online`: what the browser believes. */
function phoneIs(coords: typeof HERE | null, online = true): void {
  const getCurrentPosition = (found: PositionCallback, lost: PositionErrorCallback): void =>
    coords ? found({ coords } as GeolocationPosition) : lost({ code: 2, PERMISSION_DENIED: 1 } as GeolocationPositionError);
  const own: Record<string | symbol, unknown> = { geolocation: { getCurrentPosition }, onLine: online };
  vi.stubGlobal("navigator", new Proxy(navigator, { get: (of, name) => (name in own ? own[name] : Reflect.get(of, name)) }));
}

describe("arriving", () => {
  async function arrive(): Promise<{ reloads: number }> {
    const { ArriveButton } = await import("../../../mobile_pwa/src/screens/alert/arrive");
    const count = { reloads: 0 };
    await show(<ArriveButton alert={alert("arrive")} offer={offer("arrive")} reload={() => (count.reloads += 1)} />);
    await press("我已到场");
    return count;
  }

  async function explained(): Promise<unknown> {
    const { refusal } = await import("../../../mobile_pwa/src/screens/alert/refusal");
    return refusal.value;
  }

  test("is one press: the position goes along, and it is announced", async () => {
    await openApp("handler");
    phoneIs(HERE);
    expect(await arrive()).toEqual({ reloads: 1 });
    expect([...theLine().steps.values()]).toMatchObject([{ step: "arrive", position: { lon: 114.05, lat: 22.54, accuracy_m: 15 } }]);
    expect(said()).toBe("已到场");
  });

  test("without a network is kept with the position", async () => {
    const app = await openApp("handler");
    phoneIs(HERE, false);
    theLine().state = "down";
    await arrive();
    expect(app.queue.value).toMatchObject([{ step: "arrive", values: { position: { accuracy_m: 15 } } }]);
    expect(said()).toBe("没有网络，已存在手机里，有网自动发。");
  });

  test.each(["too_far_away", "photo_missing"])("that is refused as %s opens the form with the reason", async (code) => {
    await openApp("handler");
    phoneIs(HERE);
    theLine().refuse("POST", /steps/, 422, "离现场 2 公里", { code });
    expect(await arrive()).toEqual({ reloads: 0 });
    expect(await explained()).toEqual({ alert: "A", step: "arrive", words: "离现场 2 公里" });
    expect([location.hash, all(".mistake").length]).toEqual(["#/alert/A/arrive", 0]);
  });

  test("with neither a position nor a network asks for a photo and a reason at once", async () => {
    const app = await openApp("handler");
    phoneIs(null, false);
    theLine().state = "down";
    await arrive();
    expect(await explained()).toMatchObject({ words: expect.stringMatching(/^没有网络，也没拿到位置/) });
    expect([app.queue.value, location.hash]).toEqual([[], "#/alert/A/arrive"]);
  });

  test("with a network and no position leaves it to the server what it wants", async () => {
    await openApp("handler");
    phoneIs(null);
    await arrive();
    expect([...theLine().steps.values()][0]).not.toHaveProperty("position");
  });

  test("that came too late is told, and the alert is asked for again", async () => {
    const app = await openApp("handler");
    phoneIs(HERE);
    theLine().refuse("POST", /steps/, 409, "已改派");
    expect(await arrive()).toEqual({ reloads: 1 });
    expect([texts(".mistake"), app.signedOut.value]).toEqual([["已改派"], false]);
  });

  test("after the session ran out asks to sign in", async () => {
    const app = await openApp("handler");
    phoneIs(HERE);
    theLine().person = null;
    await arrive();
    expect(app.signedOut.value).toBe(true);
  });

  test("a second time takes a new position, not the old one", async () => {
    const app = await openApp("handler");
    await app.keepDraft({ ...(await app.openDraft("A", "arrive")), values: { position: { lon: 1, lat: 2, accuracy_m: 3 }, note: "到了" } });
    phoneIs(null);
    await arrive();
    expect([...theLine().steps.values()]).toEqual([expect.objectContaining({ note: "到了" })]);
    expect([...theLine().steps.values()][0]).not.toHaveProperty("position");
  });
});

describe("steps that wait", () => {
  async function waiting(app: Phone, step: StepName, refusal?: string): Promise<void> {
    theLine().state = "down";
    const draft = await app.openDraft("A", step);
    await app.takeStep({ ...draft, values: { note: "看了" } }, offer(step), alert(step), "道路破损");
    theLine().state = "up";
    if (refusal === undefined) return;
    theLine().refuse("POST", /steps/, 422, refusal);
    await app.flushSteps("now");
    theLine().relent();
  }

  async function showWaiting(app: Phone, ...open: StepName[]): Promise<void> {
    const { WaitingSteps } = await import("../../../mobile_pwa/src/screens/alert/waiting-steps");
    await show(<WaitingSteps steps={app.queue.value} alert={alert(...open)} />);
  }

  test("are shown with their time, and sent by one press", async () => {
    const app = await openApp("handler");
    await waiting(app, "note");
    await showWaiting(app, "note");
    expect(texts(".waits-one")).toEqual(["记录10:00待发送"]);
    await press("立即发送");
    expect([theLine().steps.size, app.queue.value]).toEqual([1, []]);
  });

  test("are not shown where there are none", async () => {
    await showWaiting(await openApp("handler"), "note");
    expect(all("*")).toEqual([]);
  });

  test("that were refused say why, and go back into their form", async () => {
    const app = await openApp("handler");
    await waiting(app, "arrive", "离现场 2 公里");
    await showWaiting(app, "arrive", "note");
    expect(texts("[role=alert] b, [role=alert] span")).toEqual(["“我已到场”没有收下", "离现场 2 公里"]);
    expect(all("button").map(({ textContent }) => textContent)).toEqual(["改一改再发", "不发了"]);
    await press("改一改再发");
    const { refusal } = await import("../../../mobile_pwa/src/screens/alert/refusal");
    expect([location.hash, refusal.value]).toEqual(["#/alert/A/arrive", { alert: "A", step: "arrive", words: "离现场 2 公里" }]);
    expect((await app.openDraft("A", "arrive")).values).toEqual({ note: "看了" });
  });

  test("that cannot be taken any more become a note", async () => {
    const app = await openApp("handler");
    await waiting(app, "submit", "已改派");
    await showWaiting(app, "note");
    await press("改成一条记录");
    expect(location.hash).toBe("#/alert/A/note");
    expect((await app.openDraft("A", "note")).values).toEqual({ note: "看了" });
  });

  test("are given up only when it is said twice", async () => {
    const app = await openApp("handler");
    await waiting(app, "submit", "已改派");
    await showWaiting(app);
    expect(all("button").map(({ textContent }) => textContent)).toEqual(["不发了"]);
    await press("不发了");
    expect(app.queue.value).toHaveLength(1);
    await press("确定不发，删掉");
    await settle();
    expect(app.queue.value).toEqual([]);
  });
});
