// Brings waiting reports to the server: one at a time, one tab at a time, each in its turn, again after a pause.
import { t } from "../../../static/src/shared/words";
import type { PhotoKept, ReportReceipt } from "../../../static/src/shared/shapes";
import { announce } from "../core/announce";
import { type Occasion, isDue, soonest } from "../core/backoff";
import { Cell } from "../core/cell";
import { keptPhoto } from "../core/db";
import { categoryOf, forms } from "../core/playbook";
import { inRounds } from "../core/rounds";
import type { Report } from "../core/rows";
import { answered, api, serverClock } from "../core/server";
import { askToSignIn, loseSession, session, signedOut } from "../core/session";
import { hasUnreadLosses, stamped, withAnswersAsked } from "./report";
import { sendReport } from "./send";
import { isKept, reports, settleReport } from "./store";

/** The report that is on its way at this moment. */
export const sending = new Cell<string | null>(null);

let timer: ReturnType<typeof setTimeout> | undefined;

export function startOutbox(): void {
  addEventListener("online", () => void flush("online"));
  document.addEventListener("visibilitychange", () => void (document.hidden || flush()));
  session.listen(() => void (session.value && !signedOut.value && flush()));
  signedOut.listen(() => void (signedOut.value || flush()));
  answered.listen(() => void flush("online")); // whoever answers a question takes a report, too
  void flush();
}

/** Marks a draft as waiting, ends when that is on disk, and sends it; one that waits or was sent already is left alone. */
export async function submit(id: string): Promise<void> {
  await settleReport(id, (report) => {
    if (report.state === "waiting" || report.state === "sent") return null;
    const asked = withAnswersAsked(report, categoryOf(forms.value, report.category));
    const ready = stamped(asked, Date.now(), serverClock.skew);
    return { ...ready, state: "waiting", tries: 0, next_try: null, trouble: null };
  });
  void flush();
}

/** A press: everything that waits goes now, or the person is asked to sign in first. */
export function sendNow(): void {
  if (signedOut.value) askToSignIn();
  else void flush("now");
}

export const flush = inRounds({
  lock: "shaodao-outbox",
  sendAll,
  ended: () => {
    sending.set(null);
    plan();
  },
});

/** Each has one turn: a report that fails for itself does not keep the next one from its own. */
async function sendAll(occasion: Occasion, tried: Set<string>): Promise<void> {
  for (let report = next(occasion, tried); report; report = next(occasion, tried)) {
    tried.add(report.id);
    sending.set(report.id);
    const { person } = report;
    const after = await sendReport(report, {
      transport: {
        put: (path, body) => api.put<ReportReceipt>(path, body, person),
        putBytes: (path, bytes, type) => api.putBytes<PhotoKept>(path, bytes, type, person),
      },
      photo: keptPhoto,
      lostWords: t("outbox.photo_lost"),
      now: Date.now,
    });
    await settleReport(report.id, ({ state }) => (state === "sent" ? null : resultOf(after)));
    await tell(after);
    // whoever is next would meet the same silence
    if (after.trouble?.kind === "unreachable" || signedOut.value) return;
  }
}

const resultOf = ({ state, receipt, photos, tries, next_try, trouble, occurred_at, changed_at, delivered_at }: Report): Partial<Report> => ({
  state, receipt, photos, tries, next_try, trouble, changed_at,
  ...(occurred_at === undefined ? {} : { occurred_at }),
  ...(delivered_at === undefined ? {} : { delivered_at }),
});

async function tell(after: Report): Promise<void> {
  if (after.state === "sent") {
    const number = after.receipt?.number ?? "";
    announce(t(hasUnreadLosses(after) ? "outbox.said_without_photo" : "outbox.said_sent", { number }));
  } else if (after.trouble?.kind === "signed_out") {
    if (after.person === session.value?.person) loseSession(after.trouble.detail); // else somebody signed in here meanwhile
  } else if (after.state === "refused") announce(t("outbox.said_refused"));
  else if (after.tries === 1) announce(t(isKept(after.id) ? "outbox.said_waiting" : "trouble.full"));
}

/** The next that is due and had no turn in this round: those that were tried less often come first. */
function next(occasion: Occasion, tried: ReadonlySet<string>): Report | undefined {
  const now = Date.now();
  return reports.value
    .filter((report) => report.state === "waiting" && report.person === session.value?.person)
    .filter((report) => !tried.has(report.id) && isDue(report, now, occasion))
    .sort((a, b) => a.tries - b.tries || a.made_at - b.made_at)[0];
}

function plan(): void {
  clearTimeout(timer);
  const at = soonest(reports.value);
  if (at !== null) timer = setTimeout(() => void flush(), Math.max(250, at - Date.now()));
}
