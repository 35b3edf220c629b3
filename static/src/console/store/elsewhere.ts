// Alerts that the board does not hold, asked for by their number: closed and merged ones.
import { useEffect, useState } from "preact/hooks";
import type { Api } from "../../shared/api";
import type { AlertList, Card, FilterName } from "../../shared/shapes";
import type { View } from "./desk";

/** `none`: nothing was to be asked; `cards` of `found` may be empty. */
export type Elsewhere =
  | { state: "none" | "searching" | "trouble" }
  | { state: "found"; q: string; cards: readonly Card[] };

const NONE: Elsewhere = { state: "none" };
const PAUSE_MS = 400;
const MOST = "20";

/** A number or its beginning or end, as it is typed: 1123-00042-K, also in full-width letters. */
export function numberIn(typed: string): string | null {
  const written = typed.normalize("NFKC").trim().toUpperCase().replace(/[‐-―−]/g, "-");
  return /^[0-9A-Z-]{5,40}$/.test(written) && (written.match(/\d/g) ?? []).length >= 4 ? written : null;
}

/** Asked after a pause in the typing, where nothing on the board is found. */
export function useElsewhere(api: Pick<Api, "get">, view: View): Elsewhere {
  const [answer, setAnswer] = useState<Elsewhere>(NONE);
  const isNothing = view.live.heardAt > 0 && view.order.length + view.waiting.length === 0;
  const q = isNothing ? numberIn(view.filters.q) : null;
  useEffect(() => {
    setAnswer(q === null ? NONE : { state: "searching" });
    if (q === null) return;
    let isOver = false;
    const tell = (now: Elsewhere): void => void (isOver || setAnswer(now));
    const ask = () =>
      api.get<AlertList>(pathOf(q)).then(
        ({ alerts }) => tell({ state: "found", q, cards: alerts }),
        () => tell({ state: "trouble" }),
      );
    const timer = setTimeout(ask, PAUSE_MS);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [api, q]);
  return answer;
}

function pathOf(q: string): string {
  const asked: Partial<Record<FilterName, string>> = { q, limit: MOST };
  return `/api/v1/alerts?${new URLSearchParams(asked)}`;
}
