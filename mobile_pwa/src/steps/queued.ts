// The order in which queued steps go out, their bodies, and how an alert looks meanwhile. Pure.
import { stepName } from "../../../static/src/shared/city-words";
import { type AlertPage, STEP_LEADS_TO, type StepBody } from "../../../static/src/shared/shapes";
import { type Occasion, isDue } from "../core/backoff";
import type { QueuedStep } from "../core/rows";

export const ofAlert = (queue: readonly QueuedStep[], alert: string): QueuedStep[] =>
  queue.filter((one) => one.alert === alert);

/** Those that can go now: of each alert the oldest alone, for the next one follows it. Behind a refused one
 *  the others of its alert wait. Those that were tried less often come first. */
export function ready(queue: readonly QueuedStep[], now: number, occasion: Occasion): QueuedStep[] {
  const heads = new Map<string, QueuedStep>();
  for (const step of [...queue].sort((a, b) => a.made_at - b.made_at)) {
    if (!heads.has(step.alert)) heads.set(step.alert, step);
  }
  return [...heads.values()]
    .filter((step) => step.state === "waiting" && isDue(step, now, occasion))
    .sort((a, b) => a.tries - b.tries);
}

/** As its button was called. */
export const queuedName = ({ step, label }: QueuedStep): string => label ?? stepName(step);

/** What a person wrote with a step. */
export const wordsOf = ({ values }: QueuedStep): string =>
  Object.values(values).filter((value) => typeof value === "string").join("\n");

/** The body that is sent: with the version that was seen, or with the own step that it follows. */
export function stepBody({ step, client_id, version, after, device_at, values }: QueuedStep): StepBody & Record<string, unknown> {
  const seen = after === null ? { version } : { after };
  return { step, client_id, ...seen, device_at, ...values };
}

/** The alert as it will be once everything that waits is delivered; a refused step and those behind it change nothing. */
export function ahead(alert: AlertPage, waiting: readonly QueuedStep[]): AlertPage {
  const refused = waiting.findIndex(({ state }) => state === "refused");
  return waiting.slice(0, refused < 0 ? waiting.length : refused).reduce((seen, { step }) => {
    const status = STEP_LEADS_TO[step];
    const steps = alert.ahead?.[step]; // an answer kept by an older app has none
    return status === undefined || steps === undefined ? seen : { ...seen, status, steps };
  }, alert);
}
