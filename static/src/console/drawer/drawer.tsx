// One alert at the right of the console: its photos, words, clocks, decision, story and steps.
import { useEffect, useRef, useState } from "preact/hooks";
import type { Api } from "../../shared/api";
import { statusName } from "../../shared/city-words";
import { Icon, Mark } from "../../shared/mark";
import type { AlertPage } from "../../shared/shapes";
import { troubleWords } from "../../shared/trouble-words";
import { t } from "../../shared/words";
import type { Desk, View } from "../store/desk";
import { categoryName, placeName } from "../words/names";
import { timeWords } from "../words/times";
import { Clocks, clocksOf } from "./clocks";
import { Helping } from "./helping";
import { MergedNote } from "./merged";
import { Photos } from "./photos";
import { RequestNote } from "./request-note";
import { Steps } from "./steps";
import { Story } from "./story";
import { Why } from "./why";

type Props = { desk: Desk; view: View; api: Api; onClose: () => void };

export function Drawer({ desk, view, api, onClose }: Props) {
  const id = view.chosen;
  const card = desk.card(id);
  const [detail, setDetail] = useState<AlertPage | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const newest = useRef(0);
  const load = async () => {
    if (id === null) return;
    const turn = (newest.current += 1);
    try {
      const answer = await api.get<AlertPage>(`/api/v1/alerts/${encodeURIComponent(id)}`);
      if (turn === newest.current) {
        setDetail(answer);
        setTrouble(null);
      }
    } catch (error) {
      if (turn === newest.current) setTrouble(troubleWords(error));
    }
  };
  useEffect(() => {
    setDetail(null);
    setTrouble(null);
  }, [id]);
  // every change of the card (a new object on the board) is read anew: story, clocks, steps
  useEffect(() => void load(), [id, card]);
  if (id === null) return null;
  const shown = detail?.id === id || detail?.number === id ? detail : null;
  return (
    <section class="drawer" role="region" aria-labelledby="drawer-title" tabIndex={-1} id="drawer">
      <Heading desk={desk} detail={shown} id={id} onClose={onClose} />
      {trouble !== null && (
        <p class="oops" role="alert">
          <Icon name="info" size="s" />
          {trouble}
        </p>
      )}
      {shown ? (
        <>
          <div class="inside" tabIndex={0} role="group" aria-label={t("drawer.inside")}>
            <Photos photos={shown.photos} />
            <Words detail={shown} />
            <MergedNote desk={desk} detail={shown} now={view.now} />
            <RequestNote detail={shown} />
            <Clocks promises={clocksOf(shown)} lifeSafety={shown.life_safety} now={view.now} labels={view.live.board.labels} />
            <Helping helping={shown.helping} promises={shown.promises} lifeSafety={shown.life_safety} now={view.now} labels={view.live.board.labels} />
            <Why decision={shown.decision} lead={shown.lead} labels={view.live.board.labels} />
            <Story entries={shown.timeline} now={view.now} />
          </div>
          <Steps key={shown.id} desk={desk} detail={shown} api={api} onDone={load} />
        </>
      ) : (
        trouble === null && <p class="none">{t("drawer.loading")}</p>
      )}
    </section>
  );
}

type HeadingProps = { desk: Desk; detail: AlertPage | null; id: string; onClose: () => void };

function Heading({ desk, detail, id, onClose }: HeadingProps) {
  const { labels } = desk.view.live.board;
  const card = desk.card(id);
  const known = detail ?? card;
  const urgency = desk.urgency(card ?? null);
  return (
    <header>
      <div>
        <h2 id="drawer-title">
          <span class="dno">
            {known?.number ?? ""}
            {urgency.emergency && <b class="fl em">{t("row.emergency")}</b>}
            {known?.supervision && (
              <b class="fl sup">
                <Icon name="flag" size="s" />
                {t("words.supervised_number", { number: known.supervision })}
              </b>
            )}
          </span>
          {known ? categoryName(labels, known.category) : t("drawer.loading")}
        </h2>
        {known && <p class="soft">{placeName(labels, known)}</p>}
        {known && (
          <p class={`now st-${urgency.state}`}>
            {card && <Mark state={urgency.state} />}
            <span>{statusName(known.status)}</span>
            {card && <b>{timeWords(urgency, known.status)}</b>}
          </p>
        )}
      </div>
      <button type="button" class="sq" aria-label={t("drawer.close")} title={t("drawer.close")} onClick={onClose}>
        <Icon name="x" size="s" />
      </button>
    </header>
  );
}

function Words({ detail }: { detail: AlertPage }) {
  return (
    <>
      {detail.landmark ? <p class="soft">{t("drawer.landmark", { landmark: detail.landmark })}</p> : null}
      {detail.text ? <p class="words">{detail.text}</p> : null}
      {detail.text === null && <p class="soft">{t("drawer.household")}</p>}
      {detail.answers.length > 0 && (
        <dl class="answers">
          {detail.answers.map((answer) => (
            <div key={answer.field}>
              <dt>{answer.label}</dt>
              <dd>{answer.value_label ?? String(answer.value)}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}
