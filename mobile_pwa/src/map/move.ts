// Moves a point by some metres.
import type { LonLat } from "../../../static/src/shared/inside";

const METRES_PER_DEGREE = 111_320;

/** Some metres east and north, as the arrow buttons move the pin. */
export function moved({ lon, lat }: LonLat, east: number, north: number): LonLat {
  return {
    lon: round(lon + east / (METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180))),
    lat: round(lat + north / METRES_PER_DEGREE),
  };
}

const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6; // about 0.1 m
