// Tasks and verifications: emergencies first, then by time left. No distance, for that needs a position.
import { Icon } from "../../../static/src/shared/mark";
import { pausedWords } from "../../../static/src/shared/promise-words";
import { Ruler } from "../../../static/src/shared/ruler";
import type { Card } from "../../../static/src/shared/shapes";
import { dayTime } from "../../../static/src/shared/time";
import { troubleWords } from "../../../static/src/shared/trouble-words";
import { byUrgency, isEmergency, type Urgency, urgencyOf } from "../../../static/src/shared/urgency";
import { t } from "../../../static/src/shared/words";
import { useCell } from "../core/cell";
import { categoryName, forms, iconOf, placeLine, unitName, useForms, usePlaces } from "../core/playbook";
import { to } from "../core/route";
import { serverClock } from "../core/server";
import { CardLink } from "../parts/card";
import { promiseName, Due, useNow } from "../parts/due";
import { Nav } from "../parts/nav";
import { Blank, Mistake } from "../parts/note";
import { Screen } from "../parts/screen";
import { queue } from "../steps/queue";
import { ofAlert } from "../steps/queued";
import { type CardList, useTasks, useVerifying } from "./lists";
import { StraySteps, Waits } from "./stray-steps";

export function Tasks() {
  return <ListScreen title={t("tasks.title")} here="tasks" nothing={t("tasks.nothing")} {...useTasks()} />;
}

export function Verify() {
  return <ListScreen title={t("verify.title")} here="verify" nothing={t("verify.nothing")} {...useVerifying()} />;
}

type Props = CardList & { title: string; here: string; nothing: string };

function ListScreen({ title, here, nothing, cards, asOf, trouble }: Props) {
  useForms();
  usePlaces();
  const now = useNow();
  const sorted = cards
    ?.map((card) => ({ card, urgency: urgencyOf(card, now) }))
    .sort((a, b) => byUrgency(a.urgency, b.urgency));
  return (
    <Screen title={title} nav={<Nav here={here} />}>
      {asOf !== null && <p class="asof">{t("as_of", { time: dayTime(asOf, now) })}</p>}
      {trouble !== null && !cards && <Mistake>{troubleWords(trouble)}</Mistake>}
      {sorted?.length === 0 && <Blank icon="check">{nothing}</Blank>}
      <StraySteps shown={cards} />
      <ul class="obs">
        {sorted?.map(({ card, urgency }) => <li key={card.id}><TaskCard card={card} urgency={urgency} /></li>)}
      </ul>
    </Screen>
  );
}

function TaskCard({ card, urgency }: { card: Card; urgency: Urgency }) {
  const { promise } = urgency;
  const waiting = ofAlert(useCell(queue), card.id);
  return (
    <CardLink
      href={to("alert", card.id)}
      icon={iconOf(forms.value, card.category)}
      title={categoryName(forms.value, card.category)}
      {...(waiting.length > 0 ? { badge: <Waits steps={waiting} /> } : {})}
      second={
        <>
          {isEmergency(card) && <i class="em">{t("emergency.tag")}</i>}{" "}
          {card.supervision !== null && <i class="sup"><Icon name="flag" size="xs" />{t("words.supervised")}</i>}
          <span class="place">{placeLine(card) || card.short}</span>
        </>
      }
    >
      {promise && (
        <>
          <span class="dl"><Due urgency={urgency} /><span class="soft">{promiseName(promise)}</span></span>
          <Ruler share={urgency.share} state={urgency.state} />
        </>
      )}
      {urgency.paused && <small class="at-rest">{pausedWords(urgency.paused, serverClock.now(), unitName)}</small>}
    </CardLink>
  );
}
