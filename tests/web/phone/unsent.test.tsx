// What was not sent: how much it is when somebody leaves, and the copy that they may take along.
import { afterEach, describe, expect, test, vi } from "vitest";
import type { AlertPage } from "../../../static/src/shared/shapes";
import { all, button, hide, press, root, show, texts } from "../screen";
import { passes, settle, until } from "../time";
import { newPhone, openApp, type Phone, photo, theLine } from "./phone";
import { field, offer } from "../shapes";

newPhone();
afterEach(hide);

const NOTE = offer("note", "main", field("note", "text"));

/** One report and one step that wait, one draft, and one report that was sent. */
async function busyDay(): Promise<Phone> {
  const app = await openApp("handler");
  const sent = await app.beginReport();
  await app.submit(sent.id);
  await settle();
  theLine().state = "down";
  const waiting = await app.beginReport();
  await app.changeReport(waiting.id, { text: "坑在 <路口> & 半米宽", pin: { lon: 114.05, lat: 22.54, accuracy_m: null } });
  const { bytes, ...own } = photo("aa");
  await app.addPhoto(waiting.id, { ...own, sent: false, refused: null }, bytes);
  await app.submit(waiting.id);
  await app.changeReport((await app.beginReport()).id, { text: "只是草稿" });
  const draft = await app.openDraft("A", "note");
  await app.takeStep({ ...draft, values: { note: "到了现场" } }, NOTE, { id: "A", version: 1 } as AlertPage, "道路破损");
  await settle();
  return app;
}

async function showMe(): Promise<void> {
  const { Me } = await import("../../../mobile_pwa/src/screens/me");
  await show(<Me />);
}

describe("leaving", () => {
  test("with unsent things says how many, and stays until it is said again", async () => {
    const app = await busyDay();
    theLine().state = "up";
    theLine().refuse("PUT", /alerts/, 503);
    theLine().refuse("POST", /steps/, 503);
    await showMe();
    await press("退出登录");
    expect(texts("dialog h2")).toEqual(["还有 2 件没发出去"]);
    expect(app.session.value).not.toBeNull();
    await press("先不退出");
    expect(all("dialog")).toEqual([]);
    await press("退出登录");
    await press("退出");
    expect(app.session.value).toBeNull();
  });

  test("with nothing unsent is one press", async () => {
    const app = await openApp("handler");
    await showMe();
    await press("退出登录");
    expect(app.session.value).toBeNull();
  });
});

test("the copy holds what waits, words and photos, and nothing of drafts or of what was sent", async () => {
  await busyDay();
  await showMe();
  const pages: Blob[] = [];
  vi.spyOn(URL, "createObjectURL").mockImplementation((blob) => `blob:${pages.push(blob as Blob)}`);
  const given = vi.spyOn(URL, "revokeObjectURL").mockReturnValue(undefined);
  const saved: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) { saved.push(this.download); });
  button("退出登录").click();
  await passes(50);
  await press("先存成文件");
  await until(() => saved.length > 0); // happy-dom reads files by the real clock
  await passes(50);
  expect(saved).toEqual(["shaodao-2026-11-23.html"]);
  const page = new DOMParser().parseFromString(await pages[0]!.text(), "text/html");
  expect([...page.querySelectorAll("h2")].map((each) => each.textContent)).toEqual(["还没选类别", "道路破损 · 记录"]);
  const words = page.body.textContent ?? "";
  expect(words).toContain("坑在 <路口> & 半米宽");
  expect(words).toContain("22.54, 114.05");
  expect(words).toContain("到了现场");
  expect(words).toContain("10:00");
  expect(words).not.toContain("只是草稿");
  expect([...page.querySelectorAll("img")].map((image) => image.getAttribute("src"))).toEqual([`data:image/jpeg;base64,${btoa("aa")}`]);
  expect(root().textContent).toContain("已存成文件");
  await passes(60_000);
  expect(given).toHaveBeenCalledWith("blob:1");
});
