// The steps of this alert that are still on this phone: those that wait, and those that were refused.
import { useState } from "preact/hooks";
import { Icon } from "../../../../static/src/shared/mark";
import type { AlertPage, StepName } from "../../../../static/src/shared/shapes";
import { dayTime } from "../../../../static/src/shared/time";
import { t } from "../../../../static/src/shared/words";
import { go } from "../../core/route";
import type { QueuedStep } from "../../core/rows";
import { serverClock } from "../../core/server";
import { Mistake } from "../../parts/note";
import { KeptPhoto } from "../../parts/photos";
import { discardStep, flushSteps, reopen } from "../../steps/queue";
import { queuedName, wordsOf } from "../../steps/queued";
import { refusal } from "./refusal";

/** `alert`: null where the server does not show it to this person any more; their own words stay in reach. */
export function WaitingSteps({ steps, alert }: { steps: readonly QueuedStep[]; alert: AlertPage | null }) {
  if (steps.length === 0) return null;
  return (
    <section class="waits" aria-label={t("step.waiting")}>
      <ul class="obs">
        {steps.map((step) => (
          <li key={step.client_id}>
            {step.state === "refused" ? <RefusedStep step={step} alert={alert} /> : <WaitingStep step={step} />}
          </li>
        ))}
      </ul>
      {steps.every(({ state }) => state === "waiting") && (
        <button type="button" class="btn wide" onClick={() => void flushSteps("now")}>
          <Icon name="send" size="s" />
          {t("outbox.now")}
        </button>
      )}
    </section>
  );
}

function WaitingStep({ step }: { step: QueuedStep }) {
  return (
    <p class="waits-one">
      <b>{queuedName(step)}</b>
      <span>{dayTime(step.made_at + serverClock.skew, serverClock.now())}</span>
      <span class="pill">{t("report.state.waiting")}</span>
    </p>
  );
}

/** What was written and photographed, to be read or copied. */
function StepContents({ step }: { step: QueuedStep }) {
  const words = wordsOf(step);
  return (
    <>
      {words && <q class="hint ink">{words}</q>}
      {step.photos.length > 0 && (
        <div class="thumbs">
          {step.photos.map((sha256, i) => (
            <div key={sha256} class="thumb"><KeptPhoto owner={step.client_id} sha256={sha256} label={t("photo.nth", { n: i + 1 })} /></div>
          ))}
        </div>
      )}
    </>
  );
}

/** Told in the server's words; what was written and photographed is not lost. */
function RefusedStep({ step, alert }: { step: QueuedStep; alert: AlertPage | null }) {
  const [sure, setSure] = useState(false);
  const isOpen = alert?.steps.some((offer) => offer.step === step.step) ?? false;
  const canNote = alert?.steps.some((offer) => offer.step === "note") ?? false;
  const again = async (as: StepName): Promise<void> => {
    await reopen(step, as);
    // an arrival that was too far away is made up for by a photo and a reason: both are asked for
    if (as === "arrive") refusal.set({ alert: step.alert, step: as, words: step.trouble?.detail ?? "" });
    go("alert", step.alert, as);
  };
  return (
    <Mistake>
      <b>{t("step.refused", { step: queuedName(step) })}</b>
      <span>{step.trouble?.detail}</span>
      <StepContents step={step} />
      <div class="yn">
        {isOpen && <button type="button" class="btn" onClick={() => void again(step.step)}>{t("step.mend")}</button>}
        {!isOpen && canNote && <button type="button" class="btn" onClick={() => void again("note")}>{t("step.as_note")}</button>}
        <button type="button" class="btn quiet" onClick={() => (sure ? void discardStep(step) : setSure(true))}>
          {t(sure ? "step.drop_sure" : "step.drop")}
        </button>
      </div>
    </Mistake>
  );
}
