// The lists that screens share: my alerts, my tasks, what waits for verification.
import { useEffect, useRef, useState } from "preact/hooks";
import type { AlertList, Card, TaskList } from "../../../static/src/shared/shapes";
import { useCell } from "../core/cell";
import { keepAtHand, keptThenFresh, PATHS, serverClock } from "../core/server";
import { heedSignedOut } from "../core/session";
import { offerAgain } from "../reports/offer-again";
import { reports } from "../reports/store";
import { delivered } from "../steps/queue";

export type AnswerState<T> = {
  body: T | null;
  /** When this was so; null while it is fresh. */
  asOf: number | null;
  trouble: unknown;
};
export type CardList = { cards: readonly Card[] | null; asOf: number | null; trouble: unknown };

const ASK_AGAIN_MS = 60_000;

/** The kept answer at once, the fresh one when it comes; asked again while somebody looks at it. `heed` is
 *  told of each fresh one, and when it was asked for. */
export function useAnswer<T>(path: string, again: unknown = 0, heed?: (body: T, askedAt: number) => void): AnswerState<T> {
  const [answer, setAnswer] = useState<AnswerState<T>>({ body: null, asOf: null, trouble: null });
  const looked = useLooks();
  const shown = useRef("");
  useEffect(() => {
    let gone = false;
    const askedAt = Date.now();
    keptThenFresh<T>(path, ({ body, at, fresh }) => {
      if (fresh) heed?.(body, askedAt);
      shown.current = path;
      if (!gone) setAnswer({ body, asOf: fresh ? null : at + serverClock.skew, trouble: null });
    }, shown.current === path).catch((trouble: unknown) => {
      heedSignedOut(trouble);
      if (!gone) setAnswer((before) => ({ ...before, trouble }));
    });
    return () => void (gone = true);
  }, [path, again, looked]);
  return answer;
}

/** Counts the times at which what is shown may have become old: the app comes back to the front, a minute passes. */
function useLooks(): number {
  const [looks, setLooks] = useState(0);
  useEffect(() => {
    const look = (): void => void (document.hidden || setLooks((count) => count + 1));
    const timer = setInterval(look, ASK_AGAIN_MS);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, []);
  return looks;
}

export function useMine(): CardList {
  const arrived = useCell(reports).filter(({ state }) => state === "sent").length;
  const { body, asOf, trouble } = useAnswer<AlertList>(PATHS.mine, arrived, offerLost);
  return { cards: body?.alerts ?? null, asOf, trouble };
}

const offerLost = ({ alerts }: AlertList, askedAt: number): void => void offerAgain(alerts, askedAt);

export function useTasks(): CardList {
  const { body, asOf, trouble } = useAnswer<TaskList>(PATHS.tasks, useCell(delivered));
  useAtHand(body?.tasks, asOf);
  return { cards: body?.tasks ?? null, asOf, trouble };
}

export function useVerifying(): CardList {
  const { body, asOf, trouble } = useAnswer<TaskList>(PATHS.tasks, useCell(delivered));
  useAtHand(body?.verify, asOf);
  return { cards: body?.verify ?? null, asOf, trouble };
}

/** What a fresh list names is kept whole, so that it opens without a network. */
function useAtHand(cards: readonly Card[] | undefined, asOf: number | null): void {
  useEffect(() => {
    if (cards && asOf === null) void keepAtHand(cards.map(({ id, version }) => ({ id, version })));
  }, [cards, asOf]);
}
