// The signs that stand on the map now: a few DOM markers, reused while they look the same.
import L from "leaflet";
import { isLate, type State } from "../../shared/late";
import type { Card } from "../../shared/shapes";
import { t } from "../../shared/words";
import { type Cluster, isCluster, type Spot } from "./protocol";
import { clusterSign, clusterSize, dotSign, pinSign } from "./signs";
import { stacked } from "./stacks";

/** From this zoom on single alerts show their category. */
export const PINS_FROM = 15;

/** Signs nearer to each other than this, in pixels, are one. */
const NEAR = { pin: 20, dot: 14 };

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
  /** Several at one place: they are listed, and each can be opened. */
  unfold: (cards: readonly Card[], at: L.LatLng) => void;
};

type Sign = { html: string; size: L.PointTuple; anchor: L.PointTuple; title: string; front: boolean; opens?: boolean };
type Drawn = { marker: L.Marker; key: string; press: () => void };
type Placed = Card & { lat: number; lon: number };

const isPlaced = (card: Card | undefined): card is Placed => card != null && card.lat !== null && card.lon !== null;

export class Spots {
  #markers = new Map<string, Drawn>();

  constructor(
    private readonly map: L.Map,
    private readonly view: SpotView,
  ) {}

  /** Draw these spots and the chosen card, which is never hidden inside a cluster. */
  show(spots: readonly Spot[], chosen: Card | undefined): void {
    const wanted = new Set<string>();
    for (const spot of spots) if (isCluster(spot)) wanted.add(this.#putCluster(spot));
    for (const stack of this.#stacks(spots, chosen)) wanted.add(this.#putStack(stack, chosen));
    for (const [key, { marker }] of this.#markers) {
      if (wanted.has(key)) continue;
      marker.remove();
      this.#markers.delete(key);
    }
  }

  /** The cards that stand outside clusters, those at one place together; the chosen one first. */
  #stacks(spots: readonly Spot[], chosen: Card | undefined): Placed[][] {
    const singles = spots.flatMap((spot) => (isCluster(spot) ? [] : [this.view.card(spot.point)]));
    const cards = [chosen, ...singles.filter((card) => card?.id !== chosen?.id)].filter(isPlaced);
    const near = this.#isNear() ? NEAR.pin : NEAR.dot;
    return stacked(cards, ({ lat, lon }) => this.map.latLngToLayerPoint([lat, lon]), near);
  }

  #isNear(): boolean {
    return this.map.getZoom() >= PINS_FROM;
  }

  #putCluster(spot: Cluster): string {
    const key = `c${spot.lon.toFixed(6)},${spot.lat.toFixed(6)}`;
    this.#put(key, [spot.lat, spot.lon], this.#cluster(spot), (at) => this.view.expand(spot.cluster, at));
    return key;
  }

  #putStack(stack: readonly Placed[], chosen: Card | undefined): string {
    const [first] = stack;
    if (first === undefined) return "";
    const isChosen = first.id === chosen?.id;
    const key = stack.length === 1 ? first.id : `s${first.lat.toFixed(6)},${first.lon.toFixed(6)}`;
    const sign = stack.length === 1 ? this.#single(first, isChosen) : this.#stack(stack, first, isChosen);
    const press = (at: L.LatLng): void => (stack.length === 1 ? this.view.choose(first) : this.view.unfold(stack, at));
    this.#put(key, [first.lat, first.lon], sign, press);
    return key;
  }

  /** A sign that is there is changed where it stands: it keeps the focus, and a press that has begun. */
  #put(key: string, at: L.LatLngTuple, sign: Sign, press: (at: L.LatLng) => void): void {
    const drawn = this.#markers.get(key) ?? this.#draw(key, at, sign);
    drawn.press = () => press(drawn.marker.getLatLng());
    const says = `${sign.html}${sign.title}${at.join()}${sign.front}`;
    if (drawn.key === says) return;
    drawn.key = says;
    dress(drawn.marker.setLatLng(at), sign);
  }

  #draw(key: string, at: L.LatLngTuple, sign: Sign): Drawn {
    const marker = L.marker(at, { icon: L.divIcon({ className: "m-sign" }), keyboard: false });
    const drawn: Drawn = { marker, key: "", press: () => undefined };
    marker.on("click", () => drawn.press()).addTo(this.map);
    if (sign.opens) makeButton(marker, () => drawn.press());
    this.#markers.set(key, drawn);
    return drawn;
  }

  #cluster(spot: Cluster): Sign {
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

  /** Looks like a cluster; with the chosen one in it like its pin, with the number of all. */
  #stack(stack: readonly Placed[], first: Placed, isChosen: boolean): Sign {
    const states = stack.map((card) => this.view.state(card));
    const late = states.filter(isLate).length;
    const title = t(late > 0 ? "map.stack_late" : "map.stack", { n: stack.length, late });
    const pin = { ...this.#single(first, isChosen, stack.length), title, opens: true };
    return isChosen ? pin : { ...this.#cluster(tally(stack, states)), title, opens: true };
  }

  #single(card: Card, chosen: boolean, count = 1): Sign {
    const state = this.view.state(card);
    const title = this.view.title(card);
    if (!this.#isNear() && !chosen) {
      return { html: dotSign(state), size: [24, 24], anchor: [12, 12], title, front: false };
    }
    const html = pinSign(this.view.icon(card), state, chosen, count);
    return { html, size: [48, 52], anchor: [24, 46], title, front: chosen };
  }
}

function tally(stack: readonly Placed[], states: readonly State[]): Cluster {
  const of = (wanted: State): number => states.filter((state) => state === wanted).length;
  const { lon = 0, lat = 0 } = stack[0] ?? {};
  return { cluster: -1, lon, lat, count: stack.length, yellow: of("yellow"), orange: of("orange"), red: of("red") };
}

/** Leaflet keeps a marker's element where only its icon is another. */
function dress(marker: L.Marker, { html, size: iconSize, anchor: iconAnchor, title, front, opens }: Sign): void {
  marker.setIcon(L.divIcon({ className: "m-sign", html, iconSize, iconAnchor }));
  marker.setZIndexOffset(front ? 10_000 : 0);
  nameSign(marker, title, opens === true);
}

/** The list is the way by keyboard; for the mouse and for readers each sign has its words. What can
 *  be pressed is called by what is seen on it as well.
 */
function nameSign(marker: L.Marker, title: string, opens: boolean): void {
  const element = marker.getElement();
  element?.setAttribute("role", opens ? "button" : "img");
  element?.setAttribute("title", title);
  if (!opens) return element?.setAttribute("aria-label", title);
  const name = document.createElement("span");
  name.className = "sr";
  name.textContent = title;
  element?.append(name);
}

/** Only what unfolds is reached by keyboard: single alerts are all in the list. */
function makeButton(marker: L.Marker, press: () => void): void {
  const element = marker.getElement();
  element?.setAttribute("aria-haspopup", "dialog");
  element?.setAttribute("tabindex", "0");
  element?.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation();
    press();
  });
}
