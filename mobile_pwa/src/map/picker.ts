// The map on which a pin is set: areas as lines, the own position with its accuracy, no tiles.
import * as L from "leaflet";
import "leaflet/dist/leaflet.css";
import "./map.css";
import type { PlaceFeature, PlaceLevel, Places } from "../../../static/src/shared/shapes";
import { label } from "../../../static/src/shared/words";
import type { Fix } from "../core/position";
import type { LonLat } from "../../../static/src/shared/inside";

const NEAR = 15;
const LABELS_FROM = 14;

const PIN = `<svg viewBox="-20 -52 40 56" aria-hidden="true"><ellipse cy="2" rx="9" ry="3.5" class="psh"/><path class="pp" d="M0 0C-12-15-17-23-17-32a17 17 0 0 1 34 0C17-23 12-15 0 0Z"/><circle cy="-32" r="6.5" class="pd"/></svg>`;

type PickerOptions = { pinLabel: string; moved: (point: LonLat) => void };

export class Picker {
  #map: L.Map;
  #pin: L.Marker | null = null;
  #own: L.LayerGroup;
  #around: L.LayerGroup;
  #options: PickerOptions;
  /** The map's size follows the words below it, which grow and shrink. */
  #room = new ResizeObserver(() => this.#map.invalidateSize({ animate: false }));

  constructor(place: HTMLElement, places: Places, options: PickerOptions) {
    this.#options = options;
    this.#map = L.map(place, {
      attributionControl: false, zoomControl: false, keyboard: false,
      minZoom: 11, maxZoom: 20, zoomSnap: 0.5, fadeAnimation: false,
      zoomAnimation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    });
    const district = this.#draw(places.district, "land");
    this.#draw(places.grids, "grid-line");
    this.#draw(places.communities, "community-line");
    this.#draw(places.streets, "street-line");
    this.#around = L.layerGroup().addTo(this.#map);
    this.#own = L.layerGroup().addTo(this.#map);
    this.#map.fitBounds(district.getBounds(), { animate: false });
    // markers have no element before the map has a view
    this.#name(places.streets, "street-name");
    this.#name(places.communities, "community-name");
    this.#map.on("click", ({ latlng }: L.LeafletMouseEvent) => this.#put(latlng));
    this.#map.on("zoomend", () => this.#showNames());
    this.#showNames();
    this.#room.observe(place);
  }

  /** Where an alert is now, as a ring in the middle of what is seen; without a point the area in which it lies. */
  begin(point: LonLat | null, area: PlaceFeature | null): void {
    if (point) {
      const at = L.latLng(point.lat, point.lon);
      L.circleMarker(at, { radius: 7, className: "before", interactive: false }).addTo(this.#map);
      this.#map.setView(at, NEAR, { animate: false });
    } else if (area) this.#map.fitBounds(L.geoJSON(area).getBounds(), { animate: false });
  }

  /** Shows the pin; `look`: also brings it to the middle. From afar the map comes nearer. */
  setPin(point: LonLat | null, look: boolean): void {
    if (!point) return void this.#pin?.remove();
    const at = L.latLng(point.lat, point.lon);
    this.#pin ??= this.#newPin(at);
    this.#pin.setLatLng(at).addTo(this.#map);
    const zoom = this.#map.getZoom();
    if (look || zoom < NEAR - 1) this.#map.setView(at, Math.max(zoom, NEAR), { animate: false });
    else if (!this.#map.getBounds().pad(-0.1).contains(at)) this.#map.panTo(at, { animate: false });
  }

  /** The grid in which the pin stands. */
  setAround(area: PlaceFeature | null): void {
    this.#around.clearLayers();
    if (area) this.#around.addLayer(L.geoJSON(area, { interactive: false, style: { className: "mine" } }));
  }

  /** The own position, in ink: blue would mean a state. */
  setFix(fix: Fix): void {
    const at = L.latLng(fix.lat, fix.lon);
    this.#own.clearLayers();
    this.#own.addLayer(L.circle(at, { radius: fix.accuracy_m, className: "acc", interactive: false }));
    this.#own.addLayer(L.circleMarker(at, { radius: 8, className: "me", interactive: false }));
  }

  zoom(by: number): void {
    this.#map.setZoom(this.#map.getZoom() + by);
  }

  /** The middle of what is seen: where a pin appears that was never set. */
  centre(): LonLat {
    return pointOf(this.#map.getCenter());
  }

  close(): void {
    this.#room.disconnect();
    this.#map.remove();
  }

  #put(at: L.LatLng): void {
    this.#options.moved(pointOf(at));
  }

  #newPin(at: L.LatLng): L.Marker {
    const icon = L.divIcon({ className: "pin", html: PIN, iconSize: [44, 60], iconAnchor: [22, 56] });
    const pin = L.marker(at, { icon, draggable: true, autoPan: true, keyboard: true, alt: this.#options.pinLabel, title: this.#options.pinLabel });
    pin.on("dragend", () => this.#put(pin.getLatLng()));
    pin.on("add", () => pin.getElement()?.setAttribute("aria-label", this.#options.pinLabel));
    return pin;
  }

  #draw(level: PlaceLevel, className: string): L.GeoJSON {
    return L.geoJSON(level, { interactive: false, style: { className } }).addTo(this.#map);
  }

  #name(level: PlaceLevel, className: string): void {
    for (const feature of level.features) {
      const at = L.geoJSON(feature).getBounds().getCenter();
      const icon = L.divIcon({ className: `area-name ${className}`, html: `<span></span>`, iconSize: [0, 0] });
      const marker = L.marker(at, { icon, interactive: false, keyboard: false }).addTo(this.#map);
      const place = marker.getElement()?.firstElementChild;
      if (place) place.textContent = label(feature.properties.label);
    }
  }

  #showNames(): void {
    const near = this.#map.getZoom() >= LABELS_FROM;
    this.#map.getContainer().classList.toggle("near", near);
  }
}

const pointOf = ({ lng, lat }: L.LatLng): LonLat => ({ lon: round(lng), lat: round(lat) });
const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;
