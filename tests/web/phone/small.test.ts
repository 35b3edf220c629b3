// Small things that must hold on a phone without https: digests, ids, points, searches.
import { expect, test, vi } from "vitest";
import { fitted } from "../../../mobile_pwa/src/core/photo";
import { entriesOf, isAsking } from "../../../mobile_pwa/src/reports/asking";
import { heardAccusation, heardDanger, whomToCall } from "../../../mobile_pwa/src/reports/life-words";
import { contains } from "../../../static/src/shared/inside";
import { moved } from "../../../mobile_pwa/src/map/move";
import { readPoint } from "../../../mobile_pwa/src/screens/report/coordinates";
import { findCategories, offered } from "../../../static/src/shared/find-category";
import { newId } from "../../../static/src/shared/new-id";
import { sha256, sha256Slowly } from "../../../static/src/shared/sha256";
import type { FormCategory, PlaceFeature } from "../../../static/src/shared/shapes";
import { labelPair, NO_DANGER } from "../shapes";

const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

test("the digest computed here is the standard's", () => {
  expect(sha256Slowly(bytes("abc"))).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  expect(sha256Slowly(bytes(""))).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
});

test.each([55, 56, 63, 64, 65, 1000])("%d bytes have the same digest both ways", async (length) => {
  const message = bytes("坑a".repeat(length)).slice(0, length);
  expect(sha256Slowly(message)).toBe(await sha256(message.buffer));
});

