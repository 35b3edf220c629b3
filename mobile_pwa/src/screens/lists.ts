// The lists that screens share: my alerts, my tasks, what waits for verification.
import { useEffect, useState } from "preact/hooks";
import type { AlertList, Card, TaskList } from "../../../static/src/shared/shapes";
import { useCell } from "../core/cell";
import { isSignedOut, keepAtHand, keptThenFresh, PATHS, serverClock } from "../core/server";
import { signedOut } from "../core/session";
import { reports } from "../reports/store";
import { delivered } from "../steps/queue";

export type AnswerState<T> = {
  body: T | null;
  /** When this was so; null while it is fresh. */
  asOf: number | null;
  trouble: unknown;
};

/** The kept answer at once, the fresh one when it comes. */
export function useAnswer<T>(path: string, again: unknown = 0): AnswerState<T> {
  const [answer, setAnswer] = useState<AnswerState<T>>({ body: null, asOf: null, trouble: null });
  useEffect(() => {
    let gone = false;
    keptThenFresh<T>(path, ({ body, at, fresh }) => {
      if (!gone) setAnswer({ body, asOf: fresh ? null : at + serverClock.skew, trouble: null });
    }).catch((trouble: unknown) => {
      if (isSignedOut(trouble)) signedOut.set(true);
      if (!gone) setAnswer((before) => ({ ...before, trouble }));
    });
    return () => void (gone = true);
  }, [path, again]);
  return answer;
}

export function useMine(): { cards: readonly Card[] | null; asOf: number | null; trouble: unknown } {
  const delivered = useCell(reports).filter(({ state }) => state === "sent").length;
  const { body, asOf, trouble } = useAnswer<AlertList>(PATHS.mine, delivered);
  return { cards: body?.alerts ?? null, asOf, trouble };
}

export function useTasks(): { tasks: readonly Card[] | null; asOf: number | null; trouble: unknown } {
  const { body, asOf, trouble } = useAnswer<TaskList>(PATHS.tasks, useCell(delivered));
  useEffect(() => {
    if (body && asOf === null) void keepAtHand(body.tasks.map(({ id, version }) => ({ id, version })));
  }, [body, asOf]);
  return { tasks: body?.tasks ?? null, asOf, trouble };
}

export function useVerifying(): { tasks: readonly Card[] | null; asOf: number | null; trouble: unknown } {
  const { body, asOf, trouble } = useAnswer<TaskList>(PATHS.tasks, useCell(delivered));
  return { tasks: body?.verify ?? null, asOf, trouble };
}
