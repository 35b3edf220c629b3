// Takes a step: its photos first, then the step, under an id made when its form was opened.
import type { StepOffer } from "../../../static/src/shared/shapes";
import { api, PATHS } from "../core/city";
import { keptPhoto } from "../core/db";
import { dropStep, type StepDraft } from "./draft";

/** Raises Problem or Unreachable; the draft then stays as it is. */
export async function takeStep(draft: StepDraft, offer: StepOffer, version: number): Promise<void> {
  await sendPhotos(draft, offer);
  const { step, client_id, values } = draft;
  const device_at = new Date().toISOString();
  await api.post(PATHS.steps(draft.alert), { step, client_id, version, device_at, ...values });
  await dropStep(draft);
}

async function sendPhotos(draft: StepDraft, offer: StepOffer): Promise<void> {
  for (const field of offer.fields.filter(({ kind }) => kind === "photos")) {
    const digests = draft.values[field.name];
    if (!Array.isArray(digests)) continue;
    for (const sha256 of digests) {
      const bytes = await keptPhoto(draft.key, sha256);
      if (bytes) await api.putBytes(PATHS.photo(draft.alert, sha256), bytes, bytes.type);
    }
  }
}
