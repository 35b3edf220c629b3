// The land under the alerts: the district's own polygons, no tiles.
import L from "leaflet";
import type { PlaceFeature, PlaceLevel, Places } from "../../shared/shapes";
import { label } from "../../shared/words";
import { shortNames } from "./short-names";

const COMMUNITIES_FROM = 13;
const GRIDS_FROM = 14;

/** Draw the land and answer its bounds. Finer borders appear as one comes nearer. */
export function drawLand(map: L.Map, places: Places): L.LatLngBounds {
  const paper = map.createPane("land");
  paper.style.zIndex = "200";
  const renderer = L.svg({ pane: "land", padding: 0.5 });
  const layer = (level: PlaceLevel, className: string) =>
    L.geoJSON(level, {
      interactive: false,
      style: { className, renderer, pane: "land" } as L.PathOptions,
    });
  const streets = layer(places.streets, "m-land").addTo(map);
  const communities = layer(places.communities, "m-community");
  const grids = layer(places.grids, "m-grid");
  const edge = layer(places.streets, "m-street").addTo(map);
  layer(places.district, "m-district").addTo(map);
  nameStreets(map, places.streets.features);
  const showFiner = () => {
    toggle(map, communities, map.getZoom() >= COMMUNITIES_FROM);
    toggle(map, grids, map.getZoom() >= GRIDS_FROM);
    edge.bringToFront();
  };
  map.on("zoomend", showFiner);
  showFiner();
  return streets.getBounds();
}

function toggle(map: L.Map, layer: L.Layer, wanted: boolean): void {
  if (wanted && !map.hasLayer(layer)) layer.addTo(map);
  if (!wanted && map.hasLayer(layer)) layer.remove();
}

function nameStreets(map: L.Map, streets: PlaceFeature[]): void {
  const pane = map.createPane("names");
  pane.style.zIndex = "350";
  pane.style.pointerEvents = "none";
  const names = shortNames(
    streets.map(({ properties }) => label(properties.label, properties.id)),
  );
  const spans = streets.map((street, at) => {
    const text = document.createElement("span");
    text.textContent = names[at] ?? "";
    const icon = L.divIcon({ className: "m-name", html: text, iconSize: [0, 0] });
    const centre = L.geoJSON(street).getBounds().getCenter();
    L.marker(centre, { icon, pane: "names", interactive: false, keyboard: false }).addTo(map);
    return text;
  });
  const settle = () => hideOverlapping(spans);
  map.on("zoomend resize", settle);
  requestAnimationFrame(settle);
}

/** A name that would lie on another one waits until somebody comes nearer. */
function hideOverlapping(spans: readonly HTMLElement[]): void {
  const shown: DOMRect[] = [];
  for (const span of spans) {
    span.hidden = false;
    const box = span.getBoundingClientRect();
    span.hidden = shown.some((other) => overlap(box, other));
    if (!span.hidden) shown.push(box);
  }
}

const overlap = (a: DOMRect, b: DOMRect): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
