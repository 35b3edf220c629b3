// What the phone says of a report that was sent off: never more than is so, and the way to what is missing.
import { h } from "preact";
import { afterEach, describe, expect, test } from "vitest";
import type { Card, Forms } from "../../../static/src/shared/shapes";
import { labelPair, NO_DANGER, NO_WORDS } from "../shapes";
import { all, hide, press, root, shoot, show, texts } from "../screen";
import { passes, settle } from "../time";
import { picture, withPictures } from "./camera";
import { closeApps, fillUp, newPhone, openApp, type Phone, photo, theLine } from "./phone";

newPhone();
afterEach(hide);

async function sentOff(app: Phone, photos: string[] = []): Promise<string> {
  const { id } = await app.beginReport();
  await app.changeReport(id, { text: "路面有个坑", category: "E0113", pin: { lon: 114.05, lat: 22.54, accuracy_m: 15 } });
  for (const sha256 of photos) {
    const { bytes, ...own } = photo(sha256);
    await app.addPhoto(id, { ...own, sent: false, refused: null }, bytes);
  }
  await app.submit(id);
  await settle();
  return id;
}

async function showScreen(...address: string[]): Promise<void> {
  const { go } = await import("../../../mobile_pwa/src/core/route");
  go(...address);
  await passes(0);
  dispatchEvent(new Event("hashchange"));
  const [{ Sent }, { Mine }, { Home }, { ReportScreen }] = await Promise.all([
    import("../../../mobile_pwa/src/screens/sent"), import("../../../mobile_pwa/src/screens/mine"),
    import("../../../mobile_pwa/src/screens/home"), import("../../../mobile_pwa/src/screens/report/report-screen"),
  ]);
  const screens: Record<string, () => unknown> = { sent: Sent, mine: Mine, home: Home, report: ReportScreen };
  await show(h(screens[address[0] ?? ""] as never, {}));
}

const page = (): string => root().textContent ?? "";

describe("a report on its way", () => {
  test("is said to be saved once it is", async () => {
    const app = await openApp("volunteer");
    theLine().state = "down";
    await showScreen("sent", await sentOff(app));
    expect(page()).toContain("已保存到本机");
    expect(page()).toContain("不用重报");
  });

  test("while nobody is signed in waits for that, and says so", async () => {
    const app = await openApp("volunteer");
    theLine().state = "down";
    const id = await sentOff(app);
    app.loseSession();
    await showScreen("sent", id);
    expect(page()).toContain("还没登录，已存在手机里，登录后自动发。");
    expect([app.keptKey(), /有网自动发|刚才填的/.test(page())]).toEqual(["step.kept_signed_out", false]);
  });

  test("on a full phone is not said to be saved, nowhere on the page", async () => {
    const app = await openApp("volunteer");
    theLine().state = "down";
    const { id } = await app.beginReport();
    fillUp();
    await app.submit(id);
    await settle();
    await showScreen("sent", id);
    expect(page()).toContain("手机存满了");
    expect(page()).not.toMatch(/存在本机|已保存|不用重报/);
  });

  test("whose words arrived says so, while a photo is still missing", async () => {
    const app = await openApp("volunteer");
    theLine().answer("PUT", /photos/, { status: 500 });
    const id = await sentOff(app, ["aa"]);
    await showScreen("sent", id);
    expect(page()).toContain(`文字已送达，编号 440304-20261123-${id}`);
  });

  test("is not thrown to the list by a reload", async () => {
    const before = await openApp("volunteer");
    theLine().state = "down";
    const id = await sentOff(before);
    closeApps();
    const app = await openApp("volunteer");
    app.reports.set([]);
    app.reportsRead.set(false); // not read yet
    await showScreen("sent", id);
    expect(location.hash).toBe(`#/sent/${id}`);
    await app.openReports("volunteer");
    await passes(50);
    expect(page()).toContain("已保存到本机");
  });

  test("cannot be changed any more: its form leads to where it stands", async () => {
    const app = await openApp("volunteer");
    theLine().state = "down";
    const id = await sentOff(app);
    await showScreen("report", id, "words");
    expect(location.hash).toBe(`#/sent/${id}`);
  });
});

const call = (number: string, name: string) => ({ number, label: labelPair(name), sentence: null });
const kind = (code: string, life_safety: boolean) => ({ ...NO_WORDS, code, family: "incident", parents: [], label: labelPair(code), icon: null, common: false, household: false, life_safety, photos: { min: 0 }, fields: [] });
const FORMS = {
  ...NO_DANGER, version: "1", groups: {}, units: {}, about: [],
  emergency: [call("119", "火警"), call("120", "急救")], hotlines: [call("95598", "供电")],
  life_words: [{ pattern: "触电", unless: "", calm: "", shows: ["95598"] }],
  categories: [kind("E0113", false), { ...kind("G0001", true), emergency: [call("96777", "燃气")] }],
} as unknown as Forms;

