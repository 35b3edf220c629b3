// What is heard while somebody types: the danger sheet at once, the page for accusations, and kinds for who is not sure.
import { type ComponentChild, render } from "preact";
import { act } from "preact/test-utils";
import { expect, test } from "vitest";
import type { Forms } from "../../../static/src/shared/shapes";
import { NO_DANGER, NO_WORDS, labelPair } from "../shapes";
import { settle } from "../time";
import { keysOf, newPhone, openApp, type Phone } from "./phone";

newPhone();

const call = (number: string, name: string) => ({ number, label: labelPair(name), sentence: null });
const kind = (code: string, name: string, more = {}) => ({
  ...NO_WORDS, code, family: "incident", parents: ["incident"], label: labelPair(name), icon: null, visit: "required",
  household: false, about_unit: false, common: false, life_safety: false, photos: { min: 0, max: 6 }, fields: [], ...more,
});
const FORMS = {
  ...NO_DANGER, version: "1", groups: {}, units: {},
  emergency: [call("119", "火警")],
  hotlines: [call("95598", "供电")],
  life_words: [{ pattern: "触电", unless: "", calm: "", shows: ["95598", "119"] }],
  accusations: { heard: { pattern: "受贿", unless: "", calm: "", shows: [] }, channel: call("12388", "纪检"), title: null, hint: null },
  categories: [kind("E0113", "道路破损"), kind("P0137", "路灯不亮"), kind("N1303", "检举控告", { accusation: true }), kind("unsure", "拿不准")],
} as unknown as Forms;

/** A draft of this kind with these words, shown by `screen`. */
async function shown(text: string, category: string, screen: (app: Phone, id: string) => Promise<ComponentChild>) {
  const app = await openApp("p1");
  app.playbook.forms.set(FORMS);
  const { id } = await app.beginReport();
  await app.changeReport(id, { text, category });
  const place = document.getElementById("app") as HTMLElement;
  const show = async (): Promise<void> => {
    const drawn = await screen(app, id);
    act(() => render(drawn, place));
  };
  await show();
  const press = async (words: string): Promise<void> => {
    const button = [...place.querySelectorAll("button")].find((each) => each.textContent?.includes(words));
    act(() => button?.click());
    await settle();
    await show();
  };
  const calls = () => [...place.querySelectorAll("a")].map(({ href }) => href.replace("tel:", ""));
  return { app, id, place, press, calls };
}

async function heardIn(app: Phone, id: string): Promise<ComponentChild> {
  const { HeardSheets } = await import("../../../mobile_pwa/src/screens/report/heard");
  const report = app.reportById(id);
  return report ? <HeardSheets report={report} text={report.text} /> : null;
}

test("a word of danger shows whom to call at once; read, the numbers stay below the words", async () => {
  const { place, press, calls } = await shown("有人触电", "E0113", heardIn);
  expect(place.querySelector("dialog")).not.toBeNull();
  expect(calls()).toEqual(["95598", "119"]);
  await press("继续上报");
  expect(place.querySelector("dialog")).toBeNull();
  expect(calls()).toEqual(["95598", "119"]);
});

test("a calm report shows nothing", async () => {
  const { place } = await shown("举报噪音", "E0113", heardIn);
  expect(place.textContent).toBe("");
});

test("an accusation shows the statutory channel; yes leaves nothing of it on the phone", async () => {
  const { app, place, press, calls } = await shown("举报某局长受贿", "E0113", heardIn);
  expect(calls()).toEqual(["12388"]);
  expect([...place.querySelectorAll(".hint, .fine")].map((each) => each.textContent)).toEqual([
    "检举控告请走法定渠道。", "按了这个，您写的内容不会保存，也不会发给任何单位。",
  ]);
  expect(place.querySelector(".fine")?.previousElementSibling?.textContent).toBe("是检举控告，清除所写内容");
  expect([...place.querySelectorAll(".sheet-foot .btn")].map((each) => each.className)).toEqual(["btn big wide", "btn big wide erases"]);
  void app.changeReport((await keysOf(app, "reports"))[0] as string, { text: "举报某局长受贿二十万" });
  const { shownDone } = await import("../../../mobile_pwa/src/core/announce");
  const { goInstead } = await import("../../../mobile_pwa/src/core/route");
  goInstead("report", "A", "words");
  await press("清除所写内容");
  expect([shownDone.value, location.hash]).toEqual(["已清除，没有保存任何内容。", "#/home"]);
  goInstead("report", "B", "photo");
  expect(shownDone.value).toBeNull(); // the next report begins without it
  expect(await keysOf(app, "reports")).toEqual([]);
  expect(await keysOf(app, "photos")).toEqual([]);
});

