// Sends one report: its words, then its photos. The same report twice is one alert at the server.
import { Problem, Unreachable } from "../../../static/src/shared/api";
import { nextTry } from "./backoff";
import { bodyOf, type OwnPhoto, type Receipt, type Report, type Trouble } from "./report";

export type Carrier = {
  put: (path: string, body: unknown) => Promise<Receipt>;
  putBytes: (path: string, bytes: Blob, type: string) => Promise<void>;
};
export type Errand = {
  carrier: Carrier;
  photo: (owner: string, sha256: string) => Promise<Blob | null>;
  lost: string;
  now: () => number;
};

/** The report as it stands after the attempt; never raises. */
export async function sendReport(report: Report, errand: Errand): Promise<Report> {
  let sent = report;
  try {
    const receipt = await errand.carrier.put(pathOf(report.id), bodyOf(report));
    sent = { ...sent, receipt };
    for (const photo of report.photos) {
      if (!photo.sent && photo.refused === null) sent = withPhoto(sent, await sendPhoto(sent.id, photo, errand));
    }
    return { ...sent, state: "sent", trouble: null, next_try: null };
  } catch (error) {
    return failed(sent, error, errand.now());
  }
}

/** A photo that is refused is told and left; the words are already there. */
async function sendPhoto(owner: string, photo: OwnPhoto, errand: Errand): Promise<OwnPhoto> {
  const bytes = await errand.photo(owner, photo.sha256);
  if (bytes === null) return { ...photo, refused: errand.lost };
  try {
    await errand.carrier.putBytes(`${pathOf(owner)}/photos/${photo.sha256}`, bytes, "image/jpeg");
    return { ...photo, sent: true };
  } catch (error) {
    if (error instanceof Problem && isFinal(error.status)) return { ...photo, refused: error.detail };
    throw error;
  }
}

const pathOf = (id: string): string => `/api/v1/alerts/${encodeURIComponent(id)}`;

const withPhoto = (report: Report, done: OwnPhoto): Report => ({
  ...report,
  photos: report.photos.map((photo) => (photo.sha256 === done.sha256 ? done : photo)),
});

export const isFinal = (status: number): boolean =>
  status >= 400 && status < 500 && status !== 401 && status !== 408 && status !== 429;

function failed(report: Report, error: unknown, now: number): Report {
  const trouble = troubleOf(error);
  if (trouble.kind === "refused") return { ...report, state: "refused", trouble, next_try: null };
  const retryAfter = error instanceof Problem ? error.retryAfter : null;
  const next_try = trouble.kind === "signed_out" ? null : nextTry(report.tries, now, retryAfter);
  return { ...report, tries: report.tries + 1, trouble, next_try };
}

export function troubleOf(error: unknown): Trouble {
  if (error instanceof Problem) {
    const { status, detail, faults } = error;
    if (status === 401) return { kind: "signed_out", detail, faults };
    return { kind: isFinal(status) ? "refused" : "busy", detail, faults };
  }
  const kind = error instanceof Unreachable ? "unreachable" : "busy";
  return { kind, detail: "", faults: [] };
}
