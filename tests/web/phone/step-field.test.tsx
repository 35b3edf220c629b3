// Each kind of field has its control on the phone, and gives the value that the server reads.
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { StepValue } from "../../../mobile_pwa/src/core/rows";
import type { FieldKind, StepField, StepName } from "../../../static/src/shared/shapes";
import { LAND } from "../land";
import { all, control, fill, hide, one, press, shoot, show, texts } from "../screen";
import { passes } from "../time";
import { picture, withPictures } from "./camera";
import { newPhone, openApp, theLine } from "./phone";

newPhone();
beforeEach(async () => void (await openApp("handler")));
afterEach(hide);

const HERE = { lon: 114.02, lat: 22.55, street: "福田街道", community: null, grid: null, severity: 2, life_safety: false };

/** One field that is filled in: what was put last, and drawn again with it. */
async function showField(step: StepName, field: Partial<StepField>, start?: StepValue, wrong?: string): Promise<{ value: () => StepValue | undefined }> {
  const { StepFieldInput } = await import("../../../mobile_pwa/src/screens/alert/step-field");
  const whole = { name: "x", required: true, kind: "text", ...field } as StepField;
  let value = start;
  const draw = async (): Promise<void> => {
    const values: Record<string, StepValue> = value === undefined ? {} : { [whole.name]: value };
    const draft = { key: "p A/x", person: "p", alert: "A", step, client_id: "c", values };
    await show(<StepFieldInput step={step} field={whole} draft={draft} here={HERE} wrong={wrong} put={async (next) => { value = next; void draw(); }} />);
  };
  await draw();
  return { value: () => value };
}

const choices = (...ids: string[]) => ids.map((id) => ({ id, label: id.toUpperCase() }));
const chosen = (): string[] => all("label.on,label.sel").map((each) => each.textContent ?? "");

describe("words", () => {
  test("are written in an area with the city's name for the field", async () => {
    const field = await showField("submit", { name: "done", kind: "text" }, "先前写的");
    expect(control("做了什么").value).toBe("先前写的");
    await fill("做了什么", "已回填");
    expect(field.value()).toBe("已回填");
    expect(one<HTMLTextAreaElement>("textarea").maxLength).toBe(2000);
  });

  test("that are not needed are marked so, and a fault stands below them", async () => {
    await showField("rate", { name: "note", kind: "text", required: false }, "", "写得太长");
    expect(texts("label")).toEqual(["还想说的话可不填"]);
    expect(texts("[role=alert]")).toEqual(["写得太长"]);
    expect(one("textarea").getAttribute("aria-describedby")).toBe(one(".wrong").id);
  });

  test("of a kind that this version does not know are asked for as words, by the server's label", async () => {
    const field = await showField("new_step" as StepName, { name: "y", kind: "hologram" as StepField["kind"], label: "全息图" });
    await fill("全息图", "文字");
    expect(field.value()).toBe("文字");
  });

  test("are named by their code where nobody has a label", async () => {
    await showField("new_step" as StepName, { name: "y", kind: "text" });
    expect(texts("label")).toEqual(["y"]);
  });

  test("have their help below them", async () => {
    await showField("return", { name: "clause", kind: "text" });
    expect(texts(".help")).toEqual(["写职责清单的条目，例如“第 12 条”。"]);
    expect(one("textarea").getAttribute("aria-describedby")).toBe(one(".help").id);
  });
});

describe("a choice", () => {
  test("of few stands on the screen, with a tick at what is chosen", async () => {
    const field = await showField("assign", { kind: "person", choices: choices("a", "b") });
    expect(chosen()).toEqual([]);
    await press(control("B"));
    expect([field.value(), chosen()]).toEqual(["b", ["B"]]);
  });

  test.each(["choice", "unit", "person"] as const)("of seven or more turns on a wheel: %s", async (kind) => {
    const field = await showField("reassign", { kind, label: "单位", choices: choices("a", "b", "c", "d", "e", "f", "g") });
    await fill("单位", "f");
    expect([all("select").length, field.value()]).toEqual([1, "f"]);
  });
});

describe("yes or no", () => {
  test("is a truth, and nothing is chosen beforehand", async () => {
    const field = await showField("rule", { kind: "yes_no" });
    expect(chosen()).toEqual([]);
    await press(control("否"));
    expect([field.value(), chosen()]).toEqual([false, ["否"]]);
    await press(control("是"));
    expect([field.value(), chosen()]).toEqual([true, ["是"]]);
  });

  test("of the rating is said in its own words", async () => {
    const field = await showField("rate", { kind: "yes_no", name: "solved" });
    await press(control("没解决"));
    expect(field.value()).toBe(false);
  });
});

test("a grade that is not needed is marked so", async () => {
  await showField("rate", { kind: "grade", name: "grade", required: false });
  expect(texts("legend")).toEqual(["满意程度可不填"]);
});

test("a grade has three faces with words, none chosen beforehand", async () => {
  const field = await showField("rate", { kind: "grade", name: "grade" });
  expect(texts("legend")).toEqual(["满意程度"]);
  expect([texts("label b"), chosen()]).toEqual([["满意", "一般", "不满意"], []]);
  await press(control("一般"));
  expect([field.value(), chosen()]).toEqual(["fair", ["一般"]]);
});