describe("a dangerous report that has not left the phone", () => {
  const calls = (within = ""): string[] => all<HTMLAnchorElement>(`${within} a[href^="tel:"]`).map(({ href }) => href.replace("tel:", ""));

  async function kept(text: string, category: string, how: "down" | "refused" = "down"): Promise<{ app: Phone; id: string }> {
    const app = await openApp("volunteer");
    app.playbook.forms.set(FORMS);
    if (how === "down") theLine().state = "down";
    else theLine().refuse("PUT", /alerts/, 422, "有一项填错了", { faults: [], code: "invalid" });
    const { id } = await app.beginReport();
    await app.changeReport(id, { text, category, pin: { lon: 114.05, lat: 22.54, accuracy_m: 15 } });
    await app.submit(id);
    await settle();
    return { app, id };
  }

  test.each([
    ["by its words", "有人触电", "E0113", "down", ["95598", "119", "120"]],
    ["by its kind", "闻到味道", "G0001", "down", ["96777", "119", "120"]],
    ["by both, in the server's order", "有人触电", "G0001", "down", ["95598", "96777", "119", "120"]],
    ["and was refused", "有人触电", "E0113", "refused", ["95598", "119", "120"]],
    ["in nothing", "路面有个坑", "E0113", "down", []],
  ] as [string, string, string, "down" | "refused", string[]][])("shows whom to call: %s", async (_how, text, category, how, numbers) => {
    const { id } = await kept(text, category, how);
    await showScreen("sent", id);
    expect(calls()).toEqual(numbers);
    await showScreen("home");
    expect(calls("section.danger")).toEqual(numbers);
  });

  test("stands first on the home screen, before the whistle and calmer reports", async () => {
    const { app, id } = await kept("有人触电", "E0113");
    await sentOff(app);
    await showScreen("home");
    const [first] = all<HTMLAnchorElement>("main a.card");
    expect(first?.hash).toBe(`#/sent/${id}`);
    expect(first?.compareDocumentPosition(all(".whistle")[0] as Node)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
  });
});

describe("a photo that was refused in the background", () => {
  async function lost(): Promise<{ app: Phone; id: string }> {
    const app = await openApp("volunteer");
    theLine().refuse("PUT", /photos\/bb/, 413, "照片太大。");
    const id = await sentOff(app, ["aa", "bb"]);
    theLine().answers.set(app.server.PATHS.mine, { alerts: [{ id, category: "E0113", short: "00042-K", status: "dispatched", reported_at: "2026-11-23T02:00:00Z", promises: [] } as unknown as Card], next: null });
    return { app, id };
  }

  test.each(["mine", "home"])("is told in the list of %s, although the server knows the report, until the person has read it", async (screen) => {
    const { id } = await lost();
    await showScreen(screen);
    expect(texts(".pill.warn")).toEqual(["有照片没传上"]);
    await showScreen("sent", id);
    expect(texts("[role=alert]")).toEqual(["照片 2 没有传上去：照片太大。文字已送达。"]);
    await showScreen(screen);
    expect(texts(".pill.warn")).toEqual([]);
  });
});

describe("what was refused", () => {
  async function refused(field: string, code = "invalid"): Promise<string> {
    const app = await openApp("volunteer");
    const faults = field ? [{ field, code: "unknown_value", detail: "没有“E0113”这个选项，可以用：GET /api/v1/forms。" }] : [];
    theLine().refuse("PUT", /alerts/, 422, "有一项填错了", { faults, code });
    return sentOff(app);
  }

  test.each([
    ["category", "category"], ["position", "place"], ["position.lon", "place"], ["photos.0", "photo"], ["answers.depth", "words"], ["text", "words"],
  ])("for its %s is mended on the screen of the %s", async (field, part) => {
    const id = await refused(field);
    await showScreen("sent", id);
    await press("去修改");
    expect(location.hash).toBe(`#/report/${id}/${part}`);
  });

  test("as too far away is mended on the map", async () => {
    const id = await refused("", "place_implausible");
    await showScreen("sent", id);
    await press("去修改");
    expect(location.hash).toBe(`#/report/${id}/place`);
  });

  test("for a kind that is gone says so in a person's words, and asks for another one", async () => {
    const id = await refused("category");
    await showScreen("sent", id);
    expect(page()).toContain("这个类别现在没有了，请另选一个");
    expect(page()).not.toMatch(/GET|api/);
    await press("去修改");
    const { reportById } = await import("../../../mobile_pwa/src/reports/store");
    const { lacks } = await import("../../../mobile_pwa/src/reports/report");
    expect(lacks(reportById(id)!, null).map(({ part }) => part)).toEqual(["category"]);
  });
});

describe("the photos of a report", () => {
  async function showPhotos(files: File[]): Promise<{ app: Phone; id: string }> {
    const app = await openApp("volunteer");
    const { id } = await app.beginReport();
    await showScreen("report", id, "photo");
    await shoot(all<HTMLInputElement>("input[type=file]")[0]!, ...files);
    await passes(100);
    return { app, id };
  }

  test("chosen together: the good ones stay, the bad one is named, on the screen that the first one changed", async () => {
    withPictures();
    const { app, id } = await showPhotos([picture("one.jpg"), picture("broken"), picture("three.jpg")]);
    expect(app.reportById(id)?.photos).toHaveLength(2);
    expect(texts("[role=alert]")).toEqual(["“broken”打不开，没有加上。请另拍一张。"]);
  });

  test("of which there are twelve: nine stay, and that is said", async () => {
    withPictures();
    const { app, id } = await showPhotos(Array.from({ length: 12 }, (_, i) => picture(`${i}.jpg`)));
    expect(app.reportById(id)?.photos).toHaveLength(9);
    expect(texts("[role=alert]")).toEqual(["最多 9 张照片，后面 3 张没有加上。"]);
  });
});
