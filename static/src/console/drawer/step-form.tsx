// A step's questions as a form, made from the fields the server names.
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { faultsOf } from "../../shared/api";
import { stepName } from "../../shared/city-words";
import { fieldHelp, fieldName } from "../../shared/field-words";
import { fieldsNow, settledValues, type ShownField } from "../../shared/form-fields";
import type { StepOffer } from "../../shared/shapes";
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
  const faults = faultsOf(trouble);
  useEffect(() => {
    form.current?.querySelector<HTMLElement>("input,select,textarea,button")?.focus();
  }, [draft.step]);
  const put = (name: string, value: Value) =>
    onChange({ ...draft, values: settledValues(asked, { ...draft.values, [name]: value }) });
  return (
    <form
      class="step-form"
      ref={form}
      aria-label={stepName(draft.step)}
      onSubmit={(event) => {
        event.preventDefault();
        onSend();
      }}
    >
      <h3>{stepName(draft.step)}</h3>
      {above}
      {fields.map((field) => (
        <LabelledField key={field.name} desk={desk} field={field} draft={draft} fault={faults.get(field.name)} put={put} />
      ))}
      <SendFoot words={busy ? t("steps.sending") : stepName(draft.step)} off={busy || offer === null} onCancel={onCancel} />
    </form>
  );
}

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
  const id = `f-${field.name}`;
  const help = fieldHelp(draft.step, field);
  return (
    <div class="field">
      <label for={id} id={`${id}-label`}>
        {fieldName(draft.step, field)}
        {field.optional && <small>{t("steps.optional")}</small>}
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
