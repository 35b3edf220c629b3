// Brings waiting reports to the server: one at a time, one tab at a time, again after a pause.
import { t } from "../../../static/src/shared/words";
import type { ReportReceipt } from "../../../static/src/shared/shapes";
import { announce } from "../core/announce";
import { type Occasion, isDue } from "../core/backoff";
import { Cell } from "../core/cell";
import { dropPhotos, keptPhoto } from "../core/db";
import { inOneTab } from "../core/one-tab";
import { categoryOf, forms } from "../core/playbook";
import type { Report } from "../core/rows";
import { api } from "../core/server";
import { session, signedOut } from "../core/session";
import { withAnswersAsked } from "./report";
import { sendReport } from "./send";
import { putReport, reportById, reports } from "./store";

/** The report that is on its way at this moment. */
export const sending = new Cell<string | null>(null);

const LOCK = "shaodao-outbox";
let timer: ReturnType<typeof setTimeout> | undefined;
let busy = false;

export function startOutbox(): void {
  addEventListener("online", () => void flush("online"));
  document.addEventListener("visibilitychange", () => void (document.hidden || flush()));
  session.listen(() => void (session.value && !signedOut.value && flush()));
  signedOut.listen(() => void (signedOut.value || flush()));
  void flush();
}

/** Marks a draft as waiting and sends it; one that waits or was sent already is left alone. */
export async function submit(id: string): Promise<void> {
  const report = reportById(id);
  if (!report || report.state === "waiting" || report.state === "sent") return;
  const asked = withAnswersAsked(report, categoryOf(forms.value, report.category));
  await putReport({ ...asked, state: "waiting", tries: 0, next_try: null, trouble: null });
  void flush();
}

export async function flush(occasion: Occasion = "planned"): Promise<void> {
  if (busy || signedOut.value || !session.value) return;
  busy = true;
  try {
    await inOneTab(LOCK, () => sendAll(occasion));
  } finally {
    busy = false;
    sending.set(null);
    plan();
  }
}

async function sendAll(occasion: Occasion): Promise<void> {
  for (const report of dueReports(occasion)) {
    sending.set(report.id);
    const after = await sendReport(report, {
      transport: {
        put: (path, body) => api.put<ReportReceipt>(path, body),
        putBytes: (path, bytes, type) => api.putBytes(path, bytes, type),
      },
      photo: keptPhoto,
      lostWords: t("outbox.photo_lost"),
      now: Date.now,
    });
    await putReport(after);
    await announceResult(after);
    if (after.state === "waiting") return; // whoever is next would meet the same silence
  }
}

async function announceResult(after: Report): Promise<void> {
  if (after.state === "sent") {
    announce(t("outbox.said_sent", { number: after.receipt?.number ?? "" }));
    if (after.photos.every((photo) => photo.sent)) await dropPhotos(after.id);
  } else if (after.trouble?.kind === "signed_out") signedOut.set(true);
  else announce(t(after.state === "refused" ? "outbox.said_refused" : "outbox.said_waiting"));
}

function dueReports(occasion: Occasion): Report[] {
  const now = Date.now();
  return reports.value
    .filter((report) => report.state === "waiting" && isDue(report, now, occasion))
    .reverse();
}

function plan(): void {
  clearTimeout(timer);
  const next = Math.min(
    ...reports.value.flatMap(({ state, next_try }) => (state === "waiting" && next_try ? [next_try] : [])),
  );
  if (next === Infinity) return;
  timer = setTimeout(() => void flush(), Math.max(250, next - Date.now()));
}
