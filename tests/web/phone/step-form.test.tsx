// A step's form on the phone: filled in once, kept while it is filled in, and sent with one button.
import { afterEach, describe, expect, test, vi } from "vitest";
import type { AlertPage, AlertPhoto, StepField, StepName, StepOffer } from "../../../static/src/shared/shapes";
import { all, button, control, drawn, fill, hide, one, press, root, shoot, show, texts } from "../screen";
import { passes } from "../time";
import { picture, withPictures } from "./camera";
import { keysOf, newPhone, openApp, said, theLine } from "./phone";
import { field, offer as offered } from "../shapes";

newPhone();
afterEach(hide);

const NOTE = field("note", "text", { required: true });
const alert = (more: Partial<AlertPage> = {}): AlertPage =>
  ({ id: "A", version: 4, short: "00042-K", status: "signed", photos: [], steps: [], category: null, ...more }) as unknown as AlertPage;

const offer = (step: StepName, ...fields: StepField[]): StepOffer => offered(step, "main", ...fields);

/** The form, and how often the alert was asked for again. */
async function showForm(step: StepOffer | null, of = alert()): Promise<{ reloads: () => number }> {
  const { StepScreen } = await import("../../../mobile_pwa/src/screens/alert/step-form");
  let count = 0;
  await show(<StepScreen alert={of} offer={step} reload={() => (count += 1)} />);
  return { reloads: () => count };
}

const steps = (): Record<string, unknown>[] => [...theLine().steps.values()];

