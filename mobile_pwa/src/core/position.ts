// The phone's position, taken once at a press. Never watched, never in the background.
export type Fix = { lon: number; lat: number; accuracy_m: number };
export type NoFix = "denied" | "unavailable";

const PATIENCE_MS = 12_000;

export function askPosition(): Promise<Fix | NoFix> {
  const locator = navigator.geolocation as Geolocation | undefined;
  if (!locator || !isSecureContext) return Promise.resolve("unavailable");
  return new Promise((tell) => {
    locator.getCurrentPosition(
      ({ coords }) => tell(fixOf(coords)),
      (error) => tell(error.code === error.PERMISSION_DENIED ? "denied" : "unavailable"),
      { enableHighAccuracy: true, timeout: PATIENCE_MS, maximumAge: 0 },
    );
  });
}

function fixOf({ longitude, latitude, accuracy }: GeolocationCoordinates): Fix {
  return { lon: round(longitude), lat: round(latitude), accuracy_m: Math.round(accuracy) };
}

const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6; // about 0.1 m
