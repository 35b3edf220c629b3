// One alert in the list: mark, name, time left; place, number; status, ruler.
import type { Card } from "../../shared/shapes";
import { categoryName, placeName } from "../names";
import { Icon, Mark } from "../../shared/mark";
import { Ruler } from "../../shared/ruler";
import { say } from "../say";
import type { Desk } from "../store/desk";
import { pausedInRow, statusShort, timeWords } from "../words";
import { spokenRow } from "./spoken";

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
  const standing = desk.standing(card);
  return (
    <div
      class={`row st-${standing.state}${chosen ? " sel" : ""}`}
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
      <span class="sr">{spokenRow(desk, card)}</span>
      <span class="r1" aria-hidden="true">
        <Mark state={standing.state} />
        <b>{categoryName(labels, card.category)}</b>
        {standing.emergency && <span class="fl em">{say("row.emergency")}</span>}
        {card.supervision !== null && (
          <span class="fl sup">
            <Icon name="flag" size="s" />
            {say("words.supervised")}
          </span>
        )}
        <span class="t">{timeWords(standing, card.status)}</span>
      </span>
      <span class="r2" aria-hidden="true">
        <span>{placeName(labels, card)}</span>
        <span class="no">{card.short}</span>
      </span>
      <span class="r3" aria-hidden="true">
        <span class={standing.promise ? "" : "all"}>
          {[statusShort(card.status), card.urged ? say("row.urged") : "", pausedInRow(standing)]
            .filter(Boolean)
            .join(" · ")}
        </span>
        {standing.promise && <Ruler share={standing.share} state={standing.state} />}
      </span>
    </div>
  );
}
