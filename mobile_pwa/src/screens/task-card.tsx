// A task in a list: what and where it is, and the clock that speaks for it.
import { Icon } from "../../../static/src/shared/mark";
import { pausedWords } from "../../../static/src/shared/promise-words";
import { Ruler } from "../../../static/src/shared/ruler";
import type { Card } from "../../../static/src/shared/shapes";
import { byUrgency, isEmergency, type Urgency, urgencyOf } from "../../../static/src/shared/urgency";
import { t } from "../../../static/src/shared/words";
import { useCell } from "../core/cell";
import { categoryLabel, forms, iconOf, placeLine, unitLabel } from "../core/playbook";
import { to } from "../core/route";
import { serverClock } from "../core/server";
import { session } from "../core/session";
import { CardLink } from "../parts/card";
import { Due, promiseName } from "../parts/due";
import { queue } from "../steps/queue";
import { ofAlert } from "../steps/queued";
import { withOwnClocks } from "./own-clocks";
import { Waits } from "./stray-steps";

type Task = { card: Card; urgency: Urgency };

/** By what is late, else by the clocks that their reader owes. */
export function mostUrgentFirst(cards: readonly Card[], now: number): Task[] {
  return cards
    .map((card) => ({ card, urgency: urgencyOf(withOwnClocks(card, session.value, now), now) }))
    .sort((a, b) => byUrgency(a.urgency, b.urgency));
}

export function TaskCard({ card, urgency }: Task) {
  const { promise } = urgency;
  const waiting = ofAlert(useCell(queue), card.id);
  return (
    <CardLink
      href={to("alert", card.id)}
      icon={iconOf(forms.value, card.category)}
      title={categoryLabel(forms.value, card.category)}
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
      {urgency.paused && <small class="at-rest">{pausedWords(urgency.paused, serverClock.now(), unitLabel)}</small>}
    </CardLink>
  );
}
