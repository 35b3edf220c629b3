// The control for each kind of field of a step. One table from kind to control.
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { type FieldKind, LONGEST_TEXT } from "../../shared/shapes";
import { dayOf, instantOf, localTime } from "../../shared/time";
import { t } from "../../shared/words";
import { choicesOf, described, type ControlProps as Props, Select } from "./select";
import { PlacePicker } from "./place-field";
import { SearchedSelect } from "./searched-select";

export function FieldInput(props: Props) {
  const control = CONTROLS[props.field.kind] ?? TextField; // a new kind must not break an old page
  return control(props);
}

/** `instant`: a kind that no step asks yet. */
const CONTROLS: { [kind in FieldKind | "instant"]: (props: Props) => VNode } = {
  text: TextField,
  choice: SearchedSelect,
  unit: SearchedSelect,
  person: SearchedSelect,
  yes_no: ChoiceSegments,
  grade: ChoiceSegments,
  photos: PhotosField,
  position: PositionField,
  number: NumberField,
  date: DateField,
  instant: InstantField,
  alert: AlertField,
  category: SearchedSelect,
  place: PlacePicker,
};

function TextField(props: Props) {
  return (
    <textarea
      {...described(props)}
      rows={2}
      required={props.field.required}
      maxLength={LONGEST_TEXT}
      value={typeof props.value === "string" ? props.value : ""}
      onInput={(event) => props.put(event.currentTarget.value)}
    />
  );
}

function NumberField(props: Props) {
  return (
    <input
      {...described(props)}
      type="number"
      inputMode="numeric"
      min={props.field.least ?? 1}
      max={props.field.most}
      step={1}
      required={props.field.required}
      value={typeof props.value === "number" ? props.value : ""}
      onInput={(event) => {
        const { valueAsNumber } = event.currentTarget;
        props.put(Number.isNaN(valueAsNumber) ? null : valueAsNumber);
      }}
    />
  );
}

function DateField(props: Props) {
  return (
    <input
      {...described(props)}
      type="date"
      min={props.field.least ?? dayOf(props.desk.now())}
      max={props.field.most}
      required={props.field.required}
      value={typeof props.value === "string" ? props.value : ""}
      onInput={(event) => props.put(event.currentTarget.value)}
    />
  );
}

/** Asked by the city's clock, sent as an instant. */
function InstantField(props: Props) {
  return (
    <input
      {...described(props)}
      type="datetime-local"
      required={props.field.required}
      value={typeof props.value === "string" && props.value !== "" ? localTime(props.value) : ""}
      onInput={(event) => props.put(instantOf(event.currentTarget.value) ?? "")}
    />
  );
}

/** Another alert: among those nearby that the server names, or any by its number. */
function AlertField(props: Props) {
  const nearby = props.field.choices ?? [];
  return (
    <>
      {nearby.length > 0 && (
        <Select {...props} id={`${props.id}-nearby`} field={{ ...props.field, required: false }} wrong={false} />
      )}
      <NumberOfAlert {...props} hint={t(nearby.length > 0 ? "steps.number" : "steps.number_alone")} />
    </>
  );
}

function NumberOfAlert(props: Props & { hint: string }) {
  return (
    <input
      {...described(props)}
      type="text"
      autocomplete="off"
      spellcheck={false}
      placeholder={props.hint}
      maxLength={64}
      required={props.field.required}
      value={typeof props.value === "string" ? props.value : ""}
      onInput={(event) => props.put(event.currentTarget.value.trim())}
    />
  );
}

function ChoiceSegments(props: Props) {
  const { id, field, value, put } = props;
  const choices =
    field.kind === "yes_no"
      ? [
          { id: "yes", label: t("yes"), value: true },
          { id: "no", label: t("no"), value: false },
        ]
      : choicesOf(props).map((choice) => ({ ...choice, value: choice.id }));
  return (
    <div class="segs" role="radiogroup" aria-labelledby={`${id}-label`}>
      {choices.map((choice, index) => (
        <label key={choice.id}>
          <input
            type="radio"
            id={index === 0 ? id : undefined}
            name={id}
            required={field.required}
            checked={value === choice.value}
            onChange={() => put(choice.value)}
          />
          {choice.label}
        </label>
      ))}
    </div>
  );
}

function PhotosField(props: Props) {
  const files = Array.isArray(props.value) ? props.value : [];
  return (
    <div>
      <input
        {...described(props)}
        type="file"
        accept="image/*"
        multiple
        required={props.field.required && files.length === 0}
        onChange={(event) => props.put([...(event.currentTarget.files ?? [])])}
      />
      <p class="soft small">{t("photos.cleaned")}</p>
    </div>
  );
}

/** One position, taken when the button is pressed and at no other moment. */
function PositionField({ id, value, put }: Props) {
  const [words, setWords] = useState(t("position.once"));
  const ask = () => {
    setWords(t("position.asking"));
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const { longitude: lon, latitude: lat, accuracy } = coords;
        put({ lon, lat, accuracy_m: accuracy, crs: "wgs84" });
        setWords(t(accuracy < 1 ? "position.exact" : "position.taken", { m: Math.round(accuracy) }));
      },
      () => setWords(t("position.none")),
      { enableHighAccuracy: true, timeout: 15_000 },
    );
  };
  const possible = "geolocation" in navigator;
  return (
    <div>
      <button type="button" class="btn" id={id} disabled={!possible} onClick={ask}>
        {t(value ? "position.again" : "position.take")}
      </button>
      <p class="soft small" role="status">
        {possible ? words : t("position.none")}
      </p>
    </div>
  );
}
