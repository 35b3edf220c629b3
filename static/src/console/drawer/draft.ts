// A step that is being filled in: its version and values, kept while the page is open, and how it is sent.
import type { Api } from "../../shared/api";
import { fieldName } from "../../shared/field-words";
import { newId } from "../../shared/new-id";
import { sha256 } from "../../shared/sha256";
import type { PlaceValue } from "../../shared/place-value";
import type { StepOffer, StepTaken } from "../../shared/shapes";

export type Position = { lon: number; lat: number; accuracy_m: number; crs: "wgs84" };
export type Value = string | number | boolean | Position | PlaceValue | File[] | null;

export type Draft = {
  step: string;
  /** As it was offered when the form opened: what was asked stays readable when it is offered no more. */
  offer: StepOffer;
  /** The last line of the story that was read. */
  seq: number;
  /** Made when the form opens: sending it twice does the thing once. */
  clientId: string;
  version: number;
  values: Record<string, Value>;
};

/** Drafts outlive the drawer: who looks at another alert finds the words again. */
const heldDrafts = new Map<string, Draft>();

export const heldDraft = (id: string): Draft | null => heldDrafts.get(id) ?? null;

export function holdDraft(id: string, draft: Draft | null): void {
  if (draft === null) heldDrafts.delete(id);
  else heldDrafts.set(id, draft);
}

export function emptyDraft(offer: StepOffer, version: number, seq = 0): Draft {
  const proposed = offer.fields.flatMap(({ name, proposed: unit }) => (unit ? [[name, unit]] : []));
  return { step: offer.step, offer, seq, clientId: newId(), version, values: Object.fromEntries(proposed) };
}

/** Photos are named by their digests in the step, then their bytes follow. */
export async function sendStep(api: Api, id: string, draft: Draft): Promise<StepTaken> {
  const body: Record<string, unknown> = {
    step: draft.step, client_id: draft.clientId, version: draft.version,
  };
  const bytes = new Map<string, File>();
  for (const [name, value] of Object.entries(draft.values)) {
    if (value === null || value === "") continue;
    body[name] = Array.isArray(value) ? await digests(value, bytes) : value;
  }
  const path = `/api/v1/alerts/${encodeURIComponent(id)}`;
  const taken = await api.post<StepTaken>(`${path}/steps`, body);
  for (const [digest, file] of bytes) await api.putBytes(`${path}/photos/${digest}`, file, file.type);
  return taken;
}

async function digests(files: File[], bytes: Map<string, File>): Promise<string[]> {
  const names = await Promise.all(files.map(async (file) => sha256(await file.arrayBuffer())));
  names.forEach((name, index) => {
    const file = files[index];
    if (file) bytes.set(name, file);
  });
  return names;
}

/** What somebody wrote and chose, each below the name of its field: to keep it elsewhere. */
export function draftInWords({ step, offer, values }: Draft): string {
  return offer.fields
    .flatMap((field) => {
      const value = values[field.name];
      if (typeof value !== "string" && typeof value !== "number") return [];
      const chosen = field.choices.find(({ id }) => id === value)?.label;
      return value === "" ? [] : [fieldName(step, field), String(chosen ?? value)];
    })
    .join("\n");
}