describe("a number", () => {
  test("is a number, within its bounds, which are said", async () => {
    const field = await showField("extend", { kind: "number", label: "延几天", least: 1, most: 5, unit: "work_days" });
    const input = control("延几天");
    expect([input.type, input.min, input.max, texts(".help")]).toEqual(["number", "1", "5", ["1 到 5 个工作日"]]);
    await fill("延几天", "3");
    expect([field.value(), control("延几天").value]).toEqual([3, "3"]);
    await fill("延几天", "");
    expect(field.value()).toBe("");
  });

  test("without bounds begins at one", async () => {
    await showField("extend", { kind: "number", label: "延几天" });
    expect([control("延几天").min, control("延几天").max]).toEqual(["1", ""]);
  });
});

test("a day begins today by the server's clock, and ends where the server says", async () => {
  const field = await showField("suspend", { name: "until", kind: "date", most: "2027-11-23" });
  const input = control("计划完成日期");
  expect([input.type, input.min, input.max]).toEqual(["date", "2026-11-23", "2027-11-23"]);
  await fill("计划完成日期", "2026-12-24");
  expect(field.value()).toBe("2026-12-24");
});

test("a moment is asked for by the city's clock and given as an instant; nothing is nothing", async () => {
  const field = await showField("snooze", { kind: "instant" as FieldKind, label: "到何时" }, "2026-11-25T10:00:00Z");
  expect([control("到何时").type, control("到何时").value]).toEqual(["datetime-local", "2026-11-25T18:00"]);
  await fill("到何时", "2026-11-26T09:30");
  expect(field.value()).toBe("2026-11-26T01:30:00.000Z");
  await fill("到何时", "");
  expect(field.value()).toBe("");
});

describe("another alert", () => {
  test("is chosen among those nearby, or named by its number", async () => {
    const field = await showField("merge", { name: "into", kind: "alert", choices: choices("a1") });
    const [nearby, number] = [one<HTMLSelectElement>("select"), one<HTMLInputElement>("input")];
    nearby.value = "a1";
    nearby.dispatchEvent(new Event("change", { bubbles: true }));
    expect(field.value()).toBe("a1");
    number.value = " 00042-K ";
    number.dispatchEvent(new Event("input", { bubbles: true }));
    expect(field.value()).toBe("00042-K");
    expect([nearby.required, number.required]).toEqual([false, true]);
  });

  test("is only named where none is near", async () => {
    await showField("merge", { name: "into", kind: "alert" });
    expect(texts(".help")[0]).toContain("附近没有同类的。请填它的编号");
    expect(all("select")).toEqual([]);
  });
});

test("a position is asked for nowhere", async () => {
  await showField("arrive", { kind: "position" });
  expect(all("*")).toEqual([]);
});

describe("photos", () => {
  test("are kept for the step, one by one, each once, and removed by a button", async () => {
    withPictures();
    const field = await showField("submit", { name: "photos", kind: "photos" });
    const camera = (): HTMLInputElement => one<HTMLInputElement>("input[type=file]");
    await shoot(camera(), picture("one.jpg"));
    await shoot(camera(), picture("two.jpg"));
    await shoot(camera(), picture("one.jpg"));
    expect(field.value()).toHaveLength(2);
    expect(all("img")).toHaveLength(2);
    const [first] = field.value() as string[];
    await press("删除照片 2");
    expect(field.value()).toEqual([first]);
    expect(theLine().sent("PUT")).toEqual([]);
  });

  test("that are chosen at once all stay", async () => {
    withPictures();
    const field = await showField("submit", { name: "photos", kind: "photos" });
    await shoot(one<HTMLInputElement>("input[type=file]"), picture("one.jpg"), picture("two.jpg"), picture("three.jpg"));
    expect(field.value()).toHaveLength(3);
    expect(all("img")).toHaveLength(3);
  });

  test("among which one is bad: the good ones stay, and the bad one is named", async () => {
    withPictures();
    vi.stubGlobal("Image", class { decode = async (): Promise<void> => { throw new Error("no picture"); }; });
    const field = await showField("submit", { name: "photos", kind: "photos" });
    await shoot(one<HTMLInputElement>("input[type=file]"), picture("broken"), picture("two.jpg"), picture("three.jpg"));
    expect(field.value()).toHaveLength(2);
    expect(texts("[role=alert]")).toEqual(["“broken”打不开，没有加上。请另拍一张。"]);
  });

  test("are nine at most, and a fault is said beside them", async () => {
    await showField("submit", { name: "photos", kind: "photos", required: false }, ["1", "2", "3", "4", "5", "6", "7", "8", "9"], "至少一张");
    expect([all("input[type=file]").length, texts("[role=alert]"), texts("p.lb")]).toEqual([0, ["至少一张"], ["处置后的照片可不填"]]);
  });
});

describe("a place", () => {
  const grids = [{ id: "grid-1", label: "莲花街道 · 景田社区 · 一网格" }];

  test("is a grid by its name", async () => {
    const field = await showField("correct", { name: "place", kind: "place", required: false, choices: grids });
    const select = one<HTMLSelectElement>("select");
    select.value = "grid-1";
    select.dispatchEvent(new Event("change", { bubbles: true }));
    expect(field.value()).toEqual({ grid: "grid-1" });
  });

  test("that was pointed at can be left as it is", async () => {
    const field = await showField("correct", { name: "place", kind: "place", required: false, choices: grids }, { lon: 114.05, lat: 22.54, crs: "wgs84" });
    await press("不改地点");
    expect(field.value()).toBe("");
  });

  test("in another street says to whom the alert goes, before it is sent", async () => {
    theLine().answers.set("/api/v1/places", LAND);
    await showField("correct", { name: "place", kind: "place", required: false, choices: grids }, { lon: 114.15, lat: 22.55, crs: "wgs84" });
    await passes(100);
    expect(texts("[role=status]")).toEqual(["这里属莲花街道，不在福田街道了。提交后这件事转给莲花街道。"]);
  });
});
