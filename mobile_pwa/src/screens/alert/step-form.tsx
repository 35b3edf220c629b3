// One step of an alert: its fields, kept while they are filled in, and one button.
import { useEffect, useRef, useState } from "preact/hooks";
import { faultsOf, isConflict } from "../../../../static/src/shared/api";
import { answeredValues, fieldsNow, isPicked } from "../../../../static/src/shared/form-fields";
import type { AlertPage, StepField, StepOffer } from "../../../../static/src/shared/shapes";
import { showFault } from "../../../../static/src/shared/show-fault";
import { troubleWords } from "../../../../static/src/shared/trouble-words";
import { t } from "../../../../static/src/shared/words";
import { announceDone } from "../../core/announce";
import { useCell } from "../../core/cell";
import { categoryLabel, forms } from "../../core/playbook";
import { askPosition } from "../../core/position";
import { goBack, goInstead } from "../../core/route";
import type { StepDraft, StepValue } from "../../core/rows";
import { heedSignedOut } from "../../core/session";
import { Blank, Mistake } from "../../parts/note";
import { Screen } from "../../parts/screen";
import { keepDraft, openDraft } from "../../steps/draft";
import { type Delivery, keptKey, takeStep } from "../../steps/queue";
import { Pictures } from "./pictures";
import { refusal } from "./refusal";
import { StepFieldInput } from "./step-field";

type Props = { alert: AlertPage; offer: StepOffer | null; reload: () => void };

export function StepScreen({ alert, offer, reload }: Props) {
  if (offer) return <Form alert={alert} offer={offer} reload={reload} />;
  return (
    <Screen title={alert.short} onBack={() => goBack("alert", alert.id)}>
      <Blank icon="check">{t("step.gone")}</Blank>
    </Screen>
  );
}

type FormProps = { alert: AlertPage; offer: StepOffer; reload: () => void };

function Form({ alert, offer, reload }: FormProps) {
  const { draft, full, put } = useStepDraft(alert.id, offer);
  const { busy, error, send } = useSending({ alert, offer, reload });
  const { missing, setMissing, ask } = useMissing(error);
  const why = useCell(refusal);
  if (!draft) return null;
  const isExplained = why?.alert === alert.id && why.step === offer.step;
  const fields = fieldsNow(offer.fields, draft.values).map((field) => (isExplained ? { ...field, required: true, optional: false } : field));
  const press = (): void => {
    if (ask(emptyFields(fields, draft))) void send(draft);
  };
  const fill = (name: string, value: StepValue): Promise<void> => {
    setMissing((names) => names.filter((one) => one !== name));
    return put(name, value);
  };
  return (
    <Screen
      title={offer.label}
      onBack={() => goBack("alert", alert.id)}
      foot={<StepFoot offer={offer} error={error} busy={busy} press={press} />}
    >
      {full && <Mistake>{t("trouble.full")}</Mistake>}
      {isExplained && <Mistake>{why.words}</Mistake>}
      {["submit", "verify_ok", "rate"].includes(offer.step) && <Pictures photos={alert.photos} />}
      {inOrder(fields, offer, draft).filter(({ kind }) => kind !== "position").map((field) => (
        <StepFieldInput
          key={field.name}
          step={offer.step}
          field={field}
          asks={asks(offer, draft, field)}
          draft={draft}
          here={alert}
          wrong={faultsOf(error).get(field.name) ?? (missing.includes(field.name) ? t(isPicked(field) ? "lack.choice" : "lack.answer") : undefined)}
          put={(value) => fill(field.name, value)}
        />
      ))}
      {offer.step === "rate" && <p class="hint">{t(wasRedone(alert) ? "rate.looked_at" : "rate.again")}</p>}
    </Screen>
  );
}

/** What was left empty is told at its field once somebody has pressed, and the first fault is shown. */
function useMissing(error: unknown) {
  const [missing, setMissing] = useState<readonly string[]>([]);
  const [tried, setTried] = useState(0);
  useEffect(() => void showFault(document.querySelector("main")), [tried, error]);
  /** Whether nothing is missing. */
  const ask = (empty: readonly string[]): boolean => {
    setMissing(empty);
    setTried(tried + 1);
    return empty.length === 0;
  };
  return { missing, setMissing, ask };
}

/** The reporter says that it is not solved: whoever does it again needs to know what is left. */
const isUnsolved = ({ step }: StepOffer, { values }: StepDraft): boolean => step === "rate" && values["solved"] === false;

