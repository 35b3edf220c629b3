// The map on which a pin is set, made when its box stands on the page.
import { useEffect, useRef, useState } from "preact/hooks";
import type { Places } from "../../../static/src/shared/shapes";
import { t } from "../../../static/src/shared/words";
import type { LonLat } from "../../../static/src/shared/inside";
import type { Picker } from "./picker";

/** Leaflet comes with the screens that ask for a place only: the first load stays small. */
export function usePicker(places: Places | null, moved: (point: LonLat) => void) {
  const box = useRef<HTMLDivElement>(null);
  const [picker, setPicker] = useState<Picker | null>(null);
  const listener = useRef(moved);
  listener.current = moved;
  useEffect(() => {
    if (!places || !box.current) return undefined;
    let made: Picker | null = null;
    let gone = false;
    void import("./picker").then((map) => {
      if (gone || !box.current) return;
      made = new map.Picker(box.current, places, { pinLabel: t("place.pin"), moved: (point) => listener.current(point) });
      setPicker(made);
    });
    return () => {
      gone = true;
      made?.close();
    };
  }, [places]);
  return { box, picker };
}