test("without randomUUID an id is still a version 4 UUID", () => {
  vi.stubGlobal("crypto", { getRandomValues: crypto.getRandomValues.bind(crypto) });
  const ids = new Set(Array.from({ length: 50 }, newId));
  vi.unstubAllGlobals();
  expect(ids.size).toBe(50);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("a photo becomes at most 1600 px long and never larger than it was", () => {
  expect(fitted(3000, 4000)).toEqual([1200, 1600]);
  expect(fitted(800, 600)).toEqual([800, 600]);
  expect(fitted(9000, 2)).toEqual([1600, 1]);
});

test("coordinates are read in either order, and nonsense is not", () => {
  expect(readPoint("22.5431, 114.0579")).toEqual({ lat: 22.5431, lon: 114.0579 });
  expect(readPoint("114.0579，22.5431")).toEqual({ lat: 22.5431, lon: 114.0579 });
  expect(readPoint("22.5431")).toBeNull();
  expect(readPoint("北 22, 东 114")).toBeNull();
});

test("five metres east is five metres, also in Shenzhen", () => {
  const { lon, lat } = moved({ lon: 114, lat: 22.54 }, 5, 0);
  expect((lon - 114) * 111_320 * Math.cos((22.54 * Math.PI) / 180)).toBeCloseTo(5, 0);
  expect(lat).toBe(22.54);
});

test("a point lies in a polygon, and not in its hole", () => {
  const square = (a: number, b: number): number[][] => [[a, a], [b, a], [b, b], [a, b], [a, a]];
  const area: PlaceFeature = {
    type: "Feature",
    properties: { id: "x", label: labelPair("x"), level: "grid" },
    geometry: { type: "Polygon", coordinates: [square(0, 10), square(4, 6)] },
  };
  expect(contains(area, { lon: 1, lat: 1 })).toBe(true);
  expect(contains(area, { lon: 5, lat: 5 })).toBe(false);
  expect(contains(area, { lon: 11, lat: 5 })).toBe(false);
});

test("words are found in both languages, all of them", () => {
  const lamp = { code: "P0137", label: { zh: "路灯", en: "Street light" } } as unknown as FormCategory;
  const unsure = { code: "unsure", label: { zh: "路 拿不准", en: "Not sure" } } as unknown as FormCategory;
  const forms = { categories: [lamp, unsure], sounds: { lu: "路", deng: "灯登" } };
  for (const typed of ["路灯", "light street", "ludeng", "路登", "P0137"]) expect(findCategories(forms, typed)).toEqual([lamp]);
  expect(findCategories(forms, "路 井")).toEqual([]);
  expect(offered(forms, "楼下的路灯不亮")).toEqual([lamp]);
});

const LISTENING = {
  ...NO_DANGER,
  emergency: [{ number: "119", label: labelPair("火警"), sentence: null }],
  hotlines: [{ number: "123", label: labelPair("燃气"), sentence: null }],
  life_words: [{ pattern: "漏气|漏电", unless: "轮胎漏气", calm: "没电到人", shows: ["123", "119"] }],
  denials: { before: "没|没有", after: "修好了", calm: "虚惊一场", turns: "但|又" },
  accusations: {
    heard: { pattern: "受贿", unless: "", calm: "", shows: [] }, channel: { number: "12388", label: labelPair("纪检"), sentence: null }, title: null, hint: null,
  },
};

test("a life word is heard with whom to call, the nearest first; a denied one is not", () => {
  expect(heardDanger(LISTENING, "楼下漏气了")).toMatchObject({ word: "漏气", numbers: [{ number: "123" }, { number: "119" }] });
  expect(heardDanger(LISTENING, "没有漏气")).toBeNull();
  expect(heardDanger(LISTENING, "漏气已经修好了")).toBeNull();
  expect(heardDanger(LISTENING, "轮胎漏气")).toBeNull();
  expect(heardDanger(LISTENING, "没漏气，漏电了")?.word).toBe("漏电");
});

test("a life word is heard however it is typed", () => {
  for (const typed of ["漏 气 了", "楼下漏 气", "漏\u200b气", "漏\u2066气", "漏\u{e0020}气", "漏氣", "漏電了"]) {
    expect(heardDanger(LISTENING, typed)?.word, typed).toMatch(/^漏[气电]$/);
  }
  for (const typed of ["没 有 漏 气", "沒有漏氣", "沒有 漏 電"]) expect(heardDanger(LISTENING, typed), typed).toBeNull();
});

test("what the words say of themselves calms them as far as the next turn", () => {
  expect(heardDanger(LISTENING, "虚惊一场，谁说漏气")).toBeNull();
  expect(heardDanger(LISTENING, "漏电，没电到人，挡着路")).toBeNull();
  expect(heardDanger(LISTENING, "虚惊一场，但漏气是真的")?.word).toBe("漏气");
  expect(heardDanger(LISTENING, "漏电，没电到人，又漏电了")?.word).toBe("漏电");
});

test("whom to call: what the words name, then the kind's own, then the district's, each once", () => {
  const lifts = { emergency: [{ number: "96333", label: labelPair("电梯"), sentence: null }] };
  const numbers = (text: string) => heardDanger(LISTENING, text, lifts)?.numbers.map(({ number }) => number);
  expect(numbers("漏气了")).toEqual(["123", "119", "96333"]);
  expect(whomToCall(LISTENING, lifts).map(({ number }) => number)).toEqual(["96333", "119"]);
});

test("kinds that one question tells apart are one entry, where the first of them stood", () => {
  const kind = (code: string, group: string) => ({ code, parents: [group, "asset"] }) as unknown as FormCategory;
  const categories = [kind("C1", "covers"), kind("L1", "lamps"), kind("C2", "covers")];
  const names = { covers: labelPair("井盖"), lamps: labelPair("灯") };
  const forms = { categories, groups: names, asking: { covers: labelPair("写着什么？") } };
  const shown = entriesOf(forms, [categories[1]!, categories[2]!, categories[0]!]);
  expect(shown.map((each) => (isAsking(each) ? each.categories.map(({ code }) => code) : each.code))).toEqual(["L1", ["C1", "C2"]]);
  expect(entriesOf({ categories, groups: names }, categories)).toEqual(categories);
});

test("an accusation shows its page, unless lives are in danger", () => {
  expect(heardAccusation(LISTENING, "举报某局长受贿")).toBe(true);
  expect(heardAccusation(LISTENING, "举报噪音")).toBe(false);
  expect(heardAccusation(LISTENING, "某局长受贿，楼下漏气")).toBe(false);
});
