// Sends one report: its words, then its photos. The same report twice is one alert at the server.
import { Problem } from "../../../static/src/shared/api";
import { nextTry } from "../core/backoff";
import type { OwnPhoto, Receipt, Report } from "../core/rows";
import { isFinal, troubleOf } from "../core/trouble";
import { bodyOf } from "./report";

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

function failed(report: Report, error: unknown, now: number): Report {
  const trouble = troubleOf(error);
  if (trouble.kind === "refused") return { ...report, state: "refused", trouble, next_try: null };
  const retryAfter = error instanceof Problem ? error.retryAfter : null;
  const next_try = trouble.kind === "signed_out" ? null : nextTry(report.tries, now, retryAfter);
  return { ...report, tries: report.tries + 1, trouble, next_try };
}
