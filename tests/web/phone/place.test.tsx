// The place of a report: with or without a map, near or far, and where exactly.
import { h } from "preact";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { PlaceFeature, Places } from "../../../static/src/shared/shapes";
import { kmOutside } from "../../../static/src/shared/inside";
import { button, fill, hide, press, root, show, texts } from "../screen";
import { labelPair } from "../shapes";
import { passes } from "../time";
import { newPhone, openApp, type Phone, theLine } from "./phone";

newPhone();
afterEach(hide);
vi.mock("../../../mobile_pwa/src/map/picker", () => ({
  Picker: class {
    close(): void {}
    setFix(): void {}
    setPin(): void {}
    setAround(): void {}
    zoom(): void {}
    centre = () => ({ lon: 114.05, lat: 22.54 });
  },
}));

const [WEST, EAST, SOUTH, NORTH] = [114.0, 114.1, 22.5, 22.6];
const area = (level: string): PlaceFeature => ({
  type: "Feature",
  properties: { id: level, label: labelPair(level), level },
  geometry: { type: "Polygon", coordinates: [[[WEST, SOUTH], [EAST, SOUTH], [EAST, NORTH], [WEST, NORTH], [WEST, SOUTH]]] },
}) as unknown as PlaceFeature;
const level = (name: string) => ({ type: "FeatureCollection", features: [area(name)] });
const PLACES = { version: "1", schematic: false, district: level("district"), streets: level("street"), communities: level("community"), grids: level("grid") } as unknown as Places;

async function showPlace(app: Phone, patch: object = {}): Promise<string> {
  const { id } = await app.beginReport();
  await app.changeReport(id, patch);
  const { PlaceStep } = await import("../../../mobile_pwa/src/screens/report/place-step");
  const { useCell } = await import("../../../mobile_pwa/src/core/cell");
  const Step = () => {
    const report = useCell(app.reports).find((one) => one.id === id);
    return report ? h(PlaceStep, { report }) : null;
  };
  await show(h(Step, {}));
  await passes(200); // the map was asked for, and came
  return id;
}

const withMap = (): void => void theLine().answers.set("/api/v1/places", PLACES);

describe("before the map was ever seen, without a network", () => {
  test("nobody is told that a place is outside: the map is not there", async () => {
    await showPlace(await openApp("volunteer"), { pin: { lon: 114.05, lat: 22.54, accuracy_m: 15 } });
    expect(root().textContent).toContain("还没有下载地图");
    expect(root().textContent).not.toContain("不在网格内");
    expect(button("就是这里").disabled).toBe(false);
  });

  test("an arrow moves no pin to nowhere", async () => {
    const app = await openApp("volunteer");
    const id = await showPlace(app);
    await press("向左");
    expect(app.reportById(id)?.pin).toBeNull();
  });
});

describe("a pin", () => {
  test("inside the district goes on", async () => {
    withMap();
    await showPlace(await openApp("volunteer"), { pin: { lon: 114.05, lat: 22.54, accuracy_m: 15 } });
    expect([button("就是这里").disabled, texts("[role=alert]")]).toEqual([false, []]);
  });

  test.each([["London", { lon: -0.1276, lat: 51.5072 }], ["the other side of the estuary", { lon: 113.5, lat: 22.2 }]])("in %s does not: that is said at once, not hours later", async (_, pin) => {
    withMap();
    await showPlace(await openApp("volunteer"), { pin: { ...pin, accuracy_m: null } });
    expect(button("就是这里").disabled).toBe(true);
    expect(texts("[role=alert]")).toEqual(["这里离本区太远，没法上报。请挪图钉，或再定位一次。"]);
  });

  test("a little outside is for the district to decide", async () => {
    withMap();
    await showPlace(await openApp("volunteer"), { pin: { lon: 114.15, lat: 22.54, accuracy_m: 15 } });
    expect(button("就是这里").disabled).toBe(false);
  });
});

test("coordinates that cannot be read are answered with an example of this city", async () => {
  withMap();
  await showPlace(await openApp("volunteer"));
  await fill("纬度，经度", "bij de kerk");
  expect(root().textContent).toContain("请写成 22.5500, 114.0500 这样。");
});

test("a landmark is kept with the report as it is written", async () => {
  const app = await openApp("volunteer");
  const id = await showPlace(app);
  await fill("门口、楼栋", "3 栋门口");
  expect(app.reportById(id)?.landmark).toBe("3 栋门口");
});

test("the distance to a district is none inside it, and in kilometres outside", () => {
  expect(kmOutside(PLACES, { lon: 114.05, lat: 22.54 })).toBe(0);
  expect(kmOutside(PLACES, { lon: 114.05, lat: 23.6 })).toBeCloseTo(111.3, 0);
  expect(kmOutside(PLACES, { lon: 115.1, lat: 22.54 })).toBeCloseTo(102.8, 0);
});
