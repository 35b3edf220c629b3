// Sends one report: its words, then its photos. Sent twice it is one alert, by its id.
import { isSignedOut, Problem, Unreachable } from "../../../static/src/shared/api";
import type { PhotoKept, ReportReceipt } from "../../../static/src/shared/shapes";
import { nextTry } from "../core/backoff";
import type { OwnPhoto, Report } from "../core/rows";
import { isFinal, troubleOf } from "../core/trouble";
import { reportBody } from "./report";

export type Transport = {
  put: (path: string, body: unknown) => Promise<ReportReceipt>;
  putBytes: (path: string, bytes: Blob, type: string) => Promise<PhotoKept>;
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
  let trouble: unknown = null;
  try {
    sent = { ...sent, receipt: await sendWords(report, options) };
    for (const photo of report.photos.filter((one) => !one.sent && one.refused === null)) {
      try {
        sent = withPhoto(sent, await sendPhoto(sent.id, photo, options));
      } catch (error) {
        if (endsTheRound(error)) throw error;
        trouble = error; // the other photos have their own turn
      }
    }
    if (trouble !== null) throw trouble;
    return { ...sent, state: "sent", trouble: null, next_try: null, delivered_at: options.now() };
  } catch (error) {
    return failed(sent, error, options.now());
  }
}

/** Only a receipt with this report's id and its number is one: a stranger's JSON is not. */
async function sendWords(report: Report, { transport }: SendOptions): Promise<ReportReceipt> {
  const receipt = await transport.put(pathOf(report.id), reportBody(report));
  if (receipt.id !== report.id || !receipt.number) throw new Unreachable("no receipt of ours");
  return receipt;
}

/** A photo that is refused is marked so and not sent again; the words have arrived already. */
async function sendPhoto(owner: string, photo: OwnPhoto, options: SendOptions): Promise<OwnPhoto> {
  const bytes = await options.photo(owner, photo.sha256);
  if (bytes === null) return { ...photo, refused: options.lostWords };
  try {
    const kept = await options.transport.putBytes(`${pathOf(owner)}/photos/${photo.sha256}`, bytes, "image/jpeg");
    if (kept.sha256 !== photo.sha256) throw new Unreachable("no receipt of ours");
    return { ...photo, sent: true };
  } catch (error) {
    if (error instanceof Problem && isFinal(error)) return { ...photo, refused: error.detail };
    throw error;
  }
}

/** Whatever is sent next would meet the same: silence, or a session that is over. */
const endsTheRound = (error: unknown): boolean => error instanceof Unreachable || isSignedOut(error);

const pathOf = (id: string): string => `/api/v1/alerts/${encodeURIComponent(id)}`;

const withPhoto = (report: Report, done: OwnPhoto): Report => ({
  ...report,
  photos: report.photos.map((photo) => (photo.sha256 === done.sha256 ? done : photo)),
});

function failed(report: Report, error: unknown, now: number): Report {
  if (blamesTheClock(error) && report.occurred_at) return { ...report, occurred_at: null, trouble: null, next_try: now };
  const trouble = troubleOf(error);
  if (trouble.kind === "refused") return { ...report, state: "refused", trouble, next_try: null };
  const retryAfter = error instanceof Problem ? error.retryAfter : null;
  const next_try = trouble.kind === "signed_out" ? null : nextTry(report.tries, now, retryAfter);
  return { ...report, tries: report.tries + 1, trouble, next_try };
}

/** The phone's clock is fast, which the person can do nothing about: the report goes without that time. */
const blamesTheClock = (error: unknown): boolean =>
  error instanceof Problem && error.faults.length > 0 && error.faults.every(({ field }) => field === "occurred_at");
