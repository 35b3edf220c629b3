// What things are called on the phone: by the playbook's forms and places, asked for once and kept.
import { h } from "preact";
import { describe, expect, test } from "vitest";
import type { Forms, PlaceFeature, Places } from "../../../static/src/shared/shapes";
import { hide, show } from "../screen";
import { settle } from "../time";
import { newPhone, openApp, theLine } from "./phone";

newPhone();

const category = (code: string, zh: string, icon: string | null) => ({ code, label: { zh, en: code }, icon });
const FORMS = {
  version: 1, emergency: [],
  categories: [category("E0113", "道路破损", "pothole"), category("P0137", "路灯", null)],
  units: { JTJ: { zh: "交通局" } },
} as unknown as Forms;

const area = (id: string, zh: string): PlaceFeature => ({ properties: { id, label: { zh }, level: "" } }) as unknown as PlaceFeature;
const level = (...features: PlaceFeature[]) => ({ type: "FeatureCollection" as const, features });
const PLACES: Places = {
  schematic: true, district: level(area("district", "福田区")), streets: level(area("lianhua", "莲花街道")),
  communities: level(area("jingtian", "景田社区")), grids: level(area("g1", "第一网格")),
};

const asked = (path: string): number => theLine().sent("GET").filter((one) => one === path).length;

describe("the forms", () => {
  test("are asked for once, whoever needs them", async () => {
    const { playbook } = await openApp("volunteer");
    theLine().answers.set("/api/v1/forms", FORMS);
    playbook.learnForms();
    playbook.learnForms();
    await settle();
    expect(playbook.forms.value).toEqual(FORMS);
    expect(asked("/api/v1/forms")).toBe(1);
  });

  test("that did not come are a trouble, and are asked for again", async () => {
    const { playbook } = await openApp("volunteer");
    theLine().state = "down";
    playbook.learnForms();
    await settle();
    expect(playbook.formsTrouble.value).toBeInstanceOf(Error);
    theLine().state = "up";
    theLine().answers.set("/api/v1/forms", FORMS);
    playbook.learnForms();
    await settle();
    expect(playbook.forms.value).toEqual(FORMS);
  });

  test("of before serve without a network", async () => {
    theLine().answers.set("/api/v1/forms", FORMS);
    (await openApp("volunteer")).playbook.learnForms();
    await settle();
    const { playbook } = await openApp("volunteer");
    theLine().state = "down";
    playbook.learnForms();
    await settle();
    expect(playbook.forms.value).toEqual(FORMS);
    expect(playbook.formsTrouble.value).toBeNull();
  });
});

test("the places are asked for once, and again after a silence", async () => {
  const { playbook } = await openApp("volunteer");
  theLine().state = "down";
  playbook.learnPlaces();
  await settle();
  theLine().state = "up";
  theLine().answers.set("/api/v1/places", PLACES);
  playbook.learnPlaces();
  playbook.learnPlaces();
  await settle();
  expect(playbook.places.value).toEqual(PLACES);
  expect(asked("/api/v1/places")).toBe(2);
});

test("whoever shows them asks for them by showing them", async () => {
  const { playbook } = await openApp("volunteer");
  theLine().answers.set("/api/v1/forms", FORMS);
  theLine().answers.set("/api/v1/places", PLACES);
  const seen: unknown[] = [];
  const Shows = (): null => {
    seen.push([playbook.useForms()?.version, playbook.usePlaces()?.schematic]);
    return null;
  };
  await show(h(Shows, {}));
  expect(seen.at(-1)).toEqual([1, true]);
  hide();
});

describe("names", () => {
  test("of categories, and of what the playbook does not know", async () => {
    const { playbook } = await openApp("volunteer");
    expect(playbook.categoryLabel(FORMS, "E0113")).toBe("道路破损");
    expect([playbook.categoryLabel(FORMS, null), playbook.categoryLabel(FORMS, "X"), playbook.categoryLabel(null, "E0113")]).toEqual(Array(3).fill("还没选类别"));
    expect([playbook.iconOf(FORMS, "E0113"), playbook.iconOf(FORMS, "P0137"), playbook.iconOf(null, null)]).toEqual(["c-pothole", "c-other", "c-other"]);
  });

  test("of units come from the forms, else from the places; of others there are none", async () => {
    const { playbook } = await openApp("volunteer");
    expect(playbook.unitLabel("lianhua")).toBeNull();
    playbook.forms.set(FORMS);
    playbook.places.set(PLACES);
    expect(["JTJ", "lianhua", "jingtian", "g1", "district", "X", null].map(playbook.unitLabel)).toEqual(
      ["交通局", "莲花街道", "景田社区", "第一网格", "福田区", null, null],
    );
  });

  test("of a place go from the large to the small, without what nobody knows", async () => {
    const { playbook } = await openApp("volunteer");
    playbook.places.set(PLACES);
    expect(playbook.placeLine({ street: "lianhua", community: "jingtian" })).toBe("莲花街道 · 景田社区");
    expect(playbook.placeLine({ street: null, community: "jingtian" })).toBe("景田社区");
  });
});
