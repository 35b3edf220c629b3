// A place that moves over a street's border says so before it is sent.
import { beforeEach, expect, test } from "vitest";
import { movedStreetWords, smallestArea } from "../../../static/src/shared/moved-street";
import { asPoint } from "../../../static/src/shared/place-value";
import { LAND } from "../land";
import { speakCity } from "../speak";

beforeEach(() => speakCity());

const HERE = { street: "福田街道" };
const at = (lon: number) => asPoint({ lon, lat: 22.55 });
const GONE = "这里属莲花街道，不在福田街道了。提交后这件事转给莲花街道。";

test("a pin in another street says to whom the alert goes then", () => {
  expect(movedStreetWords(LAND, at(114.15), HERE)).toBe(GONE);
});

test("so does a grid of another street", () => {
  expect(movedStreetWords(LAND, { grid: "莲花一网格" }, HERE)).toBe(GONE);
});

test.each([
  ["a pin in the same street", at(114.02)],
  ["a grid of the same street", { grid: "福田一网格" }],
  ["no place at all", null],
  ["a grid that is not on the map", { grid: "elsewhere" }],
])("%s says nothing", (_what, value) => expect(movedStreetWords(LAND, value, HERE)).toBe(""));

test("outside every street it goes to the district; from nowhere into a street that is said", () => {
  expect(movedStreetWords(LAND, at(114.3), HERE)).toBe("这里不在任何街道的范围内，不在福田街道了。提交后这件事归区里。");
  expect(movedStreetWords(LAND, at(114.15), { street: null })).toBe("这里属莲花街道。提交后这件事归莲花街道。");
});

test("without a map nothing is said", () => expect(movedStreetWords(null, at(114.15), HERE)).toBe(""));

test("an alert without a point begins at the smallest area that is known of it", () => {
  const known = { lon: null, lat: null, street: "福田街道", community: null, grid: "福田一网格" };
  expect(smallestArea(LAND, known)?.properties.id).toBe("福田一网格");
  expect(smallestArea(LAND, { ...known, grid: null })?.properties.id).toBe("福田街道");
  expect(smallestArea(LAND, { ...known, grid: null, street: null })).toBeNull();
});