test("no accusation, says the person: the report goes on and is not asked again", async () => {
  const { app, id, place, press } = await shown("举报某局长受贿", "E0113", heardIn);
  await press("不是检举控告");
  expect(place.querySelector("dialog")).toBeNull();
  expect(app.reportById(id)?.text).toBe("举报某局长受贿");
});

test("danger to life goes before an accusation", async () => {
  const { calls } = await shown("某局长受贿，这里有人触电", "E0113", heardIn);
  expect(calls()).toEqual(["95598", "119"]);
});

test("the kind of accusations shows its page before a word was written", async () => {
  const { calls, app } = await shown("", "N1303", async (phone, id) => {
    const { ReportScreen } = await import("../../../mobile_pwa/src/screens/report/report-screen");
    const { go } = await import("../../../mobile_pwa/src/core/route");
    go("report", id, "category");
    dispatchEvent(new HashChangeEvent("hashchange"));
    await settle();
    phone.playbook.forms.set(FORMS);
    return <ReportScreen />;
  });
  await settle();
  act(() => app.playbook.forms.set({ ...FORMS }));
  expect(calls()).toContain("12388");
});

test("who was not sure is offered the kinds that fit what was written", async () => {
  const { app, id, place, press } = await shown("楼下路灯不亮好几天了", "unsure", async (phone, report) => {
    const { OfferedKinds } = await import("../../../mobile_pwa/src/screens/report/offered-kinds");
    const now = phone.reportById(report);
    return now ? <OfferedKinds report={now} /> : null;
  });
  expect(place.textContent).toContain("路灯不亮");
  await press("路灯不亮");
  expect(app.reportById(id)?.category).toBe("P0137");
});

test("a dangerous kind shows no second sheet for numbers that were read for the words; other numbers show it once", async () => {
  const gas = kind("G0001", "燃气", { life_safety: true });
  const own = kind("G0002", "燃气泄漏", { life_safety: true, emergency: [call("96777", "燃气")] });
  const { app, id, place, press } = await shown("", "G0001", async (phone, report) => {
    const { ReportScreen } = await import("../../../mobile_pwa/src/screens/report/report-screen");
    const { go } = await import("../../../mobile_pwa/src/core/route");
    go("report", report, "place");
    dispatchEvent(new HashChangeEvent("hashchange"));
    phone.playbook.forms.set({ ...FORMS, categories: [...FORMS.categories, gas, own] as never });
    await settle();
    return <ReportScreen />;
  });
  const sheets = async (change: object): Promise<number> => {
    await act(async () => {
      await app.changeReport(id, change);
      await settle();
    });
    return place.querySelectorAll("dialog").length;
  };
  expect(await sheets({ heeded: ["119"] })).toBe(0);
  expect(await sheets({ category: "G0002", warned: false })).toBe(1);
  await press("继续上报");
  expect(app.reportById(id)?.heeded).toEqual(["119", "96777"]);
  expect(await sheets({ category: "G0001", warned: false })).toBe(0);
});

test("what one question tells apart is one tile, also where it was reported lately and is common", async () => {
  const lid = (code: string, common: boolean) => kind(code, `井盖${code}`, { parents: ["lids"], common });
  const { app, place } = await shown("", "E0113", async (phone, id) => {
    const { CategoryStep } = await import("../../../mobile_pwa/src/screens/report/category-step");
    phone.playbook.forms.set({ ...FORMS, groups: { lids: labelPair("井盖") }, asking: { lids: labelPair("哪一种？") }, categories: [lid("L1", true), lid("L2", true)] } as never);
    const { id: sent } = await phone.beginReport();
    await phone.changeReport(sent, { category: "L2", text: "井盖松", state: "waiting" });
    const report = phone.reportById(id);
    return report ? <CategoryStep report={report} /> : null;
  });
  act(() => app.playbook.forms.set({ ...app.playbook.forms.value! }));
  await settle();
  const tiles = [...place.querySelectorAll("details")].reduce((all, each) => (each.remove(), all), place).querySelectorAll(".tile");
  expect([...tiles].map((tile) => tile.textContent)).toEqual(["井盖"]);
});
