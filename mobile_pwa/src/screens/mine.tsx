// Everything that I reported: first what is still on this phone, then what is being done.
import { Icon, Mark } from "../../../static/src/shared/mark";
import type { Card } from "../../../static/src/shared/shapes";
import { dayTime } from "../../../static/src/shared/time";
import { troubleWords } from "../../../static/src/shared/trouble-words";
import { t } from "../../../static/src/shared/words";
import { useCell } from "../core/cell";
import { categoryLabel, forms, iconOf, useForms } from "../core/playbook";
import { to } from "../core/route";
import { serverClock } from "../core/server";
import { signedOut } from "../core/session";
import { CardLink } from "../parts/card";
import { useNow } from "../parts/due";
import { Nav } from "../parts/nav";
import { Banner, Blank, Mistake } from "../parts/note";
import { Screen } from "../parts/screen";
import { statusWords } from "../parts/status-words";
import { sending, sendNow } from "../reports/outbox";
import { hasUnreadLosses, isEmpty } from "../reports/report";
import { reports } from "../reports/store";
import { useMine } from "./lists";
import { dangerousFirst, LocalCard } from "./local-card";

export function Mine() {
  useForms();
  const { cards, asOf, trouble } = useMine();
  const known = new Set(cards?.map(({ id }) => id));
  const local = useCell(reports).filter((report) => !isEmpty(report) && (!known.has(report.id) || hasUnreadLosses(report)));
  const isBare = cards?.length === 0 && local.length === 0;
  return (
    <Screen title={t("mine.title")} nav={<Nav here="mine" />}>
      <Waiting />
      {dangerousFirst(local).map((report) => <LocalCard key={report.id} report={report} />)}
      {asOf !== null && <p class="asof">{t("as_of", { time: dayTime(asOf, serverClock.now()) })}</p>}
      {trouble !== null && cards === null && <Mistake>{troubleWords(trouble)}</Mistake>}
      {isBare && <Blank icon="whistle">{t("mine.nothing")}</Blank>}
      <ul class="obs">
        {cards?.map((card) => <li key={card.id}><MyCard card={card} /></li>)}
      </ul>
    </Screen>
  );
}

/** What waits and why, without alarm; sending now is one press. */
function Waiting() {
  const waiting = useCell(reports).filter(({ state }) => state === "waiting");
  const isBusy = useCell(sending) !== null;
  useCell(signedOut);
  const now = useNow(1000);
  if (waiting.length === 0) return null;
  const next = Math.min(...waiting.map(({ next_try }) => next_try ?? now));
  return (
    <>
      <Banner title={t("outbox.waiting", { n: waiting.length })}>
        {t(reasonOf(waiting.find(({ trouble }) => trouble)?.trouble?.kind), { s: Math.max(1, Math.ceil((next - Date.now()) / 1000)) })}
      </Banner>
      <button type="button" class="btn wide" disabled={isBusy} onClick={sendNow}>
        <Icon name="send" size="s" />
        {t(isBusy ? "outbox.sending" : "outbox.now")}
      </button>
    </>
  );
}

function reasonOf(kind: string | undefined): string {
  if (signedOut.value || kind === "signed_out") return "outbox.signed_out";
  if (!navigator.onLine) return "outbox.offline";
  return kind ? `outbox.${kind}` : "outbox.soon";
}

function MyCard({ card }: { card: Card }) {
  return (
    <CardLink
      href={to("alert", card.id)}
      icon={iconOf(forms.value, card.category)}
      title={categoryLabel(forms.value, card.category)}
      second={<>{statusWords(card)}<br />{card.short} · {dayTime(card.reported_at, serverClock.now())}</>}
      {...(card.status === "closed" ? { badge: <Mark state="done" /> } : {})}
    >
      {card.status === "resolved" && (
        <span class="ask"><Icon name="witness" size="s" />{t("home.fixed")}</span>
      )}
    </CardLink>
  );
}
