// A handler who takes steps, with a network or without one.
import type { QueuedStep, StepDraft } from "../../../mobile_pwa/src/core/rows";
import type { Delivery } from "../../../mobile_pwa/src/steps/queue";
import type { AlertPage, FieldKind, StepName, StepOffer } from "../../../static/src/shared/shapes";
import { field, offer as offered } from "../shapes";
import { passes } from "../time";
import { photo, type Phone, theLine } from "./phone";

export const alert = (id = "A", version = 4): AlertPage => ({ id, version, short: id, status: "signed", steps: [] }) as unknown as AlertPage;

export const offer = (step: StepName, ...kinds: FieldKind[]): StepOffer =>
  offered(step, "main", ...kinds.map((kind) => field(kind === "photos" ? "photos" : "note", kind)));

export const NOTE = offer("note", "text", "photos");

export async function take(app: Phone, step: StepName, note: string, { of = alert(), photos = [] as string[] } = {}): Promise<Delivery> {
  return app.takeStep(await filled(app, step, note, { of, photos }), { ...NOTE, step }, of, "道路破损");
}

export async function filled(app: Phone, step: StepName, note: string, { of = alert(), photos = [] as string[] } = {}): Promise<StepDraft> {
  const draft = await app.openDraft(of.id, step);
  for (const sha256 of photos) await app.keepDraftPhoto(draft, photo(sha256));
  const full = { ...draft, values: { note, ...(photos.length > 0 ? { photos } : {}) } };
  await app.keepDraft(full);
  return full;
}

/** Taken without a network, one after the other. */
export async function kept(app: Phone, ...steps: [step: StepName, note: string, of?: AlertPage][]): Promise<QueuedStep[]> {
  theLine().state = "down";
  for (const [step, note, of] of steps) {
    await take(app, step, note, { of });
    await passes(10);
  }
  theLine().state = "up";
  theLine().went.length = 0;
  return [...app.queue.value];
}

export const arrived = (): unknown[] => [...theLine().steps.values()].map(({ note }) => note);
export const waiting = (app: Phone): string[] => app.queue.value.map(({ step, state }) => `${step} ${state}`);
