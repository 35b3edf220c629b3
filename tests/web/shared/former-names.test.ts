// What a kind or a unit was called that the playbook has no more stays readable in old alerts.
import { beforeEach, expect, test } from "vitest";
import { categoryLabel as phoneName, iconOf } from "../../../mobile_pwa/src/core/playbook";
import { categoryIcon, categoryName, unitName } from "../../../static/src/console/words/names";
import type { Forms, Labels } from "../../../static/src/shared/shapes";
import { NO_DANGER } from "../shapes";
import { speakConsole } from "../speak";

const former = {
  units: { "JTJ-WEST": { zh: "交通局西片", en: "Transport West" } },
  categories: { X0009: { zh: "街角小憩点损坏", en: "Broken parklet", icon: "pavement" } },
};
const labels: Labels = { units: { JTJ: { zh: "交通局" } }, categories: { E0113: { zh: "道路破损", icon: "pothole" } }, former };
const forms: Forms = { ...NO_DANGER, version: "1", about: [], groups: {}, units: {}, categories: [], former };

beforeEach(() => speakConsole());

test("the console names units and kinds that are gone", () => {
  expect(unitName(labels, "JTJ-WEST")).toBe("交通局西片");
  expect(categoryName(labels, "X0009")).toBe("街角小憩点损坏");
  expect(categoryIcon(labels, "X0009")).toBe("pavement");
  expect(categoryName(labels, "E0113")).toBe("道路破损");
});

test("the phone names them as well", () => {
  expect(phoneName(forms, "X0009")).toBe("街角小憩点损坏");
  expect(iconOf(forms, "X0009")).toBe("c-pavement");
  expect(iconOf(forms, "X0010")).toBe("c-other");
});
