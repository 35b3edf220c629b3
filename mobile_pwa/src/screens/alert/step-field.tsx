// How is each kind of field asked for on a phone? One table from kind to control.
import type { VNode } from "preact";
import { Icon } from "../../../../static/src/shared/mark";
import type { FieldKind, StepField } from "../../../../static/src/shared/shapes";
import { hasWords, t } from "../../../../static/src/shared/words";
import { Area, Segments } from "../../parts/fields";
import { PhotoStrip } from "../../parts/photos";
import { keepStepPhoto, type StepDraft, type StepValue } from "../../steps/draft";

type Props = {
  step: string;
  field: StepField;
  draft: StepDraft;
  wrong: string | undefined;
  put: (value: StepValue) => void;
};

export function StepFieldInput(props: Props) {
  return CONTROLS[props.field.kind](props);
}

const CONTROLS: Record<FieldKind, (props: Props) => VNode> = {
  text: Text,
  choice: Choose,
  unit: Choose,
  person: Choose,
  yes_no: YesNo,
  grade: Faces,
  photos: Photos,
  position: () => <></>, // taken at the press, never asked
};

const MOST = 6;
const LONGEST = 2000;

function nameOf({ step, field }: Props): string {
  const key = `words.field.${step}.${field.name}`;
  return hasWords(key) ? t(key) : (field.label ?? field.name);
}

function Text(props: Props) {
  const { field, draft, wrong, put } = props;
  const value = draft.values[field.name];
  return <Area label={nameOf(props)} value={typeof value === "string" ? value : ""} most={LONGEST} required={field.required} wrong={wrong} put={put} />;
}

function Choose(props: Props) {
  const { field, draft, wrong, put } = props;
  const value = draft.values[field.name];
  return <Segments legend={nameOf(props)} options={field.choices ?? []} value={typeof value === "string" ? value : ""} required={field.required} wrong={wrong} put={put} />;
}

function YesNo(props: Props) {
  const { field, draft, wrong, put, step } = props;
  const value = draft.values[field.name];
  const word = (id: string): string => t(step === "rate" ? `rate.${id}` : `words.choice.${id}`);
  return (
    <Segments
      legend={nameOf(props)}
      options={["yes", "no"].map((id) => ({ id, label: word(id) }))}
      value={value === undefined ? "" : value === true ? "yes" : "no"}
      required={field.required}
      wrong={wrong}
      put={(id) => put(id === "yes")}
    />
  );
}

const FACES: Record<string, string> = { good: "smile", fair: "meh", poor: "frown" };

/** Three faces with words, none of them chosen beforehand. */
function Faces(props: Props) {
  const { field, draft, put, step } = props;
  const value = draft.values[field.name];
  const word = (id: string): string => t(step === "rate" ? `rate.${id}` : `words.choice.${id}`);
  return (
    <fieldset>
      <legend>{nameOf(props)}{!field.required && <small class="opt">{t("optional")}</small>}</legend>
      <div class="rate">
        {Object.entries(FACES).map(([id, face]) => (
          <label key={id} class={value === id ? "rb sel" : "rb"}>
            <input class="sr" type="radio" name={field.name} checked={value === id} onChange={() => put(id)} />
            <Icon name={face} size="l" />
            <b>{word(id)}</b>
            {value === id && <Icon name="check" />}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Photos(props: Props) {
  const { field, draft, wrong, put } = props;
  const value = draft.values[field.name];
  const digests = Array.isArray(value) ? value : [];
  return (
    <div class="area">
      <p class="lb">{nameOf(props)}{!field.required && <small class="opt">{t("optional")}</small>}</p>
      <PhotoStrip
        owner={draft.key}
        photos={digests.map((sha256) => ({ sha256 }))}
        most={MOST}
        label={nameOf(props)}
        add={async (photo) => {
          await keepStepPhoto(draft, photo);
          put([...new Set([...digests, photo.sha256])]);
        }}
        remove={(sha256) => put(digests.filter((one) => one !== sha256))}
      />
      {wrong && <p class="wrong" role="alert"><Icon name="info" size="xs" />{wrong}</p>}
    </div>
  );
}
