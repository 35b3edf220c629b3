// The control for each kind of field of a step. One table from kind to control.
import type { VNode } from "preact";
import { useRef } from "preact/hooks";
import { choiceName } from "../../../../static/src/shared/city-words";
import { fieldHelp, fieldName, presentWords } from "../../../../static/src/shared/field-words";
import { Icon } from "../../../../static/src/shared/mark";
import { type FieldKind, LONGEST_TEXT, MOST_PHOTOS } from "../../../../static/src/shared/shapes";
import { dayOf, instantOf, localTime } from "../../../../static/src/shared/time";
import { t } from "../../../../static/src/shared/words";
import type { StepValue } from "../../core/rows";
import { serverClock } from "../../core/server";
import { Area, Line, Pick, Segments } from "../../parts/fields";
import { PhotoStrip } from "../../parts/photos";
import { keepDraftPhoto } from "../../steps/draft";
import { PlaceField } from "./place-field";
import { settle, type StepFieldProps } from "./step-field-props";

export function StepFieldInput(props: StepFieldProps) {
  const control = CONTROLS[props.field.kind] ?? WrittenField; // a new kind must not break an old page
  return control(props);
}

/** `instant`: a kind that no step asks yet. */
const CONTROLS: { [kind in FieldKind | "instant"]: (props: StepFieldProps) => VNode } = {
  text: WrittenField,
  choice: Choose,
  unit: Choose,
  person: Choose,
  yes_no: YesNoField,
  grade: Faces,
  photos: StepPhotos,
  position: () => <></>, // taken at the press, never asked
  number: Amount,
  date: DayField,
  instant: MomentField,
  alert: OtherAlert,
  category: Choose,
  place: PlaceField,
};

const WHEEL_FROM = 7; // more than so many choices turn on a wheel instead of filling the screen

/** What every control of one value shares. */
function controlProps(props: StepFieldProps) {
  const { field, draft, wrong, put } = props;
  const value = draft.values[field.name];
  return {
    label: props.asks ?? nameOf(props),
    value: typeof value === "string" || typeof value === "number" ? String(value) : "",
    required: field.required,
    optional: isOptional(field),
    wrong,
    help: fieldHelp(props.step, props.field),
    put: (written: StepValue): void => settle(put(written)),
  };
}

/** With what it is now, where it is corrected: 严重程度（现在：2 级）. */
function nameOf({ step, field, here }: StepFieldProps): string {
  const name = fieldName(step, field);
  const value = step === "correct" ? presentWords(field, here) : "";
  return value === "" ? name : t("step.present", { name, value });
}

const isOptional = ({ optional, required }: StepFieldProps["field"]): boolean => optional ?? !required;

function WrittenField(props: StepFieldProps) {
  return <Area most={LONGEST_TEXT} {...controlProps(props)} />;
}

function Choose(props: StepFieldProps) {
  const choices = props.field.choices ?? [];
  const { label, ...rest } = controlProps(props);
  if (choices.length >= WHEEL_FROM) return <Pick label={label} options={choices} none={props.field.byRules ? t("words.by_rules") : undefined} {...rest} />;
  return <Segments legend={label} options={choices} {...rest} />;
}

function Amount(props: StepFieldProps) {
  const put = (written: string): void => settle(props.put(written === "" ? "" : Number(written)));
  return <Line type="number" inputMode="numeric" {...boundsOf(props, "1")} {...controlProps(props)} put={put} />;
}

function DayField(props: StepFieldProps) {
  return <Line type="date" {...boundsOf(props, dayOf(serverClock.now()))} {...controlProps(props)} />;
}

function boundsOf({ field: { least, most } }: StepFieldProps, otherwise: string): { min: string; max?: string } {
  return { min: String(least ?? otherwise), ...(most === undefined ? {} : { max: String(most) }) };
}

/** Asked by the city's clock, sent as an instant. */
function MomentField(props: StepFieldProps) {
  const { value, ...rest } = controlProps(props);
  const put = (local: string): void => settle(props.put(instantOf(local) ?? ""));
  return <Line type="datetime-local" {...rest} value={value === "" ? "" : localTime(value)} put={put} />;
}

/** Another alert: among those nearby that the server names, or any by its number. */
function OtherAlert(props: StepFieldProps) {
  const choices = props.field.choices ?? [];
  const shared = controlProps(props);
  const hint = t(choices.length > 0 ? "step.number" : "step.number_alone");
  return (
    <>
      {choices.length > 0 && <Pick options={choices} {...shared} required={false} />}
      <Line {...shared} help={[shared.help, hint].filter(Boolean).join(" ")} put={(written) => settle(props.put(written.trim()))} />
    </>
  );
}

function YesNoField(props: StepFieldProps) {
  const { field, draft, wrong, put, step } = props;
  const value = draft.values[field.name];
  const word = (id: string): string => (step === "rate" ? t(`rate.${id}`) : choiceName(id));
  return (
    <Segments
      legend={nameOf(props)}
      options={["yes", "no"].map((id) => ({ id, label: word(id) }))}
      value={value === undefined ? "" : value === true ? "yes" : "no"}
      required={field.required}
      wrong={wrong}
      put={(id) => settle(put(id === "yes"))}
    />
  );
}

const FACES: Record<string, string> = { good: "smile", fair: "meh", poor: "frown" };

/** Nobody is content with what is not solved. */
const facesLeft = ({ step, draft }: StepFieldProps): [string, string][] =>
  Object.entries(FACES).filter(([id]) => !(step === "rate" && id === "good" && draft.values["solved"] === false));

/** Three faces with words, none of them chosen beforehand. */
function Faces(props: StepFieldProps) {
  const { field, draft, put, step } = props;
  const value = draft.values[field.name];
  const word = (id: string): string => (step === "rate" ? t(`rate.${id}`) : choiceName(id));
  return (
    <fieldset>
      <legend>{fieldName(props.step, props.field)}{isOptional(field) && <small class="opt">{t("optional")}</small>}</legend>
      <div class="rate">
        {facesLeft(props).map(([id, face]) => (
          <label key={id} class={value === id ? "rb sel" : "rb"}>
            <input class="sr" type="radio" name={field.name} checked={value === id} onChange={() => settle(put(id))} />
            <Icon name={face} size="l" />
            <b>{word(id)}</b>
            {value === id && <Icon name="check" />}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function StepPhotos(props: StepFieldProps) {
  const { field, draft, wrong, put } = props;
  const value = draft.values[field.name];
  const digests = Array.isArray(value) ? value : [];
  // several may be added between two drawings
  const latest = useRef(digests);
  latest.current = digests;
  const change = (next: string[]): Promise<void> => put((latest.current = next));
  return (
    <div class="area">
      <p class="lb">{fieldName(props.step, props.field)}{isOptional(field) && <small class="opt">{t("optional")}</small>}</p>
      <PhotoStrip
        owner={draft.client_id}
        photos={digests.map((sha256) => ({ sha256 }))}
        most={MOST_PHOTOS}
        label={fieldName(props.step, props.field)}
        add={async (photo) => {
          await keepDraftPhoto(draft, photo);
          await change([...new Set([...latest.current, photo.sha256])]);
        }}
        remove={(sha256) => settle(change(latest.current.filter((one) => one !== sha256)))}
      />
      {wrong && <p class="wrong" role="alert"><Icon name="info" size="xs" />{wrong}</p>}
    </div>
  );
}
