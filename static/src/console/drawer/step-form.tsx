// A step's questions as a form, made from the fields the server names.
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { faultsOf } from "../../shared/api";
import { fieldHelp, fieldName, presentWords } from "../../shared/field-words";
import { answeredValues, fieldsNow, isPicked, type ShownField } from "../../shared/form-fields";
import type { StepOffer } from "../../shared/shapes";
import { showFault } from "../../shared/show-fault";
import { t } from "../../shared/words";
import type { Desk } from "../store/desk";
import type { Draft, Value } from "./draft";
import { FieldInput } from "./fields";

type Props = {
  desk: Desk;
  /** Null once the step is no longer open to this person; what was written stays readable. */
  offer: StepOffer | null;
  draft: Draft;
  /** What stands between the name of the step and its fields. */
  above: ComponentChildren;
  busy: boolean;
  trouble: unknown;
  onChange: (draft: Draft) => void;
  onCancel: () => void;
  onSend: () => void;
};

export function StepForm({ desk, offer, draft, above, busy, trouble, onChange, onCancel, onSend }: Props) {
  const form = useRef<HTMLFormElement>(null);
  const asked = (offer ?? draft.offer).fields;
  const fields = fieldsNow(asked, draft.values);
  const { missed, submit, tried } = useMissing(fields, draft, onSend);
  const faults = missed ?? faultsOf(trouble);
  useEffect(() => {
    form.current?.querySelector<HTMLElement>("input,select,textarea,button")?.focus();
  }, [draft.step]);
  useEffect(() => void showFault(form.current), [tried]);
  const put = (name: string, value: Value) =>
    onChange({ ...draft, values: answeredValues(asked, draft.values, name, value) });
  return (
    <form
      class="step-form"
      ref={form}
      aria-label={draft.offer.label}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <h3>{draft.offer.label}</h3>
      {above}
      {fields.map((field) => (
        <LabelledField key={field.name} desk={desk} field={field} draft={draft} fault={faults.get(field.name)} put={put} />
      ))}
      <SendFoot words={busy ? t("steps.sending") : draft.offer.label} off={busy || offer === null} onCancel={onCancel} />
    </form>
  );
}

/** What has to be filled in is said at its field, in the city's words, and the first such field is shown. */
function useMissing(fields: readonly ShownField[], draft: Draft, onSend: () => void) {
  const [tried, setTried] = useState(0);
  const missing = fields.filter(({ name, required }) => required && hasNothing(draft.values[name]));
  const [first] = missing;
  const submit = (): void => {
    setTried(tried + 1);
    if (!first) onSend();
  };
  const missed = tried > 0 && first ? new Map(missing.map((field) => [field.name, t(isPicked(field) ? "steps.missing_choice" : "steps.missing")])) : null;
  return { missed, submit, tried };
}

const idOf = ({ name }: ShownField): string => `f-${name}`;

const hasNothing = (value: Value | undefined): boolean =>
  value === undefined || value === null || (typeof value === "string" && value.trim() === "") || (Array.isArray(value) && value.length === 0);

function SendFoot({ words, off, onCancel }: { words: string; off: boolean; onCancel: () => void }) {
  return (
    <div class="foot">
      <button type="submit" class="btn main" disabled={off}>
        {words}
      </button>
      <button type="button" class="btn" onClick={onCancel}>
        {t("steps.cancel")}
      </button>
    </div>
  );
}

type FieldProps = {
  desk: Desk;
  field: ShownField;
  draft: Draft;
  fault: string | undefined;
  put: (name: string, value: Value) => void;
};

function LabelledField({ desk, field, draft, fault, put }: FieldProps) {
  const id = idOf(field);
  const help = fieldHelp(draft.step, field);
  const card = desk.card(desk.view.chosen);
  const present = card && draft.step === "correct" ? presentWords(field, card) : "";
  return (
    <div class="field">
      <label for={id} id={`${id}-label`}>
        {fieldName(draft.step, field)}
        {field.optional && <small>{t("steps.optional")}</small>}
        {present !== "" && <small class="present">{t("steps.present", { value: present })}</small>}
      </label>
      <FieldInput
        id={id}
        desk={desk}
        field={field}
        value={draft.values[field.name] ?? null}
        wrong={fault !== undefined}
        help={help !== ""}
        put={(value) => put(field.name, value)}
      />
      {help !== "" && (
        <p class="help" id={`${id}-help`}>
          {help}
        </p>
      )}
      {fault !== undefined && (
        <p class="fault" id={`${id}-fault`}>
          {fault}
        </p>
      )}
    </div>
  );
}
