// What was found by its number outside the list: closed and merged alerts, each with its status.
import { statusName } from "../../shared/city-words";
import { Mark } from "../../shared/mark";
import { type Card, CLOSED_STATUSES, type Labels } from "../../shared/shapes";
import { t } from "../../shared/words";
import type { Elsewhere } from "../store/elsewhere";
import { categoryName, placeName } from "../words/names";

type Props = { found: Elsewhere; labels: Labels; open: (id: string) => void };

export function ElsewhereList({ found, labels, open }: Props) {
  if (found.state === "none") return null;
  if (found.state !== "found") return <p class="none" role="status">{t(`find.${found.state}`)}</p>;
  if (found.cards.length === 0) return <p class="none" role="status">{t("find.none", { q: found.q })}</p>;
  return (
    <section class="elsewhere" aria-label={t("find.found", { n: found.cards.length })}>
      <p class="soft small" role="status">{t("find.found", { n: found.cards.length })}</p>
      <ul>
        {found.cards.map((card) => (
          <li key={card.id}>
            <Found card={card} labels={labels} press={() => open(card.id)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

const OVER = new Set(CLOSED_STATUSES);

function Found({ card, labels, press }: { card: Card; labels: Labels; press: () => void }) {
  const isOver = OVER.has(card.status);
  return (
    <button type="button" class="found" data-id={card.id} onClick={press}>
      <b>
        {isOver && <Mark state="done" />}
        {categoryName(labels, card.category)}
      </b>
      <span>{[isOver ? t("state.done") : "", statusName(card.status)].filter(Boolean).join(" · ")}</span>
      <span class="soft">{placeName(labels, card)}</span>
      <span class="no">{card.number}</span>
    </button>
  );
}
