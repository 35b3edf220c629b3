// What was filled in for a step, kept for its person until the step is taken, so that nothing is retyped.
import { newId } from "../../../static/src/shared/new-id";
import type { StepName } from "../../../static/src/shared/shapes";
import { db, dropPhotos, keepPhoto, writeRow } from "../core/db";
import type { Prepared } from "../core/photo";
import type { StepDraft } from "../core/rows";
import { session } from "../core/session";

export const draftKey = (person: string, alert: string, step: string): string => `${person} ${alert}/${step}`;

export async function openDraft(alert: string, step: StepName): Promise<StepDraft> {
  const person = session.value?.person ?? "";
  const key = draftKey(person, alert, step);
  const kept = await (await db()).get("steps", key).catch(() => undefined);
  return kept ?? { key, person, alert, step, client_id: newId(), values: {} };
}

/** Ends when it is on disk; raises where the phone is full. */
export async function keepDraft(draft: StepDraft): Promise<void> {
  await writeRow("steps", (store) => store.put(draft));
}

export async function keepDraftPhoto(draft: StepDraft, photo: Prepared): Promise<void> {
  await keepPhoto(draft.client_id, photo.sha256, photo.bytes);
}

/** `keepPhotos`: the step waits in the queue, and its photos with it. */
export async function dropDraft(draft: StepDraft, { keepPhotos = false } = {}): Promise<void> {
  await (await db()).delete("steps", draft.key);
  if (!keepPhotos) await dropPhotos(draft.client_id);
}
