// What a person is about to send: the step, the version seen, and what was filled in.
import type { Api } from "../../shared/api";
import type { StepOffer } from "../../shared/shapes";

export type Position = { lon: number; lat: number; accuracy_m: number; crs: "wgs84" };
export type Value = string | number | boolean | Position | File[] | null;

export type Draft = {
  step: string;
  /** Made when the form opens: sending it twice does the thing once. */
  clientId: string;
  version: number;
  values: Record<string, Value>;
};

/** Drafts outlive the drawer: who looks at another alert finds the words again. */
const kept = new Map<string, Draft>();

export const keptDraft = (id: string): Draft | null => kept.get(id) ?? null;

export function keepDraft(id: string, draft: Draft | null): void {
  if (draft === null) kept.delete(id);
  else kept.set(id, draft);
}

export function emptyDraft(offer: StepOffer, version: number): Draft {
  const proposed = offer.fields.flatMap(({ name, proposed: unit }) => (unit ? [[name, unit]] : []));
  return { step: offer.step, clientId: uuid(), version, values: Object.fromEntries(proposed) };
}

/** Photos are named by their digests in the step, then their bytes follow. */
export async function sendStep(api: Api, id: string, draft: Draft): Promise<void> {
  const body: Record<string, unknown> = {
    step: draft.step, client_id: draft.clientId, version: draft.version,
  };
  const bytes = new Map<string, File>();
  for (const [name, value] of Object.entries(draft.values)) {
    if (value === null || value === "") continue;
    body[name] = Array.isArray(value) ? await digests(value, bytes) : value;
  }
  const path = `/api/v1/alerts/${encodeURIComponent(id)}`;
  await api.post<unknown>(`${path}/steps`, body);
  for (const [digest, file] of bytes) await api.putBytes(`${path}/photos/${digest}`, file, file.type);
}

async function digests(files: File[], bytes: Map<string, File>): Promise<string[]> {
  const names = await Promise.all(files.map(sha256));
  names.forEach((name, index) => {
    const file = files[index];
    if (file) bytes.set(name, file);
  });
  return names;
}

async function sha256(file: File): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** randomUUID is missing on plain http; getRandomValues is not. */
function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
