// Two streets beside each other, a grid in each, as tests of places need them.
import type { PlaceFeature, Places } from "../../static/src/shared/shapes";
import { labelPair } from "./shapes";

/** A rectangle from west to east, between the same parallels. */
export const stripe = (level: string, id: string, west: number, east: number): PlaceFeature => ({
  type: "Feature",
  properties: { id, label: labelPair(id), level },
  geometry: { type: "Polygon", coordinates: [[[west, 22.5], [east, 22.5], [east, 22.6], [west, 22.6], [west, 22.5]]] },
});

const level = (...features: PlaceFeature[]) => ({ type: "FeatureCollection" as const, features });

export const LAND: Places = {
  schematic: false,
  district: level(stripe("district", "福田区", 114, 114.2)),
  streets: level(stripe("street", "福田街道", 114, 114.1), stripe("street", "莲花街道", 114.1, 114.2)),
  communities: level(),
  grids: level(stripe("grid", "福田一网格", 114, 114.05), stripe("grid", "莲花一网格", 114.15, 114.2)),
};
