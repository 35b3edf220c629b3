// The district's land as GeoJSON (RFC 7946), from the whole to the grids.
// Written by `python -m dispatch.shapes` from dispatch/shapes/: change it there.

/** Rings of (lon, lat): the outer one, then its holes. */
export type LandPolygon = {
  type: "Polygon";
  coordinates: number[][][];
};

/** Several polygons that are one place. */
export type LandPolygons = {
  type: "MultiPolygon";
  coordinates: number[][][][];
};

/** The place that a feature draws. */
export type PlaceNamed = {
  id: string;
  label: Record<string, string>;
  level: string;
};

/** A place and its outline. */
export type PlaceFeature = {
  type: "Feature";
  properties: PlaceNamed;
  geometry: LandPolygon | LandPolygons;
};

/** All places of one level. */
export type PlaceLevel = {
  type: "FeatureCollection";
  features: PlaceFeature[];
};

/** `schematic`: the outlines are drawn by hand, not surveyed. */
export type Places = {
  schematic: boolean;
  district: PlaceLevel;
  streets: PlaceLevel;
  communities: PlaceLevel;
  grids: PlaceLevel;
};
