// A small map on which one point is chosen: the land, where the alert is now, and the pin.
import L from "leaflet";
import "leaflet/dist/leaflet.css";
import type { LonLat } from "../../shared/inside";
import type { AlertPlace } from "../../shared/moved-street";
import type { PlaceFeature, Places } from "../../shared/shapes";
import { drawLand } from "./land";

const NEAR = 15;

export class PickerMap {
  readonly #map: L.Map;
  readonly #chosen: (point: LonLat) => void;
  #pin: L.Marker | null = null;
  readonly #room = new ResizeObserver(() => this.#map.invalidateSize({ animate: false }));

  constructor(element: HTMLElement, places: Places, chosen: (point: LonLat) => void) {
    this.#chosen = chosen;
    this.#map = L.map(element, {
      attributionControl: false, zoomControl: true, minZoom: 9, maxZoom: 18, zoomSnap: 0.25,
      center: [0, 0], zoom: 12,
      keyboard: false, // a press would focus the map, the form would scroll to it, and the pin would land elsewhere
    });
    this.#map.fitBounds(drawLand(this.#map, places), { animate: false });
    this.#map.on("click", ({ latlng }: L.LeafletMouseEvent) => this.#tell(latlng));
    this.#room.observe(element);
  }

  /** Where the alert is now: a ring, and the middle of what is seen; without a point its area. */
  begin({ lon, lat }: Pick<AlertPlace, "lon" | "lat">, area: PlaceFeature | null): void {
    if (lon === null || lat === null) {
      if (area) this.#map.fitBounds(L.geoJSON(area).getBounds(), { animate: false });
      return;
    }
    const at = L.latLng(lat, lon);
    L.circleMarker(at, { radius: 7, className: "m-before", interactive: false }).addTo(this.#map);
    this.#map.setView(at, NEAR, { animate: false });
  }

  setPin(point: LonLat | null): void {
    if (!point) {
      this.#pin?.remove();
      return;
    }
    const at = L.latLng(point.lat, point.lon);
    this.#pin ??= this.#newPin(at);
    this.#pin.setLatLng(at).addTo(this.#map);
  }

  close(): void {
    this.#room.disconnect();
    this.#map.remove();
  }

  #newPin(at: L.LatLng): L.Marker {
    const icon = L.divIcon({ className: "m-pick", html: "", iconSize: [18, 18], iconAnchor: [9, 9] });
    const pin = L.marker(at, { icon, draggable: true, keyboard: false });
    pin.on("dragend", () => this.#tell(pin.getLatLng()));
    return pin;
  }

  #tell({ lng, lat }: L.LatLng): void {
    this.#chosen({ lon: lng, lat });
  }
}
