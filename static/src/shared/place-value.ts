// The value of a field that asks for a place: a point, or the grid in which it is.
export type PlaceValue = { lon: number; lat: number; crs: "wgs84" } | { grid: string };

export const isPlace = (value: unknown): value is PlaceValue =>
  typeof value === "object" && value !== null && ("grid" in value || "crs" in value);

export const gridOf = (value: unknown): string => (isPlace(value) && "grid" in value ? value.grid : "");

export const pointIn = (value: unknown): { lon: number; lat: number } | null =>
  isPlace(value) && "lon" in value ? { lon: value.lon, lat: value.lat } : null;

export const asPoint = ({ lon, lat }: { lon: number; lat: number }): PlaceValue => ({
  lon: Math.round(lon * 1e6) / 1e6, lat: Math.round(lat * 1e6) / 1e6, crs: "wgs84",
});
