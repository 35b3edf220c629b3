// The map of the board: land, clusters and pins, and choosing among them.
import L from "leaflet";
import "leaflet/dist/leaflet.css";
import type { State } from "../../shared/late";
import type { Card, Places } from "../../shared/shapes";
import { drawLand } from "./land";
import type { FromWorker, ToWorker } from "./protocol";
import { type CardView, PINS_FROM, Spots } from "./spots";
import type { At } from "./stacks";

const CODES: Record<State, number> = {
  ok: 0, paused: 0, done: 0, missed: 0, blue: 1, near: 2, yellow: 3, orange: 4, red: 5,
};

export type MapView = CardView & {
  /** Several alerts at one place were pressed, so far from the map's upper left corner. */
  unfold: (cards: readonly Card[], at: At) => void;
  /** What lies beside a place of the map does not any more. */
  moved: () => void;
};

export class BoardMap {
  readonly #map: L.Map;
  readonly #worker: Worker;
  readonly #spots: Spots;
  #onMap: readonly Card[] = [];
  #chosen: Card | undefined;
  #home: L.LatLngBounds | null = null;
  #atHome = true;
  #expanding: L.LatLng | null = null;
  #codes = new Uint8Array();

  constructor(element: HTMLElement, view: MapView) {
    this.#map = L.map(element, {
      attributionControl: false, zoomControl: false, minZoom: 9, maxZoom: 18,
      zoomSnap: 0.25, center: [0, 0], zoom: 12,
    });
    this.#worker = new Worker(new URL("./cluster.worker.ts", import.meta.url), { type: "module" });
    this.#worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#receive(data);
    this.#spots = new Spots(this.#map, {
      ...view,
      card: (point) => this.#onMap[point],
      expand: (cluster, at) => {
        this.#expanding = at;
        this.#post({ kind: "expand", cluster });
      },
      unfold: (cards, at) => view.unfold(cards, this.#map.latLngToContainerPoint(at)),
    });
    this.#map.on("moveend", () => this.#look());
    this.#map.on("movestart zoomstart", () => view.moved());
    this.#map.on("dragstart zoomstart", () => {
      this.#atHome = false;
    });
    new ResizeObserver(() => this.#fit()).observe(element);
  }

  land(places: Places): void {
    this.#home = drawLand(this.#map, places);
    this.home();
  }

  home(): void {
    if (this.#home) this.#map.fitBounds(this.#home, { paddingTopLeft: [24, 44], paddingBottomRight: [24, 64], animate: false });
    this.#atHome = true;
  }

  /** Whoever looks at the whole district goes on doing so when the drawer takes a part of it. */
  #fit(): void {
    this.#map.invalidateSize({ animate: false });
    if (this.#atHome) this.home();
  }

  zoom(by: 1 | -1): void {
    this.#map.setZoom(Math.round(this.#map.getZoom()) + by);
  }

  /** Cards without a place (household matters) are not on the map. */
  show(cards: readonly Card[], state: (card: Card) => State): void {
    const placed = cards.filter((card) => card.lon !== null && card.lat !== null);
    const codes = Uint8Array.from(placed, (card) => CODES[state(card)]);
    if (this.#isShown(placed, codes)) return;
    this.#onMap = placed;
    this.#codes = codes;
    const lon = Float64Array.from(placed, (card) => card.lon ?? 0);
    const lat = Float64Array.from(placed, (card) => card.lat ?? 0);
    this.#post({ kind: "points", lon, lat, state: codes });
  }

  /** The chosen alert is pinned; the map moves only when it is out of view. */
  choose(card: Card | undefined): void {
    const moved = card?.id !== this.#chosen?.id;
    this.#chosen = card;
    this.#look();
    if (!moved || card?.lat == null || card.lon === null) return;
    const at = L.latLng(card.lat, card.lon);
    if (!this.#map.getBounds().pad(-0.08).contains(at)) this.#map.panTo(at);
  }

  /** Cards are never changed, only replaced: the same card in the same state looks the same. */
  #isShown(cards: readonly Card[], codes: Uint8Array): boolean {
    if (cards.length !== this.#onMap.length) return false;
    return cards.every((card, at) => card === this.#onMap[at] && codes[at] === this.#codes[at]);
  }

  #look(): void {
    const bounds = this.#map.getBounds().pad(0.2);
    this.#post({
      kind: "window", zoom: this.#map.getZoom(),
      west: bounds.getWest(), south: bounds.getSouth(),
      east: bounds.getEast(), north: bounds.getNorth(),
    });
  }

  #receive(message: FromWorker): void {
    if (message.kind === "spots") {
      this.#spots.show(message.spots, this.#chosen);
    } else if (this.#expanding) {
      const zoom = Math.min(Math.max(message.zoom, this.#map.getZoom() + 1), PINS_FROM + 3);
      this.#map.setView(this.#expanding, zoom);
      this.#expanding = null;
    }
  }

  #post(message: ToWorker): void {
    this.#worker.postMessage(message);
  }
}
