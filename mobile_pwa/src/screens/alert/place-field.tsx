// The control for a place in a step: a pin on the map, or the grid by its name.
import { useEffect } from "preact/hooks";
import { fieldHelp, fieldName } from "../../../../static/src/shared/field-words";
import { asPoint, gridOf, pointIn } from "../../../../static/src/shared/place-value";
import type { LonLat } from "../../../../static/src/shared/inside";
import { type AlertPlace, movedStreetWords, smallestArea } from "../../../../static/src/shared/moved-street";
import { t } from "../../../../static/src/shared/words";
import { usePlaces } from "../../core/playbook";
import { usePicker } from "../../map/use-picker";
import { Pick } from "../../parts/fields";
import { settle, type StepFieldProps } from "./step-field-props";

export function PlaceField({ step, field, draft, here, wrong, put }: StepFieldProps) {
  const value = draft.values[field.name];
  const places = usePlaces();
  const { box, picker } = usePicker(places, (point) => settle(put(asPoint(point))));
  const point = pointIn(value);
  useEffect(() => {
    if (picker && places) picker.begin(pinOf(here), smallestArea(places, here));
  }, [picker]);
  useEffect(() => picker?.setPin(point, false), [picker, point?.lon, point?.lat]);
  return (
    <div class="place-field">
      <Pick
        label={fieldName(step, field)}
        options={field.choices}
        value={gridOf(value)}
        required={field.required}
        wrong={wrong}
        help={fieldHelp(step, field)}
        put={(grid) => settle(put(grid === "" ? "" : { grid }))}
      />
      <div class="mapw in-form">
        <div ref={box} class="pmap" role="application" aria-label={t("place.map")} />
      </div>
      <p class="hint ink moves" role="status">{movedStreetWords(places, value, here)}</p>
      {point && (
        <button type="button" class="btn" onClick={() => settle(put(""))}>
          {t("place.unpoint")}
        </button>
      )}
    </div>
  );
}

const pinOf = ({ lon, lat }: AlertPlace): LonLat | null => (lon === null || lat === null ? null : { lon, lat });
