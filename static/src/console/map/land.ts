// What lies under the alerts? Paper-coloured land from the district's own polygons, no tiles.
import L from "leaflet";
import type { PlaceFeature, PlaceLevel, Places } from "../../shared/shapes";
import { label } from "../../shared/words";

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
  for (const street of streets) {
    const text = document.createElement("span");
    text.textContent = label(street.properties.label, street.properties.id);
    const icon = L.divIcon({ className: "m-name", html: text, iconSize: [0, 0] });
    const at = L.geoJSON(street).getBounds().getCenter();
    L.marker(at, { icon, pane: "names", interactive: false, keyboard: false }).addTo(map);
  }
}
