// The control for a place: a point on a small map of the district, or a grid by its name.
import { useEffect, useRef } from "preact/hooks";
import { movedStreetWords, smallestArea } from "../../shared/moved-street";
import { asPoint, gridOf, pointIn } from "../../shared/place-value";
import { t } from "../../shared/words";
import { PickerMap } from "../map/picker-map";
import { useLand } from "../map/places";
import { SearchedSelect } from "./searched-select";
import type { ControlProps } from "./select";

export function PlacePicker(props: ControlProps) {
  const holder = useRef<HTMLDivElement>(null);
  const map = useRef<PickerMap | null>(null);
  const put = useRef(props.put);
  put.current = props.put;
  const places = useLand();
  const { desk, value } = props;
  const here = desk.card(desk.view.chosen);
  const moves = here ? movedStreetWords(places, value, here) : "";
  useEffect(() => {
    if (!holder.current || !places) return undefined;
    const made = new PickerMap(holder.current, places, (point) => put.current(asPoint(point)));
    if (here) made.begin(here, smallestArea(places, here));
    map.current = made;
    return () => {
      map.current = null;
      made.close();
    };
  }, [places]);
  useEffect(() => map.current?.setPin(pointIn(value)), [places, value]);
  return (
    <div class="place-field">
      <SearchedSelect
        {...props}
        field={{ ...props.field, required: false }}
        value={gridOf(value)}
        put={(grid) => props.put(typeof grid === "string" && grid !== "" ? { grid } : null)}
      />
      <div class="pick-map" ref={holder} role="application" aria-label={t("place.pick_map")} />
      <p class="soft small" role="status">
        {t(pointIn(value) ? "place.pointed" : "place.point")}
        {pointIn(value) && (
          <button type="button" class="btn quiet" onClick={() => props.put(null)}>
            {t("place.unpoint")}
          </button>
        )}
      </p>
      <p class="moves" role="status">{moves}</p>
    </div>
  );
}
