// Announces new emergencies to people who do not see the list: summed up, at most every ten seconds.
import { useEffect, useRef, useState } from "preact/hooks";
import type { Card } from "../shared/shapes";
import { t } from "../shared/words";
import type { Desk, View } from "./store/desk";
import { categoryName, placeName } from "./words/names";

const EVERY_MS = 10_000;

export function Announcer({ desk, view }: { desk: Desk; view: View }) {
  const known = useRef<Set<string> | null>(null);
  const fresh = useRef<Card[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const spokenAt = useRef(0);
  const [words, setWords] = useState("");
  useEffect(() => {
    if (view.live.heardAt === 0) return;
    const urgent = [...view.live.board.cards.values()].filter((card) => desk.urgency(card).emergency);
    if (known.current !== null) {
      for (const card of urgent) if (!known.current.has(card.id)) fresh.current.push(card);
    }
    known.current = new Set([...(known.current ?? []), ...urgent.map((card) => card.id)]);
    if (fresh.current.length === 0 || timer.current !== undefined) return;
    const wait = Math.max(0, spokenAt.current + EVERY_MS - Date.now());
    timer.current = setTimeout(() => {
      timer.current = undefined;
      spokenAt.current = Date.now();
      setWords(summary(fresh.current.splice(0), view));
    }, wait);
  }, [view.live.board]);
  return (
    <p class="sr" role="status" aria-live="polite">
      {words}
    </p>
  );
}

function summary(cards: readonly Card[], view: View): string {
  const { labels } = view.live.board;
  const [first] = cards;
  if (!first || cards.length > 1) return t("announce.many", { n: cards.length });
  return t("announce.one", {
    category: categoryName(labels, first.category),
    place: placeName(labels, first),
  });
}
