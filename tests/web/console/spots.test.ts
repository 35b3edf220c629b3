// The signs of the map stay the same elements while what they say changes.
import L from "leaflet";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Spots } from "../../../static/src/console/map/spots";
import type { State } from "../../../static/src/shared/late";
import type { Card } from "../../../static/src/shared/shapes";
import { speakConsole } from "../speak";
import { card } from "./board";

const HERE = { lat: 22.54, lon: 114.05 };
let map: L.Map;

beforeEach(() => {
  speakConsole();
  document.body.innerHTML = '<div id="map" style="width:400px;height:400px"></div>';
  map = L.map("map", { center: [HERE.lat, HERE.lon], zoom: 16 });
});
afterEach(() => void map.remove());

function onMap(cards: Card[]) {
  const said = { state: "ok" as State, unfolded: [] as string[][] };
  const spots = new Spots(map, {
    state: () => said.state,
    icon: () => "road",
    title: ({ id }) => `${id} ${said.state}`,
    choose: () => undefined,
    card: (point) => cards[point],
    expand: () => undefined,
    unfold: (all) => void said.unfolded.push(all.map(({ id }) => id)),
  });
  const show = (): void => spots.show(cards.map((each, point) => ({ point, lon: each.lon ?? 0, lat: each.lat ?? 0 })), undefined);
  show();
  return { said, show, cards };
}

const signs = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>(".m-sign")];

test("a sign that has the focus keeps it when what it stands for becomes late, or one more joins", () => {
  const { said, show, cards } = onMap([card("a", HERE), card("b", HERE)]);
  const [sign] = signs();
  sign!.focus();
  said.state = "red";
  show();
  cards.push(card("c", HERE));
  show();
  expect(signs()).toEqual([sign]);
  expect(document.activeElement).toBe(sign);
  expect(sign!.querySelector(".sr")?.textContent).toContain("3");
  sign!.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
  expect(said.unfolded).toEqual([["a", "b", "c"]]);
});

test("a press that began before the sign changed still counts", () => {
  const { said, show } = onMap([card("a", HERE), card("b", HERE)]);
  const [sign] = signs();
  sign!.dispatchEvent(new MouseEvent("mousedown", { bubbles: true }));
  said.state = "red";
  show();
  sign!.dispatchEvent(new MouseEvent("mouseup", { bubbles: true }));
  sign!.dispatchEvent(new MouseEvent("click", { bubbles: true }));
  expect(said.unfolded).toEqual([["a", "b"]]);
});
