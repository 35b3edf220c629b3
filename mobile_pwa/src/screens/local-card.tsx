// A report that is still on this phone, in a list, with its state in a word.
import { Icon } from "../../../static/src/shared/mark";
import type { EmergencyCall } from "../../../static/src/shared/shapes";
import { dayTime } from "../../../static/src/shared/time";
import { t } from "../../../static/src/shared/words";
import { categoryLabel, forms, iconOf } from "../core/playbook";
import { to } from "../core/route";
import type { Report } from "../core/rows";
import { serverClock } from "../core/server";
import { CardLink } from "../parts/card";
import { EmergencyNumbers } from "../parts/emergency";
import { dangerOf } from "../reports/life-words";
import { hasUnreadLosses } from "../reports/report";

const PILLS: Record<Report["state"] | "without_photo", { look: string; icon?: string }> = {
  draft: { look: "line" },
  waiting: { look: "" },
  refused: { look: "warn", icon: "pencil" },
  sent: { look: "ok", icon: "check" },
  without_photo: { look: "warn", icon: "camera" },
};

export function LocalCard({ report }: { report: Report }) {
  const state = hasUnreadLosses(report) ? "without_photo" : report.state;
  const { look, icon } = PILLS[state];
  const calls = unsentDanger(report);
  const where = report.state === "draft" ? to("report", report.id, "photo") : to("sent", report.id);
  const card = (
    <CardLink
      href={where}
      icon={iconOf(forms.value, report.category)}
      title={categoryLabel(forms.value, report.category)}
      second={secondLine(report)}
      badge={
        <span class={`pill ${look}`}>
          {icon && <Icon name={icon} size="xs" />}
          {t(`report.state.${state}`)}
        </span>
      }
    />
  );
  return calls === null ? card : <section class="danger">{card}<EmergencyNumbers numbers={calls} small /></section>;
}

/** Whom to call about a report that has not left the phone; null where it is sent, or nobody is in danger. */
export const unsentDanger = (report: Report): EmergencyCall[] | null =>
  report.state === "waiting" || report.state === "refused" ? dangerOf(forms.value, report) : null;

/** What is dangerous and has not left the phone first. */
export const dangerousFirst = (all: readonly Report[]): Report[] =>
  [...all].sort((a, b) => Number(unsentDanger(a) === null) - Number(unsentDanger(b) === null));

function secondLine(report: Report): string {
  if (report.state === "refused") return report.trouble?.detail ?? "";
  const time = dayTime(report.made_at + serverClock.skew, serverClock.now());
  const photos = report.photos.length ? ` · ${t("report.photos", { n: report.photos.length })}` : "";
  return time + photos;
}
