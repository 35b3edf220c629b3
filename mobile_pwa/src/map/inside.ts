// Finds the areas in which a point lies. The smallest wins, as at the server.
import type { PlaceFeature, Places } from "../../../static/src/shared/shapes";

export type Point = { lon: number; lat: number };
type Ring = readonly (readonly number[])[];

/** Street, community and grid of a point; empty outside every area. */
export function areasAt(places: Places, point: Point): PlaceFeature[] {
  return [places.streets, places.communities, places.grids].flatMap(
    (level) => level.features.find((feature) => contains(feature, point)) ?? [],
  );
}

export function contains(feature: PlaceFeature, { lon, lat }: Point): boolean {
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
