// The head of the drawer: number, category, place, who holds it, how it stands.
import { statusName } from "../../shared/city-words";
import { Icon, Mark } from "../../shared/mark";
import { type AlertPage, type Card, CLOSED_STATUSES } from "../../shared/shapes";
import type { Urgency } from "../../shared/urgency";
import { t } from "../../shared/words";
import type { Desk } from "../store/desk";
import { holderLine, isUntaken } from "../words/holder";
import { categoryName, placeName } from "../words/names";
import { timeWords } from "../words/times";

type Props = { desk: Desk; detail: AlertPage | null; id: string; onClose: () => void };
type Known = AlertPage | Card;

export function Heading({ desk, detail, id, onClose }: Props) {
  const { labels } = desk.view.live.board;
  const card = desk.card(id);
  const known = detail ?? card;
  const urgency = desk.urgency(card ?? null);
  const holder = known ? holderLine(labels, known) : "";
  return (
    <header>
      <div>
        <h2 id="drawer-title">
          {known && <Number known={known} urgency={urgency} />}
          {known ? categoryName(labels, known.category) : t("drawer.loading")}
        </h2>
        {known && <p class="soft">{placeName(labels, known)}</p>}
        {known && holder !== "" && <p class={isUntaken(known) ? "holder nobody" : "holder"}>{holder}</p>}
        {known && <Now known={known} card={card} urgency={urgency} />}
      </div>
      <button type="button" class="sq" aria-label={t("drawer.close")} title={t("drawer.close")} onClick={onClose}>
        <Icon name="x" size="s" />
      </button>
    </header>
  );
}

function Number({ known, urgency }: { known: Known; urgency: Urgency }) {
  return (
    <span class="dno">
      {known.number}
      {urgency.emergency && <b class="fl em">{t("row.emergency")}</b>}
      {known.supervision && (
        <b class="fl sup">
          <Icon name="flag" size="s" />
          {t("words.supervised_number", { number: known.supervision })}
        </b>
      )}
    </span>
  );
}

const OVER = new Set(CLOSED_STATUSES);

/** Of an alert that has left the board no time runs: it is over, and in which way. */
function Now({ known, card, urgency }: { known: Known; card: Card | undefined; urgency: Urgency }) {
  const over = OVER.has(known.status);
  return (
    <p class={`now st-${over ? "done" : urgency.state}`}>
      {over ? <Mark state="done" /> : card && <Mark state={urgency.state} />}
      {over && known.status !== "closed" && <b class="over">{t("state.done")}</b>}
      <span>{[statusName(known.status), ...(known.awaited.length > 0 ? [t("asked.awaited")] : [])].join(" · ")}</span>
      {!over && card && <b>{timeWords(urgency, known.status)}</b>}
    </p>
  );
}
