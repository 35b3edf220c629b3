// Sends one report: its words, then its photos. Sent twice it is one alert, by its id.
import { Problem } from "../../../static/src/shared/api";
import type { ReportReceipt } from "../../../static/src/shared/shapes";
import { nextTry } from "../core/backoff";
import type { OwnPhoto, Report } from "../core/rows";
import { isFinal, troubleOf } from "../core/trouble";
import { reportBody } from "./report";

export type Transport = {
  put: (path: string, body: unknown) => Promise<ReportReceipt>;
  putBytes: (path: string, bytes: Blob, type: string) => Promise<void>;
};
export type SendOptions = {
  transport: Transport;
  photo: (owner: string, sha256: string) => Promise<Blob | null>;
  lostWords: string;
  now: () => number;
};

/** The report as it stands after the attempt; never raises. */
export async function sendReport(report: Report, options: SendOptions): Promise<Report> {
  let sent = report;
  try {
    const receipt = await options.transport.put(pathOf(report.id), reportBody(report));
    sent = { ...sent, receipt };
    for (const photo of report.photos) {
      if (!photo.sent && photo.refused === null) sent = withPhoto(sent, await sendPhoto(sent.id, photo, options));
    }
    return { ...sent, state: "sent", trouble: null, next_try: null };
  } catch (error) {
    return failed(sent, error, options.now());
  }
}

/** A photo that is refused is marked so and not sent again; the words have arrived already. */
async function sendPhoto(owner: string, photo: OwnPhoto, options: SendOptions): Promise<OwnPhoto> {
  const bytes = await options.photo(owner, photo.sha256);
  if (bytes === null) return { ...photo, refused: options.lostWords };
  try {
    await options.transport.putBytes(`${pathOf(owner)}/photos/${photo.sha256}`, bytes, "image/jpeg");
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
