// One alert in the list: mark, name, time left; place, number; status, ruler.
import type { Card } from "../../shared/shapes";
import { categoryName, placeName } from "../names";
import { Mark } from "../../shared/mark";
import { Ruler } from "../../shared/ruler";
import { say } from "../say";
import type { Desk } from "../store/desk";
import { statusShort, timeWords } from "../words";

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
      <span class="r1">
        <Mark state={standing.state} />
        <b>{categoryName(labels, card.category)}</b>
        {standing.emergency && <span class="fl em">{say("row.emergency")}</span>}
        <span class="t">{timeWords(standing, card.status)}</span>
      </span>
      <span class="r2">
        <span>{placeName(labels, card)}</span>
        <span class="no">{card.short}</span>
      </span>
      <span class="r3">
        <span>
          {statusShort(card.status)}
          {card.urged && ` · ${say("row.urged")}`}
        </span>
        {standing.promise && <Ruler share={standing.share} state={standing.state} />}
      </span>
    </div>
  );
}
