// Nobody has done anything here for a while: words and deeds are locked, danger to life stays in sight.
import { useEffect, useRef, useState } from "preact/hooks";
import type { Api } from "../shared/api";
import { Icon } from "../shared/mark";
import type { Card } from "../shared/shapes";
import { t } from "../shared/words";
import type { Desk, View } from "./store/desk";
import { categoryName, placeName } from "./words/names";
import { clockSeconds } from "./words/times";

const LOOK_MS = 10_000;
const TELL_MS = 60_000;
const SIGNS = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"] as const;

/** Locked after `idleS` seconds without a sign of anybody; null: never. The server is told of signs
 *  at most once a minute, for it locks by itself. `asks`: somebody wants to sign in again. */
export function useIdleLock(api: Pick<Api, "post">, idleS: number | null) {
  const [locked, setLocked] = useState(false);
  const [asks, setAsks] = useState(false);
  const signAt = useRef(0);
  const toldAt = useRef(0);
  useEffect(() => {
    if (idleS === null || locked) return;
    signAt.current = toldAt.current = Date.now();
    // a computer that slept wakes by a sign, and is locked all the same
    const isOver = (): boolean => Date.now() - signAt.current >= idleS * 1000;
    const sign = (): void => (isOver() ? setLocked(true) : void (signAt.current = Date.now()));
    const look = (): void => {
      if (isOver()) return setLocked(true);
      if (signAt.current <= toldAt.current || Date.now() - toldAt.current < TELL_MS) return;
      toldAt.current = Date.now();
      void api.post("/api/v1/session/here", {}).catch(() => undefined);
    };
    for (const name of SIGNS) addEventListener(name, sign, { passive: true, capture: true });
    const timer = setInterval(look, LOOK_MS);
    return () => {
      clearInterval(timer);
      for (const name of SIGNS) removeEventListener(name, sign, { capture: true });
    };
  }, [api, idleS, locked]);
  const unlock = (): void => {
    setLocked(false);
    setAsks(false);
  };
  return { locked, asks, setAsks, unlock };
}

type Props = { desk: Desk; view: View; person: string; onSignIn: () => void };

/** What a locked console shows: where life is in danger, by kind and place, and the way back. */
export function Locked({ desk, view, person, onSignIn }: Props) {
  const urgent = [...view.live.board.cards.values()].filter((card) => desk.urgency(card).emergency);
  return (
    <main class="locked">
      <section aria-labelledby="locked-title">
        <h1 id="locked-title">
          <Icon name="lock" />
          {t("locked.title")}
        </h1>
        <p>{t("locked.words", { person })}</p>
        <button type="button" class="btn main big" onClick={onSignIn}>
          {t("locked.sign_in")}
        </button>
      </section>
      <section aria-labelledby="locked-urgent">
        <h2 id="locked-urgent">{t(urgent.length === 0 ? "locked.none" : "locked.urgent", { n: urgent.length })}</h2>
        <ul>
          {urgent.map((card) => (
            <Urgent key={card.id} card={card} view={view} />
          ))}
        </ul>
        <p class="soft">{view.live.heardAt === 0 ? "" : t("locked.as_of", { time: clockSeconds(view.live.heardAt) })}</p>
      </section>
    </main>
  );
}

function Urgent({ card, view }: { card: Card; view: View }) {
  const { labels } = view.live.board;
  return (
    <li>
      <Icon name="shield" />
      <span>
        <b>{categoryName(labels, card.category)}</b>
        <small>{placeName(labels, card)} · {card.short}</small>
      </span>
    </li>
  );
}