describe("a step", () => {
  test("is taken with what was filled in; then the alert is shown again, and it is announced", async () => {
    await openApp("handler");
    const { reloads } = await showForm(offer("note", NOTE));
    await fill("记录", "现场看了");
    await press("记录");
    expect(steps()).toEqual([expect.objectContaining({ step: "note", version: 4, note: "现场看了" })]);
    expect(reloads()).toBe(1);
    expect(location.hash).toBe("#/alert/A");
    expect(said()).toBe("已完成：记录");
    const { shownDone } = await import("../../../mobile_pwa/src/core/announce");
    expect(shownDone.value).toBe("已完成：记录"); // on the screen that comes next, for a while
    await passes(8000);
    expect(shownDone.value).toBeNull();
  });

  test("by which the alert leaves what this person sees says where it is, and leads to the tasks", async () => {
    await openApp("handler");
    const { reloads } = await showForm(offer("note", NOTE));
    await fill("记录", "不在这条街");
    theLine().answer("POST", /steps/, { status: 201, body: { id: "A", number: "1", step: "note", left: "已更正，现归南园街道，不在您的列表里了。" } });
    await press("记录");
    expect([said(), location.hash, reloads()]).toEqual(["已更正，现归南园街道，不在您的列表里了。", "#/tasks", 0]);
  });

  test("of the rating: whoever says that it is not solved cannot be content, nor stay so", async () => {
    await openApp("volunteer");
    await showForm(offer("rate", field("solved", "yes_no", { required: true }), field("grade", "grade")));
    const faces = (): string[] => texts(".rb b");
    const choose = (words: string): Promise<void> => press(all("label").find((each) => each.textContent?.startsWith(words))!);
    await choose("解决了");
    expect(faces()).toEqual(["满意", "一般", "不满意"]);
    await choose("满意");
    await choose("没解决");
    expect([faces(), texts(".rb.sel")]).toEqual([["一般", "不满意"], []]);
    await choose("解决了");
    expect(texts(".rb.sel")).toEqual([]);
  });

  test("of the rating that it is not solved is answered by what happens now, not by 已完成", async () => {
    await openApp("volunteer");
    await showForm(offer("rate", field("solved", "yes_no", { required: true })));
    await press(all("label").find((each) => each.textContent?.startsWith("没解决"))!);
    await press("提交评价");
    expect(said()).toBe("知道了：没解决，会重新办理。");
  });

  test("that was filled in half is there again after a reload", async () => {
    await openApp("handler");
    await showForm(offer("note", NOTE));
    await fill("记录", "写到一半");
    hide();
    await openApp("handler");
    await showForm(offer("note", NOTE));
    expect(control("记录").value).toBe("写到一半");
  });

  test("without what it needs is not sent; the field says so until it is filled in", async () => {
    await openApp("handler");
    await showForm(offer("note", NOTE));
    await press("记录");
    expect(texts("[role=alert]")).toEqual(["请填写这一项。"]);
    expect(control("记录").getAttribute("aria-invalid")).toBe("true");
    expect(theLine().sent("POST")).toEqual([]);
    await fill("记录", "补上了");
    expect(texts("[role=alert]")).toEqual([]);
    await press("记录");
    expect(steps()).toHaveLength(1);
  });

  test("that was emptied again lacks it, too: words, and photos", async () => {
    await openApp("handler");
    withPictures();
    await showForm(offer("note", NOTE, field("photos", "photos", { required: true })));
    await fill("记录", "写了");
    await fill("记录", "");
    await shoot(one<HTMLInputElement>("input[type=file]"), picture("one.jpg"));
    await press("删除照片 1");
    await press("记录");
    expect(texts("[role=alert]")).toEqual(["请填写这一项。", "请填写这一项。"]);
  });

  test("brings the first field that lacks something into view, at every press; of choices it asks for one", async () => {
    const seen: Element[] = [];
    vi.spyOn(Element.prototype, "scrollIntoView").mockImplementation(function (this: Element) { seen.push(this); });
    await openApp("handler");
    await showForm(offer("correct", field("severity", "choice", { required: true, choices: [{ id: "severity_1", label: "1 级" }] }), NOTE), alert({ severity: 2, life_safety: false }));
    expect(texts("legend")).toEqual(["严重程度（现在：2 级）"]);
    const [send] = all<HTMLButtonElement>(".foot button");
    await press(send!);
    await press(send!);
    expect(texts("[role=alert]")).toEqual(["请选一项。", "请填写这一项。"]);
    expect([document.activeElement?.getAttribute("type"), seen.at(-1), seen.length]).toEqual(["radio", one("fieldset"), 2]);
  });

  test("without a network is kept, and that is said", async () => {
    const app = await openApp("handler");
    await showForm(offer("note", NOTE));
    await fill("记录", "地下二层");
    theLine().state = "down";
    await press("记录");
    expect(app.queue.value).toMatchObject([{ step: "note", title: "还没选类别", values: { note: "地下二层" } }]);
    expect(said()).toBe("没有网络，已存在手机里，有网自动发。");
    expect(location.hash).toBe("#/alert/A");
  });

  test("that is not open any more says so instead of asking", async () => {
    await openApp("handler");
    await showForm(null);
    expect(root().textContent).toContain("这一步已经办过了");
    expect(all("textarea,input")).toEqual([]);
  });

  test("cannot be pressed again while it is on its way", async () => {
    await openApp("handler");
    await showForm(offer("note", NOTE));
    await fill("记录", "到了");
    const release = theLine().hold();
    await press("记录");
    expect([button("正在发送").disabled, steps()]).toEqual([true, []]);
    release();
    await drawn();
    expect([button("记录").disabled, steps().length]).toEqual([false, 1]);
  });

  test("pressed twice at once is one step", async () => {
    await openApp("handler");
    await showForm(offer("note", NOTE));
    await fill("记录", "到了");
    const main = button("记录");
    main.click();
    main.click();
    await drawn();
    expect(steps()).toHaveLength(1);
  });

  test("of its own name is said in its own words on the button", async () => {
    await openApp("handler");
    await showForm(offer("submit", { ...NOTE, required: false }));
    expect(texts(".btn.main")).toEqual(["提交给部门审核"]);
    hide();
    await showForm(offer("rate", { ...NOTE, required: false }));
    expect(texts(".btn.main")).toEqual(["提交评价"]);
    expect(root().textContent).toContain("没解决会重新办一次");
  });

  test("that says 没解决 asks in a few words what is left, before how content somebody is", async () => {
    await openApp("volunteer");
    const grade = field("grade", "grade", { choices: [{ id: "good", label: "好" }] });
    await showForm(offer("rate", field("solved", "yes_no", { required: true }), grade, { ...NOTE, required: false }));
    expect(texts("main legend, main label.lb")).toEqual(["问题解决了吗", "满意程度可不填", "还想说的话可不填"]);
    await press(control("没解决"));
    expect(texts("main legend, main label.lb")).toEqual(["问题解决了吗", "哪里还没解决？写一句就行可不填", "满意程度可不填"]);
    await fill("哪里还没解决？写一句就行", "坑还在");
    await press("提交评价");
    expect(steps()).toEqual([expect.objectContaining({ step: "rate", solved: false, note: "坑还在" })]);
  });

  test("that judges the work shows before and after; another one shows no photos", async () => {
    await openApp("handler");
    const photos = ["report", "after"].map((purpose) => ({ sha256: purpose, url: `/${purpose}.jpg`, thumb: null, purpose, at: null }) as AlertPhoto);
    await showForm(offer("verify_ok", NOTE), alert({ photos }));
    expect(texts("figcaption")).toEqual(["处置前", "处置后"]);
    hide();
    await showForm(offer("note", NOTE), alert({ photos }));
    expect(all("figure")).toEqual([]);
  });
});

