// The signs that stand on the map now: a few DOM markers, reused while they look the same.
import L from "leaflet";
import type { State } from "../../shared/late";
import type { Card } from "../../shared/shapes";
import { t } from "../../shared/words";
import { isCluster, type Spot } from "./protocol";
import { clusterSign, clusterSize, dotSign, pinSign } from "./signs";

/** From this zoom on single alerts show their category. */
export const PINS_FROM = 15;

/** How a card looks on the map, and what a press on it does. */
export type CardView = {
  state: (card: Card) => State;
  icon: (card: Card) => string;
  title: (card: Card) => string;
  choose: (card: Card) => void;
};

export type SpotView = CardView & {
  card: (point: number) => Card | undefined;
  expand: (cluster: number, at: L.LatLng) => void;
};

type Sign = { html: string; size: L.PointTuple; anchor: L.PointTuple; title: string; front: boolean };
type Drawn = { marker: L.Marker; key: string };

export class Spots {
  #markers = new Map<string, Drawn>();

  constructor(
    private readonly map: L.Map,
    private readonly view: SpotView,
  ) {}

  /** Draw these spots and the chosen card, which is never hidden inside a cluster. */
  show(spots: readonly Spot[], chosen: Card | undefined): void {
    const wanted = new Set<string>();
    for (const spot of spots) {
      if (isCluster(spot)) {
        const key = `c${spot.lon.toFixed(6)},${spot.lat.toFixed(6)}`;
        wanted.add(key);
        this.#put(key, [spot.lat, spot.lon], this.#cluster(spot), (at) =>
          this.view.expand(spot.cluster, at));
        continue;
      }
      const card = this.view.card(spot.point);
      if (card === undefined || card.id === chosen?.id) continue;
      wanted.add(card.id);
      this.#putCard(card, false);
    }
    if (chosen && chosen.lat !== null) {
      wanted.add(chosen.id);
      this.#putCard(chosen, true);
    }
    for (const [key, { marker }] of this.#markers) {
      if (wanted.has(key)) continue;
      marker.remove();
      this.#markers.delete(key);
    }
  }

  #putCard(card: Card, chosen: boolean): void {
    if (card.lat === null || card.lon === null) return;
    this.#put(card.id, [card.lat, card.lon], this.#single(card, chosen), () => {
      this.view.choose(card);
    });
  }

  #put(key: string, at: L.LatLngTuple, sign: Sign, press: (at: L.LatLng) => void): void {
    const says = `${sign.html}${sign.title}${at.join()}`;
    const known = this.#markers.get(key);
    if (known?.key === says) {
      known.marker.off("click").on("click", () => press(known.marker.getLatLng()));
      return;
    }
    known?.marker.remove();
    const { html, size: iconSize, anchor: iconAnchor } = sign;
    const icon = L.divIcon({ className: "m-sign", html, iconSize, iconAnchor });
    const marker = L.marker(at, {
      icon, keyboard: false, title: sign.title, alt: sign.title,
      zIndexOffset: sign.front ? 10_000 : 0,
    });
    marker.on("click", () => press(marker.getLatLng())).addTo(this.map);
    nameSign(marker, sign.title);
    this.#markers.set(key, { marker, key: says });
  }

  #cluster(spot: Extract<Spot, { cluster: number }>): Sign {
    const late = spot.yellow + spot.orange + spot.red;
    const size = clusterSize(spot);
    return {
      html: clusterSign(spot, t("map.late", { n: late })),
      size: [size, size],
      anchor: [size / 2, size / 2],
      title: t(late > 0 ? "map.cluster_late" : "map.cluster", { n: spot.count, late }),
      front: late > 0,
    };
  }

  #single(card: Card, chosen: boolean): Sign {
    const state = this.view.state(card);
    const title = this.view.title(card);
    const near = this.map.getZoom() >= PINS_FROM;
    if (!near && !chosen) {
      return { html: dotSign(state), size: [24, 24], anchor: [12, 12], title, front: false };
    }
    const html = pinSign(this.view.icon(card), state, chosen);
    return { html, size: [48, 52], anchor: [24, 46], title, front: chosen };
  }
}

/** The list is the way by keyboard; for the mouse and for readers each sign has its words. */
function nameSign(marker: L.Marker, title: string): void {
  const element = marker.getElement();
  element?.setAttribute("role", "img");
  element?.setAttribute("aria-label", title);
}
