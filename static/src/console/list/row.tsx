// One alert in the list: mark, name, what was asked; place and time left; status, who holds it, number; ruler.
import { statusShort } from "../../shared/city-words";
import { Icon, Mark } from "../../shared/mark";
import { Ruler } from "../../shared/ruler";
import type { Card, Labels } from "../../shared/shapes";
import type { Urgency } from "../../shared/urgency";
import { t } from "../../shared/words";
import type { Desk } from "../store/desk";
import { askedWords, holderWords } from "../words/holder";
import { categoryName, placeName } from "../words/names";
import { spokenRow } from "../words/spoken-row";
import { pausedInRow, timeWords } from "../words/times";

type Props = {
  desk: Desk;
  card: Card;
  index: number;
  count: number;
  top: number;
  chosen: boolean;
  active: boolean;
  onPress: () => void;
  onFocus: () => void;
};

export function Row({ desk, card, index, count, top, chosen, active, onPress, onFocus }: Props) {
  const { labels } = desk.view.live.board;
  const urgency = desk.urgency(card);
  return (
    <div
      class={`row st-${urgency.state}${chosen ? " sel" : ""}`}
      role="option"
      data-id={card.id}
      aria-selected={chosen}
      aria-setsize={count}
      aria-posinset={index + 1}
      tabIndex={active ? 0 : -1}
      style={{ top: `${top}px` }}
      onClick={onPress}
      onFocus={onFocus}
    >
      <span class="sr">{spokenRow(card, urgency, labels, desk.now())}</span>
      <Lines card={card} urgency={urgency} labels={labels} />
    </div>
  );
}

type LinesProps = { card: Card; urgency: Urgency; labels: Labels };

function Lines({ card, urgency, labels }: LinesProps) {
  return (
    <>
      <span class="r1" aria-hidden="true">
        <Mark state={urgency.state} />
        <b>{categoryName(labels, card.category)}</b>
        {urgency.emergency && <span class="fl em">{t("row.emergency")}</span>}
        {card.supervision !== null && (
          <span class="fl sup">
            <Icon name="flag" size="s" />
            {t("words.supervised")}
          </span>
        )}
        {askedFolded(card).map((words) => <span key={words} class="fl ask">{words}</span>)}
      </span>
      <span class="r2" aria-hidden="true">
        <span>{placeName(labels, card)}</span>
        <span class="t">{timeWords(urgency, card.status)}</span>
      </span>
      <span class="r3" aria-hidden="true">
        <span>{standing(card, urgency, labels)}</span>
        <span class="no">{card.short}</span>
      </span>
      <span class="r4" aria-hidden="true">
        {urgency.promise ? <Ruler share={urgency.share} state={urgency.state} /> : pausedInRow(urgency)}
      </span>
    </>
  );
}

/** What was asked: one thing by its name, several by their number, as the row has room for one sign. */
function askedFolded(card: Card): string[] {
  const asked = askedWords(card);
  return asked.length > 1 ? [t("asked.several", { n: asked.length })] : asked;
}

/** 待到场 · 水务局 · 张伟 · 已催办: who holds it comes before what may be cut off. */
function standing(card: Card, urgency: Urgency, labels: Labels): string {
  const paused = urgency.promise ? pausedInRow(urgency) : "";
  return [statusShort(card.status), holderWords(labels, card), card.urged ? t("row.urged") : "", paused].filter(Boolean).join(" · ");
}
