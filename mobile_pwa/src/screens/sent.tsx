// A report after it was sent off: its receipt; before that, that it is kept and when it goes out.
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { Icon } from "../../../static/src/shared/mark";
import type { FieldFault, ReportReceipt } from "../../../static/src/shared/shapes";
import { dayTime } from "../../../static/src/shared/time";
import { t } from "../../../static/src/shared/words";
import { useCell } from "../core/cell";
import { useForms } from "../core/playbook";
import { go, goInstead, route, to } from "../core/route";
import type { Report } from "../core/rows";
import { serverClock } from "../core/server";
import { putOff, signedOut } from "../core/session";
import { useNow } from "../parts/due";
import { EmergencyNumbers } from "../parts/emergency";
import { Instead } from "../parts/instead";
import { Mistake, Note, Tip } from "../parts/note";
import { Screen } from "../parts/screen";
import { sending, sendNow } from "../reports/outbox";
import { hasUnreadLosses, isRenumbered, partToMend, shortNumber } from "../reports/report";
import { beginReport, changeReport, discardReport, isKept, reports, reportsRead, saved } from "../reports/store";
import { unsentDanger } from "./local-card";

export function Sent() {
  const { id } = useCell(route);
  const report = useCell(reports).find((one) => one.id === id);
  const isRead = useCell(reportsRead);
  if (!report && !isRead) return null; // only not read yet
  if (!report) return <Instead at={["mine"]} />;
  if (report.state === "draft") return <Instead at={["report", id, "words"]} />;
  if (report.state === "sent" && report.receipt) return <Delivered report={report} receipt={report.receipt} />;
  if (report.state === "refused") return <Refused report={report} />;
  return <OnItsWay report={report} />;
}

function Delivered({ report, receipt }: { report: Report; receipt: ReportReceipt }) {
  const again = async (): Promise<void> => go("report", (await beginReport()).id, "photo");
  const lost = report.photos.map((photo, i) => ({ ...photo, n: i + 1 })).filter(({ refused }) => refused);
  useEffect(() => void (hasUnreadLosses(report) && changeReport(report.id, { losses_read: true })), [report.id]);
  return (
    <Screen
      title={t("sent.title")}
      onBack={() => goInstead("home")}
      close
      foot={
        <div class="foot-col">
          <a class="btn main big wide" href={to("alert", report.id)}>{t("sent.follow")}</a>
          <button type="button" class="btn quiet wide" onClick={() => void again()}>{t("sent.again")}</button>
        </div>
      }
    >
      <div class="sent">
        <StateSign icon="check" />
        <p class="no">{shortNumber(receipt.number)}<span>{t("sent.number_hint", { number: receipt.number })}</span></p>
      </div>
      {isRenumbered(report) && <Tip>{t("sent.renumbered", { number: receipt.number, before: report.offered ?? "" })}</Tip>}
      {(receipt.emergency || receipt.life_safety) && <Danger numbers={receipt.emergency} />}
      {lost.map(({ n, refused, sha256 }) => <Mistake key={sha256}>{t("sent.photo_lost", { n, why: refused ?? "" })}</Mistake>)}
      {receipt.notices?.map((text) => <Tip key={text}>{text}</Tip>)}
      <Promised receipt={receipt} />
      {receipt.reason && <Note icon="why">{receipt.reason}</Note>}
      <p class="hint ctr">{t("sent.thanks")}</p>
    </Screen>
  );
}

type Numbers = Parameters<typeof EmergencyNumbers>[0]["numbers"];

/** The phone knows whom to call before the server has heard of it. */
function UnsentDanger({ report }: { report: Report }) {
  useForms();
  const numbers = unsentDanger(report);
  return numbers && <Danger numbers={numbers} />;
}

function Danger({ numbers }: { numbers: Numbers }) {
  return (
    <section class="danger">
      <p><b>{t("emergency.title")}</b></p>
      <EmergencyNumbers numbers={numbers} small />
    </section>
  );
}

