// One alert at the right of the console: its photos, words, clocks, decision, story and steps.
import { useEffect, useRef, useState } from "preact/hooks";
import { isGone, type Api } from "../../shared/api";
import { Icon } from "../../shared/mark";
import type { AlertPage, Card } from "../../shared/shapes";
import { troubleWords } from "../../shared/trouble-words";
import { t } from "../../shared/words";
import type { Desk, View } from "../store/desk";
import { Clocks, clocksOf } from "./clocks";
import { Heading } from "./heading";
import { Helping } from "./helping";
import { MergedNote } from "./merged";
import { Photos } from "./photos";
import { RequestNotes } from "./request-note";
import { Steps } from "./steps";
import { Story } from "./story";
import { Why } from "./why";

type Props = {
  desk: Desk;
  view: View;
  api: Api;
  onClose: () => void;
  /** The person's own step took the alert out of what they see; what was done and who has it now. */
  onLeft: (sentence: string) => void;
};

export function Drawer({ desk, view, api, onClose, onLeft }: Props) {
  const id = view.chosen;
  const { shown, trouble, load } = useDetail(api, id, desk.card(id));
  if (id === null) return null;
  return (
    <section class="drawer" role="region" aria-labelledby="drawer-title" tabIndex={-1} id="drawer">
      <Heading desk={desk} detail={shown} id={id} onClose={onClose} />
      {trouble !== null && (
        <p class="oops" role="alert">
          <Icon name="info" size="s" />
          {trouble}
        </p>
      )}
      {shown && <Inside desk={desk} view={view} detail={shown} />}
      {shown && <Steps key={shown.id} desk={desk} detail={shown} api={api} now={view.now} onDone={load} onLeft={onLeft} />}
      {!shown && trouble === null && <p class="none">{t("drawer.loading")}</p>}
    </section>
  );
}

/** The alert as the server tells it, read anew at every change of its card: story, clocks, steps. Once it
 *  has left what this person sees, what was read stays readable, with no step to take. */
function useDetail(api: Api, id: string | null, card: Card | undefined) {
  const [detail, setDetail] = useState<AlertPage | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const newest = useRef(0);
  const opened = useRef<string | null>(null);
  const load = async (byItself = false) => {
    if (id === null) return;
    const turn = (newest.current += 1);
    try {
      const answer = await api.get<AlertPage>(`/api/v1/alerts/${encodeURIComponent(id)}`, byItself);
      if (turn !== newest.current) return;
      setDetail(answer);
      setTrouble(null);
    } catch (error) {
      if (turn !== newest.current) return;
      setTrouble(isGone(error) && detail !== null ? t("drawer.gone") : troubleWords(error));
      if (isGone(error)) setDetail((before) => before && { ...before, steps: [] });
    }
  };
  useEffect(() => {
    setDetail(null);
    setTrouble(null);
  }, [id]);
  useEffect(() => {
    const again = opened.current === id;
    opened.current = id;
    void load(again);
  }, [id, card]);
  return { shown: detail?.id === id || detail?.number === id ? detail : null, trouble, load };
}

type InsideProps = { desk: Desk; view: View; detail: AlertPage };

function Inside({ desk, view: { now, live }, detail }: InsideProps) {
  const { labels } = live.board;
  const counted = { lifeSafety: detail.life_safety, now, labels };
  return (
    <div class="inside" tabIndex={0} role="group" aria-label={t("drawer.inside")}>
      <RequestNotes detail={detail} now={now} />
      <Photos photos={detail.photos} />
      <Words detail={detail} />
      <MergedNote desk={desk} detail={detail} now={now} />
      <Clocks promises={clocksOf(detail)} reopenedAt={reopenedAt(detail)} {...counted} />
      <Helping helping={detail.helping} promises={detail.promises} {...counted} />
      <Why detail={detail} now={now} labels={labels} />
      <Story entries={detail.timeline} now={now} />
    </div>
  );
}

/** When it was opened again last: clocks that began before it are of an earlier round. */
const reopenedAt = ({ timeline }: AlertPage): string | null =>
  timeline.findLast(({ code }) => code === "reopen")?.at ?? null;

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
