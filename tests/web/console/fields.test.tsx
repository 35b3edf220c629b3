// Each kind of field has its control in the drawer, and gives the value that the server reads.
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Value } from "../../../static/src/console/drawer/draft";
import { FieldInput } from "../../../static/src/console/drawer/fields";
import { keepLand } from "../../../static/src/console/map/places";
import type { FieldKind, Forms, StepField } from "../../../static/src/shared/shapes";
import { keepForms } from "../../../static/src/console/words/forms";
import { LAND } from "../land";
import { all, drawn, hide, one, press, show, texts } from "../screen";
import { labelPair, NO_WORDS } from "../shapes";
import { speakConsole } from "../speak";
import { standStill } from "../time";
import { card, newDesk } from "./board";

beforeEach(() => {
  document.body.innerHTML = '<div id="app"></div>';
  speakConsole();
  standStill();
});
afterEach(() => {
  hide();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

type Shown = { value: () => Value; write: (text: string) => Promise<void> };

async function showField(field: Partial<StepField>, start: Value = null, { wrong = false, help = false } = {}): Promise<Shown> {
  const { desk, show: put } = newDesk();
  put(card("a", { street: "莲花街道" }));
  desk.choose("a");
  let value = start;
  const whole = { name: "x", required: true, kind: "text", ...field } as StepField;
  const draw = (): Promise<void> =>
    show(
      <FieldInput id="f-x" desk={desk} field={whole} value={value} wrong={wrong} help={help}
        put={(next) => { value = next; void draw(); }} />,
    );
  await draw();
  const write = async (text: string): Promise<void> => {
    const control = document.getElementById("f-x") as HTMLInputElement;
    control.value = text;
    control.dispatchEvent(new Event(control.tagName === "SELECT" ? "change" : "input", { bubbles: true }));
    await drawn();
  };
  return { value: () => value, write };
}

const control = (): HTMLInputElement => document.getElementById("f-x") as HTMLInputElement;

test("words are written in an area; a new kind of field is asked for as words", async () => {
  for (const kind of ["text", "hologram"] as StepField["kind"][]) {
    const field = await showField({ kind });
    await field.write("属排水设施");
    expect([control().tagName, control().required, field.value()]).toEqual(["TEXTAREA", true, "属排水设施"]);
    hide();
  }
});

test("a control is tied to its fault and its help, and to nothing where there is none", async () => {
  await showField({}, null, { wrong: true, help: true });
  expect([control().getAttribute("aria-invalid"), control().getAttribute("aria-describedby")]).toEqual(["true", "f-x-fault f-x-help"]);
  hide();
  await showField({});
  expect([control().hasAttribute("aria-invalid"), control().hasAttribute("aria-describedby")]).toEqual([false, false]);
});

test("a number is a number within its bounds, and nothing is null", async () => {
  const field = await showField({ kind: "number", most: 5 });
  expect([control().min, control().max, control().step]).toEqual(["1", "5", "1"]);
  await field.write("3");
  expect([field.value(), control().value]).toEqual([3, "3"]);
  await field.write("");
  expect(field.value()).toBeNull();
});

test("a day begins today by the server's clock, or where the server says", async () => {
  const field = await showField({ kind: "date", most: "2027-11-23" });
  expect([control().min, control().max]).toEqual(["2026-11-23", "2027-11-23"]);
  await field.write("2026-12-24");
  expect(field.value()).toBe("2026-12-24");
  hide();
  await showField({ kind: "date", least: "2026-12-01" });
  expect(control().min).toBe("2026-12-01");
});

test("a moment is asked for by the city's clock and given as an instant", async () => {
  const field = await showField({ kind: "instant" as FieldKind }, "2026-11-25T10:00:00Z");
  expect(control().value).toBe("2026-11-25T18:00");
  await field.write("2026-11-26T09:30");
  expect(field.value()).toBe("2026-11-26T01:30:00.000Z");
  await field.write("");
  expect(field.value()).toBe("");
});

describe("a choice", () => {
  const options = (): (string | null)[] => texts("option");

  test("is made among what the server names, by its label or by the city's word", async () => {
    const field = await showField({ kind: "choice", choices: [{ id: "accusation", label: "" }, { id: "b", label: "乙" }] });
    expect(options().slice(0, 1)).toEqual(["请选择"]);
    expect(options().slice(1)).toEqual([expect.not.stringMatching("accusation"), "乙"]);
    await field.write("b");
    expect(field.value()).toBe("b");
  });

  test("of a unit is among all that the board knows, where the server names none", async () => {
    await showField({ kind: "unit", required: false });
    expect(options()).toEqual(["不指定", "交通局", "景田社区", "莲花街道", "水务局"]);
  });

  test("of a person is among nobody where the server names nobody", async () => {
    await showField({ kind: "person" });
    expect(options()).toEqual(["请选择"]);
  });

  test("that was proposed is chosen already", async () => {
    await showField({ kind: "unit", choices: [{ id: "SWJ", label: "水务局" }] }, "SWJ");
    expect(control().value).toBe("SWJ");
  });
});

describe("yes or no, and grades", () => {
  const chosen = (): string[] => all<HTMLLabelElement>("label").filter((each) => each.querySelector("input")?.checked).map((each) => each.textContent ?? "");

  test("are truths, none chosen beforehand", async () => {
    const field = await showField({ kind: "yes_no" });
    expect([texts("label"), chosen()]).toEqual([["是", "否"], []]);
    expect(control()).toBe(all("input")[0]); // its label leads to the first of them
    await press(all<HTMLLabelElement>("label")[1]!.querySelector("input")!);
    expect([field.value(), chosen()]).toEqual([false, ["否"]]);
    await press(all<HTMLLabelElement>("label")[0]!.querySelector("input")!);
    expect([field.value(), chosen()]).toEqual([true, ["是"]]);
  });

  test("of a grade are its choices", async () => {
    const field = await showField({ kind: "grade", choices: [{ id: "good", label: "好" }, { id: "poor", label: "差" }] });
    await press(all<HTMLLabelElement>("label")[1]!.querySelector("input")!);
    expect([field.value(), chosen()]).toEqual(["poor", ["差"]]);
    expect(all("[role=radiogroup]")[0]?.getAttribute("aria-labelledby")).toBe("f-x-label");
  });
});

describe("another alert", () => {
  test("is chosen among those nearby, or named by its number without blanks", async () => {
    const field = await showField({ kind: "alert", choices: [{ id: "a1", label: "00041-K" }] });
    const nearby = one<HTMLSelectElement>("select");
    nearby.value = "a1";
    nearby.dispatchEvent(new Event("change", { bubbles: true }));
    await drawn();
    expect([field.value(), nearby.required, control().required]).toEqual(["a1", false, true]);
    await field.write(" 00042-K ");
    expect(field.value()).toBe("00042-K");
  });

  test("is only named where none is near", async () => {
    await showField({ kind: "alert" });
    expect(all("select")).toEqual([]);
    expect(control().placeholder).toMatch(/^附近没有同类的。请填它的编号/);
  });
});

test("photos are the files that are chosen; once there are some, none is demanded", async () => {
  const field = await showField({ kind: "photos" });
  expect(control().required).toBe(true);
  const file = new File(["x"], "hole.jpg", { type: "image/jpeg" });
  Object.defineProperty(control(), "files", { configurable: true, value: [file] });
  control().dispatchEvent(new Event("change", { bubbles: true }));
  await drawn();
  expect(field.value()).toEqual([file]);
  expect(control().required).toBe(false);
});

describe("a position", () => {
  function locator(ask?: Geolocation["getCurrentPosition"]): void {
    const own = ask ? { geolocation: { getCurrentPosition: ask } } : {};
    vi.stubGlobal("navigator", new Proxy(navigator, {
      has: (_, name) => name in own,
      get: (of, name) => (name in own ? own[name as keyof typeof own] : Reflect.get(of, name)),
    }));
  }

  test("is taken at the press, and can be taken again", async () => {
    const coords = { longitude: 114.05, latitude: 22.54, accuracy: 14.6 };
    locator((found) => found({ coords } as GeolocationPosition));
    const field = await showField({ kind: "position" });
    expect([field.value(), texts("button")]).toEqual([null, ["取一次位置"]]);
    await press("取一次位置");
    expect(field.value()).toEqual({ lon: 114.05, lat: 22.54, accuracy_m: 14.6, crs: "wgs84" });
    expect([texts("button"), texts("[role=status]")]).toEqual([["重新取"], ["已取到，精度约 15 米"]]);
  });

  test("that does not come is no disaster, and that is said", async () => {
    locator((_, lost) => lost?.({} as GeolocationPositionError));
    const field = await showField({ kind: "position" });
    await press("取一次位置");
    expect([field.value(), texts("[role=status]")]).toEqual([null, ["没拿到位置，没关系，写明原因即可。"]]);
  });

  test("while it is asked for says so", async () => {
    locator(() => undefined);
    await showField({ kind: "position" });
    await press("取一次位置");
    expect(texts("[role=status]")).toEqual(["正在取位置…"]);
  });

  test("cannot be asked for where the browser has none", async () => {
    locator();
    await showField({ kind: "position" });
    expect([one<HTMLButtonElement>("button").disabled, texts("[role=status]")]).toEqual([true, ["没拿到位置，没关系，写明原因即可。"]]);
  });
});

test("a kind is chosen in a list that words narrow; what was chosen stays in it", async () => {
  const choices = [{ id: "E0114", label: "道路遗撒" }, { id: "P0137", label: "路灯" }];
  const field = await showField({ kind: "category", choices });
  await field.write("E0114");
  expect(field.value()).toBe("E0114");
  const search = one<HTMLInputElement>("input[type=search]");
  search.value = "路灯";
  search.dispatchEvent(new Event("input", { bubbles: true }));
  await drawn();
  expect(texts("option")).toEqual(["请选择", "道路遗撒", "路灯"]);
  await field.write("");
  expect(texts("option")).toEqual(["请选择", "路灯"]);
});

const UNITS = ["燃气集团", "水务局", "交通局", "城管局", "住建局", "教育局", "卫健局", "民政局", "市生态环境局福田管理局"].map((label, i) => ({ id: `U${i}`, label }));
const SOUNDS = { ran: "燃", qi: "气", ji: "集", tuan: "团", lu: "路", deng: "灯", bu: "不", liang: "亮", lou: "漏" };
const GAS = { ...NO_WORDS, code: "E0300", label: labelPair("燃气泄漏"), say: labelPair("漏气"), words: ["煤气", "煤气味"], common: false };

test.each([
  ["category", "煤气", ["燃气泄漏"]],
  ["category", "漏气", ["燃气泄漏"]],
  ["category", "路灯不亮了", ["路灯"]],
  ["unit", "燃气", ["燃气集团"]],
  ["unit", "ranqijituan", ["燃气集团"]],
  ["unit", "rqjt", ["燃气集团"]],
  ["unit", "环保局", ["市生态环境局福田管理局"]],
  ["unit", "月球", []],
] as [FieldKind, string, string[]][])("a long list of kind %s is searched as the phone finds: %s", async (kind, typed, found) => {
  keepForms({ categories: [GAS], sounds: SOUNDS, unit_words: { U8: ["环保", "环保局"] } } as unknown as Forms);
  const choices = kind === "unit" ? UNITS : [{ id: "E0300", label: "燃气泄漏" }, { id: "P0137", label: "路灯" }];
  await showField({ kind, choices });
  const search = one<HTMLInputElement>("input[type=search]");
  search.value = typed;
  search.dispatchEvent(new Event("input", { bubbles: true }));
  await drawn();
  expect(texts("option").slice(1)).toEqual(found);
  expect(texts("[role=status]")).toEqual([found.length ? `找到 ${found.length} 项` : "没有找到，换个说法再试。"]);
  keepForms(null);
});

test("whoever looks for a unit that is not found has chosen none, whatever stood there before", async () => {
  const field = await showField({ kind: "unit", choices: UNITS, required: true });
  await field.write("U1");
  const search = one<HTMLInputElement>("input[type=search]");
  const type = async (words: string): Promise<void> => {
    search.value = words;
    search.dispatchEvent(new Event("input", { bubbles: true }));
    await drawn();
  };
  await type("水务");
  expect(field.value()).toBe("U1");
  await type("月球");
  expect([field.value(), texts("option")]).toEqual(["", ["请选择"]]);
});

test("a short list is seen at one look: nothing stands above it", async () => {
  await showField({ kind: "unit", choices: UNITS.slice(0, 3) });
  expect(all("input[type=search]")).toEqual([]);
});

test("a place is a grid by its name, or a point that can be taken back", async () => {
  const choices = [{ id: "grid-1", label: "莲花街道 · 景田社区 · 一网格" }];
  const field = await showField({ kind: "place", choices, required: false });
  await field.write("grid-1");
  expect(field.value()).toEqual({ grid: "grid-1" });
  hide();
  const pointed = await showField({ kind: "place", choices, required: false }, { lon: 114.05, lat: 22.54, crs: "wgs84" });
  expect(control().value).toBe("");
  await press("不改地点");
  expect(pointed.value()).toBeNull();
});

test("a place in another street says to whom the alert goes, before it is sent", async () => {
  keepLand(LAND);
  await showField({ kind: "place", required: false, choices: [] }, { lon: 114.05, lat: 22.55, crs: "wgs84" });
  await drawn();
  expect(texts(".moves")).toEqual(["这里属福田街道，不在莲花街道了。提交后这件事转给福田街道。"]);
  keepLand(null);
});
