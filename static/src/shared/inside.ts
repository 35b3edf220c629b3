// Finds the areas in which a point lies. The smallest wins, as at the server.
import type { PlaceFeature, Places } from "./shapes";

export type LonLat = { lon: number; lat: number };
type Ring = readonly (readonly number[])[];

/** Street, community and grid of a point; empty outside every area. */
export function areasAt(places: Places, point: LonLat): PlaceFeature[] {
  return [places.streets, places.communities, places.grids].flatMap(
    (level) => level.features.find((feature) => contains(feature, point)) ?? [],
  );
}

/** Kilometres to the rectangle around the district; 0 inside it. Never more than to the district itself. */
export function kmOutside(places: Places, { lon, lat }: LonLat): number {
  const { west, east, south, north } = bounds(places);
  const away = (at: number, low: number, high: number): number => Math.max(low - at, at - high, 0);
  const shrink = Math.cos((((south + north) / 2) * Math.PI) / 180);
  return Math.hypot(away(lon, west, east) * shrink, away(lat, south, north)) * KM_A_DEGREE;
}

export function middleOf(places: Places): LonLat {
  const { west, east, south, north } = bounds(places);
  return { lon: (west + east) / 2, lat: (south + north) / 2 };
}

const KM_A_DEGREE = 111.32;

function bounds({ district }: Places) {
  const ring = district.features[0]?.geometry.coordinates.flat(3) ?? [];
  const [lons, lats] = [0, 1].map((odd) => ring.filter((_, i) => i % 2 === odd)) as [number[], number[]];
  return { west: Math.min(...lons), east: Math.max(...lons), south: Math.min(...lats), north: Math.max(...lats) };
}

/** The middle of an area's corners: inside it, where it is no bow. */
export function middleOfArea({ geometry }: PlaceFeature): LonLat {
  const [outer = []] = geometry.type === "Polygon" ? geometry.coordinates : geometry.coordinates[0] ?? [];
  const mean = (axis: 0 | 1): number => outer.reduce((sum, corner) => sum + (corner[axis] ?? 0), 0) / Math.max(outer.length, 1);
  return { lon: mean(0), lat: mean(1) };
}

export function contains(feature: PlaceFeature, { lon, lat }: LonLat): boolean {
  const { geometry } = feature;
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  return polygons.some(([outer, ...holes]) =>
    outer !== undefined && isInRing(outer, lon, lat) && !holes.some((hole) => isInRing(hole, lon, lat)),
  );
}

/** Even number of crossings to the east: outside. */
function isInRing(ring: Ring, lon: number, lat: number): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [x1 = 0, y1 = 0] = ring[i] ?? [];
    const [x2 = 0, y2 = 0] = ring[j] ?? [];
    if (y1 > lat !== y2 > lat && lon < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1) inside = !inside;
  }
  return inside;
}
