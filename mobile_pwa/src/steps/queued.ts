// The order in which queued steps go out, their bodies, and how an alert looks meanwhile. Pure.
import type { Detail } from "../../../static/src/shared/shapes";
import { type Occasion, isDue } from "../core/backoff";
import type { QueuedStep } from "../core/rows";

/** The status after a step, as far as the phone can know it without the server. */
const LEADS: Record<string, string> = { arrive: "on_site", submit: "submitted" };

export const ofAlert = (queue: readonly QueuedStep[], alert: string): QueuedStep[] =>
  queue.filter((one) => one.alert === alert);

/** Those that can go now, oldest first: behind a refused one the others of its alert wait. */
export function ready(queue: readonly QueuedStep[], now: number, occasion: Occasion): QueuedStep[] {
  const stuck = new Set(queue.filter(({ state }) => state === "refused").map(({ alert }) => alert));
  return [...queue]
    .sort((a, b) => a.made_at - b.made_at)
    .filter(({ alert, state }) => state === "waiting" && !stuck.has(alert))
    .filter((step) => isDue(step, now, occasion));
}

/** The body that is sent: with the version that was seen, or with the own step that it follows. */
export function stepBody({ step, client_id, version, after, device_at, values }: QueuedStep): Record<string, unknown> {
  const seen = after === null ? { version } : { after };
  return { step, client_id, ...seen, device_at, ...values };
}

/** The alert as it will be once everything that waits is delivered; a refused step and those behind it change nothing. */
export function ahead(alert: Detail, waiting: readonly QueuedStep[]): Detail {
  const refused = waiting.findIndex(({ state }) => state === "refused");
  return waiting.slice(0, refused < 0 ? waiting.length : refused).reduce((seen, { step }) => {
    const status = LEADS[step];
    if (status === undefined) return seen;
    return { ...seen, status, steps: alert.ahead?.[step] ?? [] };
  }, alert);
}