/** Clock times, never "soon". */
function Promised({ receipt }: { receipt: ReportReceipt }) {
  const now = serverClock.now();
  const into = receipt.merged_into ?? null;
  const { lead, promises } = into ?? receipt;
  const timed = promises.filter(({ due_at }) => due_at !== null);
  timed.sort((a, b) => String(a.due_at).localeCompare(String(b.due_at)));
  return (
    <dl class="prom">
      {into && <div><dt>{t("sent.merged")}</dt><dd><b>{into.number}</b></dd></div>}
      <div><dt>{t("sent.to")}</dt><dd><b>{lead?.label ?? t("sent.street")}</b></dd></div>
      {timed.map(({ clock, due_at }) => (
        <div key={clock}>
          <dt>{t("sent.before", { time: dayTime(due_at ?? 0, now) })}</dt>
          <dd>{t(`sent.clock.${clock}`)}</dd>
        </div>
      ))}
      <div><dt>{t("sent.then")}</dt><dd>{t(into ? "sent.then_told" : "sent.then_what")}</dd></div>
    </dl>
  );
}

function OnItsWay({ report }: { report: Report }) {
  const isBusy = useCell(sending) === report.id;
  const state = useCell(saved);
  const isSafe = isKept(report.id);
  useNow(1000);
  const kind = useCell(signedOut) ? "signed_out" : report.trouble?.kind;
  const isSaidAbove = useCell(putOff) && kind === "signed_out"; // by the bar over the screen
  const wait = report.next_try ? Math.max(1, Math.ceil((report.next_try - Date.now()) / 1000)) : 1;
  const key = kind === "unreachable" && !navigator.onLine ? "offline" : kind;
  return (
    <Screen
      title={t("sent.kept_title")}
      onBack={() => goInstead("mine")}
      close
      foot={
        <div class="foot-col">
          <button type="button" class="btn main big wide" disabled={isBusy} onClick={sendNow}>
            {t(isBusy ? "outbox.sending" : "outbox.now")}
          </button>
          <a class="btn quiet wide" href={to("mine")}>{t("sent.list")}</a>
        </div>
      }
    >
      <UnsentDanger report={report} />
      <div class="sent">
        <StateSign icon={isBusy ? "send" : "download"} quiet />
        {isSafe && <h2 class="q">{t("sent.kept")}</h2>}
        {!isSafe && (state === "failed" ? <Mistake>{t("trouble.full")}</Mistake> : <p class="hint ctr">{t("sent.keeping")}</p>)}
        {report.offered && <p class="hint ctr">{t("sent.offered_again", { number: report.offered })}</p>}
        {report.receipt && <p class="hint ctr">{t("sent.words_arrived", { number: report.receipt.number })}</p>}
        {isSafe && !isSaidAbove && <p class="hint ctr">{isBusy || !key ? t("outbox.sending") : t(`outbox.${key}`, { s: wait })}</p>}
        {isSafe && kind !== "signed_out" && <p class="hint ctr">{t("sent.no_repeat")}</p>}
      </div>
    </Screen>
  );
}

function Refused({ report }: { report: Report }) {
  const drop = (): void => void discardReport(report.id).then(() => goInstead("home"));
  return (
    <Screen
      title={t("report.state.refused")}
      onBack={() => goInstead("mine")}
      foot={
        <div class="foot-col">
          <button type="button" class="btn main big wide" onClick={() => void mend(report)}>{t("sent.mend")}</button>
          <button type="button" class="btn quiet wide" onClick={drop}>{t("sent.discard")}</button>
        </div>
      }
    >
      <UnsentDanger report={report} />
      <Mistake>
        <b>{report.trouble?.detail || t("trouble.server")}</b>
        {report.trouble?.faults.map((fault) => <span key={fault.field}>{faultWords(fault)}</span>)}
      </Mistake>
      <p class="hint">{t("sent.refused_hint")}</p>
    </Screen>
  );
}

/** To the screen on which what was refused can be changed. A kind that is gone is chosen anew. */
async function mend(report: Report): Promise<void> {
  const part = partToMend(report);
  if (part === "category") await changeReport(report.id, { category: null });
  go("report", report.id, part);
}

/** The server names the kind by its code, which nobody has seen. */
const faultWords = ({ field, detail }: FieldFault): string => (field === "category" ? t("sent.category_gone") : detail);

function StateSign({ icon, quiet = false }: { icon: string; quiet?: boolean }): ComponentChildren {
  return <span class={quiet ? "okc quiet" : "okc"}><Icon name={icon} /></span>;
}
