// 「我已到场」, of the lead or of a support: the position is taken once, at this press, and sent.
import { useState } from "preact/hooks";
import { isConflict, Problem } from "../../../../static/src/shared/api";
import { Icon } from "../../../../static/src/shared/mark";
import type { AlertPage, StepOffer } from "../../../../static/src/shared/shapes";
import { troubleWords } from "../../../../static/src/shared/trouble-words";
import { t } from "../../../../static/src/shared/words";
import { announceDone } from "../../core/announce";
import { categoryLabel, forms } from "../../core/playbook";
import { askPosition } from "../../core/position";
import { go } from "../../core/route";
import { heedSignedOut } from "../../core/session";
import { Mistake } from "../../parts/note";
import { keepDraft, openDraft } from "../../steps/draft";
import { keptKey, takeStep } from "../../steps/queue";
import { refusal } from "./refusal";

type Props = { alert: AlertPage; offer: StepOffer; reload: () => void };

export function ArriveButton({ alert, offer, reload }: Props) {
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const press = async (): Promise<void> => {
    setBusy(true);
    setWrong(null);
    await arrive(alert, offer).then(reload, (error: unknown) => {
      if (isTooFar(error)) return explain(alert, offer, error.detail);
      if (error instanceof NoFixOffline) return explain(alert, offer, t("arrive.blind"));
      if (isConflict(error)) reload();
      heedSignedOut(error);
      setWrong(troubleWords(error));
    });
    setBusy(false);
  };
  return (
    <div class="foot-col">
      {wrong && <Mistake>{wrong}</Mistake>}
      <button type="button" class="btn main big wide" disabled={busy} onClick={() => void press()}>
        <Icon name="pin" />
        {busy ? t("arrive.busy") : offer.label}
      </button>
      <p class="fine">{t("arrive.once")}</p>
    </div>
  );
}

/** Neither a position nor a network: the server will want a photo and a reason, so they are asked for now. */
class NoFixOffline extends Error {}

async function arrive(alert: AlertPage, offer: StepOffer): Promise<void> {
  const draft = await openDraft(alert.id, offer.step);
  const fix = await askPosition();
  const { position: _old, ...values } = draft.values;
  await keepDraft({ ...draft, values });
  if (typeof fix === "string" && !navigator.onLine) throw new NoFixOffline();
  const now = { ...draft, values: typeof fix === "object" ? { ...values, position: fix } : values };
  const delivery = await takeStep(now, offer, alert, categoryLabel(forms.value, alert.category));
  announceDone(t(delivery === "kept" ? keptKey() : "arrive.done"), true);
}

const isTooFar = (error: unknown): error is Problem =>
  error instanceof Problem && ["too_far_away", "photo_missing"].includes(error.code);

/** Too far, or no position: a photo and a reason make up for it. */
function explain(alert: AlertPage, offer: StepOffer, words: string): void {
  refusal.set({ alert: alert.id, step: offer.step, words });
  go("alert", alert.id, offer.step);
}
