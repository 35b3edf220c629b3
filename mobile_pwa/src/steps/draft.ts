// What was filled in for a step, kept until the step is taken, so that nothing is retyped.
import { newId } from "../../../static/src/shared/new-id";
import type { StepName } from "../../../static/src/shared/shapes";
import { db, dropPhotos, keepPhoto } from "../core/db";
import type { Prepared } from "../core/photo";
import type { StepDraft } from "../core/rows";

const keyOf = (alert: string, step: string): string => `${alert}/${step}`;

export async function openDraft(alert: string, step: StepName): Promise<StepDraft> {
  const key = keyOf(alert, step);
  const kept = await (await db()).get("steps", key).catch(() => undefined);
  return kept ?? { key, alert, step, client_id: newId(), values: {} };
}

export async function keepDraft(draft: StepDraft): Promise<void> {
  await (await db()).put("steps", draft);
}

export async function keepDraftPhoto(draft: StepDraft, photo: Prepared): Promise<void> {
  await keepPhoto(draft.client_id, photo.sha256, photo.bytes);
}

/** `keepPhotos`: the step waits in the queue, and its photos with it. */
export async function dropDraft(draft: StepDraft, { keepPhotos = false } = {}): Promise<void> {
  await (await db()).delete("steps", draft.key);
  if (!keepPhotos) await dropPhotos(draft.client_id);
}