/** What is left to do is asked before how content somebody is. */
const inOrder = <F extends StepField>(fields: readonly F[], offer: StepOffer, draft: StepDraft): readonly F[] =>
  isUnsolved(offer, draft) ? [...fields].sort((a, b) => Number(a.kind === "grade") - Number(b.kind === "grade")) : fields;

const asks = (offer: StepOffer, draft: StepDraft, { name }: StepField): string | undefined =>
  name === "note" && isUnsolved(offer, draft) ? t("rate.why_not") : undefined;

/** Not solved once already: the second time somebody looks first. */
const wasRedone = ({ timeline }: AlertPage): boolean =>
  timeline?.some(({ code, codes }) => code === "rate" && codes["solved"] === false) ?? false;

type FootProps = { offer: StepOffer; error: unknown; busy: boolean; press: () => void };

function StepFoot({ offer, error, busy, press }: FootProps) {
  return (
    <div class="foot-col">
      {error !== null && <Mistake>{troubleWords(error)}</Mistake>}
      <button type="button" class="btn main big wide" disabled={busy} onClick={press}>
        {busy ? t("outbox.sending") : actionOf(offer)}
      </button>
    </div>
  );
}

const actionOf = ({ step, label }: StepOffer): string =>
  ["submit", "rate"].includes(step) ? t(`step.action.${step}`) : label;

/** Sends the step, one attempt at a time, and keeps what was refused. */
function useSending({ alert, offer, reload }: FormProps) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const send = async (draft: StepDraft): Promise<void> => {
    if (busy) return;
    setBusy(true);
    await sendDraft(draft, offer, alert).then(
      (delivery) => done(alert, offer, reload, delivery, draft),
      (refused: unknown) => {
        setError(refused);
        if (isConflict(refused)) reload();
        heedSignedOut(refused);
      },
    );
    setBusy(false);
  };
  return { busy, error, send };
}

/** Shows each change at once and saves it after; `full`: the last one is not on disk. */
function useStepDraft(alert: string, { step, fields }: StepOffer) {
  const [draft, setDraft] = useState<StepDraft | null>(null);
  const [full, setFull] = useState(false);
  const latest = useRef<StepDraft | null>(null);
  const show = (next: StepDraft): void => setDraft((latest.current = next));
  useEffect(() => void openDraft(alert, step).then(show), [alert, step]);
  /** Ends when it is on disk; raises where the phone is full. */
  const put = async (name: string, value: StepValue): Promise<void> => {
    if (!latest.current) return;
    show({ ...latest.current, values: agreeing(answeredValues(fields, latest.current.values, name, value)) });
    const failure = await keepDraft(latest.current).then(() => null, (error: unknown) => ({ error }));
    setFull(failure !== null);
    if (failure) throw failure.error;
  };
  return { draft, full, put };
}

/** What is said not to be solved leaves nobody content: that grade goes. */
function agreeing({ grade, ...values }: Record<string, StepValue>): Record<string, StepValue> {
  return grade === undefined || (values["solved"] === false && grade === "good") ? values : { ...values, grade };
}

function emptyFields(fields: readonly StepField[], draft: StepDraft): string[] {
  return fields
    .filter(({ required, kind }) => required && kind !== "position")
    .filter(({ name }) => {
      const value = draft.values[name];
      return value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
    })
    .map(({ name }) => name);
}

async function sendDraft(draft: StepDraft, offer: StepOffer, alert: AlertPage): Promise<Delivery> {
  const wantsPosition = offer.fields.some(({ kind }) => kind === "position");
  const fix = wantsPosition ? await askPosition() : null;
  const values = fix && typeof fix === "object" ? { ...draft.values, position: fix } : draft.values;
  return takeStep({ ...draft, values }, offer, alert, categoryLabel(forms.value, alert.category));
}

function done(alert: AlertPage, offer: StepOffer, reload: () => void, delivery: Delivery, draft: StepDraft): void {
  refusal.set(null);
  const left = delivery === "kept" ? null : delivery.left;
  if (left) {
    announceDone(left);
    return goInstead("tasks"); // it cannot be looked at any more
  }
  announceDone(delivery === "kept" ? t(keptKey()) : doneWords(alert, offer, draft));
  reload();
  goBack("alert", alert.id);
}

/** What is not solved is no end: it is said who comes now. */
function doneWords(alert: AlertPage, offer: StepOffer, draft: StepDraft): string {
  if (!isUnsolved(offer, draft)) return t("step.done", { step: offer.label });
  return t(wasRedone(alert) ? "rate.done_looked_at" : "rate.done_again");
}
