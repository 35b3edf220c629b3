// The district's land, asked for once a page: the board's map and the fields that ask for a place share it.
import { useEffect, useState } from "preact/hooks";
import type { Api } from "../../shared/api";
import type { Places } from "../../shared/shapes";

let known: Places | null = null;
const waiting = new Set<(places: Places | null) => void>();

export function keepLand(places: Places | null): void {
  known = places;
  for (const tell of waiting) tell(places);
}

/** Asks for the land; null until it is there. */
export function useAskedLand(api: Api): Places | null {
  useEffect(() => {
    api.get<Places>("/api/v1/places").then(keepLand, () => keepLand(null));
  }, [api]);
  return useLand();
}

export function useLand(): Places | null {
  const [places, setPlaces] = useState(known);
  useEffect(() => {
    setPlaces(known);
    waiting.add(setPlaces);
    return () => void waiting.delete(setPlaces);
  }, []);
  return places;
}
