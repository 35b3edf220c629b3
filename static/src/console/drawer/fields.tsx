// The control for each kind of field of a step. One table from kind to control.
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { choiceName } from "../../shared/city-words";
import { type FieldKind, LONGEST_TEXT, type OfferedChoice, type StepField } from "../../shared/shapes";
import { dayOf, instantOf, localTime } from "../../shared/time";
import { t } from "../../shared/words";
import type { Desk } from "../store/desk";
import { unitName } from "../words/names";
import type { Value } from "./draft";

type Props = {
  id: string;
  desk: Desk;
  field: StepField;
  value: Value;
  wrong: boolean;
  /** A line of help stands below the control. */
  help: boolean;
  put: (value: Value) => void;
};

export function FieldInput(props: Props) {
  const control = CONTROLS[props.field.kind] ?? TextField; // a new kind must not break an old page
  return control(props);
}

/** `instant`: a kind that no step asks yet. */
const CONTROLS: { [kind in FieldKind | "instant"]: (props: Props) => VNode } = {
  text: TextField,
  choice: Select,
  unit: Select,
  person: Select,
  yes_no: Segments,
  grade: Segments,
  photos: PhotosField,
  position: PositionField,
  number: NumberField,
  date: DateField,
  instant: InstantField,
  alert: AlertField,
};

const described = ({ id, wrong, help }: Props) => ({
  id,
  "aria-invalid": wrong ? ("true" as const) : undefined,
  "aria-describedby": [wrong ? `${id}-fault` : "", help ? `${id}-help` : ""].filter(Boolean).join(" ") || undefined,
});

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

function Select(props: Props) {
  return (
    <select
      {...described(props)}
      required={props.field.required}
      value={typeof props.value === "string" ? props.value : ""}
      onChange={(event) => props.put(event.currentTarget.value)}
    >
      <option value="">{t(props.field.required ? "steps.pick" : "steps.pick_none")}</option>
      {choicesOf(props).map((choice) => (
        <option key={choice.id} value={choice.id}>
          {choice.label}
        </option>
      ))}
    </select>
  );
}

/** Units without a list of their own: every unit the board knows by name. */
function choicesOf({ desk, field }: Props): OfferedChoice[] {
  if (field.choices && field.choices.length > 0) {
    return field.choices.map(({ id, label }) => ({ id, label: label || choiceName(id) }));
  }
  if (field.kind !== "unit") return [];
  const { labels } = desk.view.live.board;
  return Object.keys(labels.units)
    .map((id) => ({ id, label: unitName(labels, id) }))
    .sort((a, b) => a.label.localeCompare(b.label, "zh-Hans-CN"));
}

function Segments(props: Props) {
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
