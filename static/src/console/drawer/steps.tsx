// The steps that this person may take: one main button, the others quiet, each with its own few questions.
import { useEffect, useRef, useState } from "preact/hooks";
import { isConflict, type Api } from "../../shared/api";
import { Icon } from "../../shared/mark";
import type { AlertPage, StepOffer } from "../../shared/shapes";
import { showFault } from "../../shared/show-fault";
import { troubleWords } from "../../shared/trouble-words";
import { t } from "../../shared/words";
import type { Desk } from "../store/desk";
import { emptyDraft, holdDraft, heldDraft, sendStep, type Draft } from "./draft";
import { More } from "./more";
import { lastSeq, News } from "./news";
import { RequestNote } from "./request-note";
import { StepForm } from "./step-form";

type Props = { desk: Desk; detail: AlertPage; api: Api; now: number; onDone: () => Promise<void>; onLeft: (sentence: string) => void };

export function Steps({ desk, detail, api, now, onDone, onLeft }: Props) {
  const { draft, setDraft, busy, trouble, start, send, seen } = useStep({ detail, api, onDone, onLeft });
  const offer = detail.steps.find(({ step }) => step === draft?.step);
  const outdated = isConflict(trouble);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (trouble !== null && !showFault(box.current?.querySelector("form"))) showFault(box.current);
  }, [trouble]);
  useAssignKey(detail.steps, (step) => draft === null && start(step));
  if (detail.steps.length === 0 && draft === null) return <p class="no-steps">{t("steps.none")}</p>;
  return (
    <div class="steps" ref={box}>
      {trouble !== null && (
        <p class="oops" role="alert">
          <Icon name="info" size="s" />
          <span>{troubleWords(trouble)}</span>
        </p>
      )}
      {draft !== null && (
        <StepForm
          desk={desk}
          offer={offer ?? null}
          draft={draft}
          above={<Above detail={detail} draft={draft} now={now} isOffered={offer !== undefined} onSeen={seen} />}
          busy={busy}
          trouble={trouble}
          onChange={setDraft}
          onCancel={() => setDraft(null)}
          onSend={() => void send(outdated ? { ...draft, version: detail.version } : draft)}
        />
      )}
      {draft === null && <Buttons offers={detail.steps} busy={busy} onPress={start} />}
    </div>
  );
}

type AboveProps = { detail: AlertPage; draft: Draft; now: number; isOffered: boolean; onSeen: () => void };

/** What whoever fills in the step has to know: the request that it decides, and what happened meanwhile. */
function Above(props: AboveProps) {
  const { detail, draft, now } = props;
  const decided = detail.requests.find(({ decided_by }) => decided_by.some((step) => step === draft.step));
  return (
    <>
      {decided && <RequestNote request={decided} now={now} />}
      <News {...props} />
    </>
  );
}

/** The step that is being filled in, and its sending. What is refused stays with its words. */
function useStep({ detail, api, onDone, onLeft }: Omit<Props, "desk" | "now">) {
  const [draft, show] = useState<Draft | null>(heldDraft(detail.id));
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<unknown>(null);
  const setDraft = (next: Draft | null) => {
    holdDraft(detail.id, next);
    show(next);
  };
  const send = async (sent: Draft) => {
    setBusy(true);
    setTrouble(null);
    try {
      const { left } = await sendStep(api, detail.id, sent);
      setDraft(null);
      if (left) onLeft(left);
      else await onDone();
    } catch (error) {
      setTrouble(error);
      setDraft(sent);
      if (isConflict(error)) await onDone();
    } finally {
      setBusy(false);
    }
  };
  const start = (step: StepOffer) => {
    setTrouble(null);
    const fresh = emptyDraft(step, detail.version, lastSeq(detail));
    if (step.fields.length === 0) void send(fresh);
    else setDraft(fresh);
  };
  const seen = () => {
    setTrouble(null);
    if (draft !== null) setDraft({ ...draft, version: detail.version, seq: lastSeq(detail) });
  };
  return { draft, setDraft, busy, trouble, start, send, seen };
}

type ButtonsProps = { offers: StepOffer[]; busy: boolean; onPress: (offer: StepOffer) => void };

/** One big button, two beside it at most, everything else a press further away. */
function Buttons({ offers, busy, onPress }: ButtonsProps) {
  const at = (place: StepOffer["place"]) => offers.filter((offer) => offer.place === place);
  const button = (offer: StepOffer, className: string) => (
    <button key={offer.step} type="button" class={className} data-step={offer.step} disabled={busy} onClick={() => onPress(offer)}>
      {offer.label}
      {offer.step === "assign" && <kbd aria-hidden="true">A</kbd>}
    </button>
  );
  const rest = [...at("more"), ...at("apart")];
  return (
    <div class="foot">
      {at("main").map((offer) => button(offer, "btn main"))}
      {at("beside").map((offer) => button(offer, "btn"))}
      {rest.length > 0 && <More offers={rest} busy={busy} onPress={onPress} />}
    </div>
  );
}

/** The keyboard's `a` asks whoever shows the steps to open "assign" (or "sign", which may name). */
function useAssignKey(offers: StepOffer[], open: (offer: StepOffer) => void): void {
  const latest = useRef({ offers, open });
  latest.current = { offers, open };
  useEffect(() => {
    const onAssign = () => {
      const { offers: now, open: go } = latest.current;
      const offer = now.find(({ step }) => step === "assign") ?? now.find(({ step }) => step === "sign");
      if (offer) go(offer);
    };
    addEventListener("console:assign", onAssign);
    return () => removeEventListener("console:assign", onAssign);
  }, []);
}
