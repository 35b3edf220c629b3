// What the server lost, as after a restore from a backup, is offered to it again by the phone that reported it.
import { t } from "../../../static/src/shared/words";
import { announce } from "../core/announce";
import { isLost, offeredAgain } from "./report";
import { flush } from "./outbox";
import { reports, settleReport } from "./store";

/** `listed`: all reports of this person that the server knew when it was asked at `askedAt`. */
export async function offerAgain(listed: readonly { id: string }[], askedAt: number): Promise<void> {
  const known = new Set(listed.map(({ id }) => id));
  const lost = reports.value.filter((report) => isLost(report, known, askedAt));
  if (lost.length === 0) return;
  for (const { id } of lost) {
    await settleReport(id, (report) => (isLost(report, known, askedAt) ? offeredAgain(report) : null));
  }
  announce(t("outbox.offered_again", { n: lost.length }));
  await flush();
}