describe("a refusal", () => {
  test("is said in the server's words, each fault beside its field, and everything stays", async () => {
    const app = await openApp("handler");
    theLine().refuse("POST", /steps/, 422, "请补充", { faults: [{ field: "note", code: "too_short", detail: "请写清楚些" }] });
    await showForm(offer("note", NOTE));
    await fill("记录", "好");
    await press("记录");
    expect(texts("[role=alert]").sort()).toEqual(["请补充", "请写清楚些"].sort());
    expect(control("记录").value).toBe("好");
    expect(await keysOf(app, "steps")).toEqual(["handler A/note"]);
    expect(button("记录").disabled).toBe(false);
    expect(location.hash).toBe("");
  });

  test("because somebody else was first: the alert is asked for again, the words stay", async () => {
    await openApp("handler");
    theLine().refuse("POST", /steps/, 409, "已改派");
    const { reloads } = await showForm(offer("note", NOTE));
    await fill("记录", "好了");
    await press("记录");
    expect([reloads(), texts("[role=alert]"), control("记录").value]).toEqual([1, ["已改派"], "好了"]);
  });

  test("of the session asks to sign in, and asks for nothing twice", async () => {
    const app = await openApp("handler");
    const { reloads } = await showForm(offer("note", NOTE));
    await fill("记录", "好了");
    theLine().person = null;
    await press("记录");
    expect([app.signedOut.value, reloads(), control("记录").value]).toEqual([true, 0, "好了"]);
    await app.signIn("handler", "secret");
    await press("记录");
    expect(steps()).toHaveLength(1);
  });

  test("that opened the form stands in it and makes every field needed", async () => {
    await openApp("handler");
    const { refusal } = await import("../../../mobile_pwa/src/screens/alert/refusal");
    refusal.set({ alert: "A", step: "arrive", words: "离现场太远" });
    await showForm(offer("arrive", { ...NOTE, name: "reason", required: false }));
    expect(texts("[role=alert]")).toEqual(["离现场太远"]);
    await press("我已到场");
    expect(theLine().sent("POST")).toEqual([]);
    await fill("离得远", "地下室没有定位");
    await press("我已到场");
    expect(steps()).toHaveLength(1);
    expect(refusal.value).toBeNull();
  });

  test("of another step stands in no form", async () => {
    await openApp("handler");
    const { refusal } = await import("../../../mobile_pwa/src/screens/alert/refusal");
    refusal.set({ alert: "A", step: "arrive", words: "离现场太远" });
    await showForm(offer("note", { ...NOTE, required: false }));
    await press("记录");
    expect(steps()).toHaveLength(1);
  });
});

describe("a position", () => {
  const WANTS = offer("arrive", field("position", "position", { required: true }));
  const coords = { longitude: 114.0579123, latitude: 22.5431456, accuracy: 14.6 };

  function locator(tell: (found: PositionCallback, lost: PositionErrorCallback) => void): void {
    vi.stubGlobal("navigator", new Proxy(navigator, {
      get: (of, name) => (name === "geolocation" ? { getCurrentPosition: tell } : Reflect.get(of, name)),
    }));
  }

  test("is taken once, at the press, and is no question", async () => {
    await openApp("handler");
    let times = 0;
    locator((found) => { times += 1; found({ coords } as GeolocationPosition); });
    await showForm(WANTS);
    expect([times, all("textarea,select,input")]).toEqual([0, []]);
    await press("我已到场");
    expect(times).toBe(1);
    expect(steps()).toMatchObject([{ position: { lon: 114.057912, lat: 22.543146, accuracy_m: 15 } }]);
  });

  test("that is not given does not hold the step up: the server says what it wants instead", async () => {
    await openApp("handler");
    locator((_, lost) => lost({ code: 1, PERMISSION_DENIED: 1 } as GeolocationPositionError));
    await showForm(WANTS);
    await press("我已到场");
    expect(steps()).toHaveLength(1);
    expect(steps()[0]).not.toHaveProperty("position");
  });
});

test("a session that runs out does not lose the photo either", async () => {
  const app = await openApp("handler");
  withPictures();
  await showForm(offer("submit", { ...NOTE, name: "done" }, field("photos", "photos", { required: true })));
  await fill("做了什么", "已回填");
  await shoot(one<HTMLInputElement>("input[type=file]"), picture("after.jpg"));
  theLine().person = null;
  await press("提交给部门审核");
  expect(await keysOf(app, "photos")).toHaveLength(1);
  await app.signIn("handler", "secret");
  await press("提交给部门审核");
  await passes(50);
  expect([steps().length, theLine().photos.size]).toEqual([1, 1]);
});
