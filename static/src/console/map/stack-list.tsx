// The alerts that stand at one place of the map, as a small list beside it: each opens at a press.
import { useEffect, useRef } from "preact/hooks";
import { Icon, Mark } from "../../shared/mark";
import type { Card } from "../../shared/shapes";
import { t } from "../../shared/words";
import type { Desk } from "../store/desk";
import { categoryName } from "../words/names";
import { timeWords } from "../words/times";
import type { At } from "./stacks";

export type Unfolded = { ids: readonly string[]; at: At };

type Props = { desk: Desk; unfolded: Unfolded; open: (id: string) => void; close: () => void };

const WIDE = 280;
const HIGH = 320;
const EDGE = 8;
const MIN = 160;

export function StackList({ desk, unfolded: { ids, at }, open, close }: Props) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const pane = box.current?.parentElement;
    if (box.current && pane) place(box.current, pane, at);
    box.current?.querySelector<HTMLElement>("li button")?.focus();
  }, [ids, at]);
  useLeaving(box, close);
  const cards = ids.flatMap((id) => desk.card(id) ?? []);
  return (
    <div class="stack" ref={box} role="dialog" aria-label={t("map.stack_title", { n: cards.length })} onKeyDown={(event) => onKey(event, close)}>
      <p>
        <b>{t("map.stack_title", { n: cards.length })}</b>
        <button type="button" class="sq" aria-label={t("map.stack_close")} onClick={close}>
          <Icon name="x" size="s" />
        </button>
      </p>
      <ul>
        {cards.map((card) => (
          <li key={card.id}>
            <Stacked desk={desk} card={card} press={() => open(card.id)} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Stacked({ desk, card, press }: { desk: Desk; card: Card; press: () => void }) {
  const urgency = desk.urgency(card);
  const isChosen = desk.view.chosen === card.id;
  return (
    <button type="button" class={`st-${urgency.state}`} aria-current={isChosen ? "true" : undefined} data-id={card.id} onClick={press}>
      <Mark state={urgency.state} />
      <span>{categoryName(desk.view.live.board.labels, card.category)}</span>
      <small>{[card.short, timeWords(urgency, card.status)].filter(Boolean).join(" · ")}</small>
    </button>
  );
}

/** Beside its pin, and never over the edge of the map, nor of the window where the map is longer. */
function place(box: HTMLElement, pane: HTMLElement, { x, y }: At): void {
  const tall = Math.max(MIN, Math.min(pane.clientHeight, innerHeight - pane.getBoundingClientRect().top));
  const wide = Math.min(WIDE, pane.clientWidth - 2 * EDGE);
  const high = Math.min(HIGH, tall - 2 * EDGE);
  const within = (wish: number, room: number): number => Math.max(EDGE, Math.min(wish, room - EDGE));
  box.style.width = `${wide}px`;
  box.style.maxHeight = `${high}px`;
  box.style.left = `${within(x + 28, pane.clientWidth - wide)}px`;
  box.style.top = `${within(y - 24, tall - box.offsetHeight)}px`;
}

function useLeaving(box: { current: HTMLElement | null }, close: () => void): void {
  useEffect(() => {
    const outside = (event: Event): void => {
      if (!(event.target instanceof Node) || !box.current?.contains(event.target)) close();
    };
    addEventListener("pointerdown", outside);
    return () => removeEventListener("pointerdown", outside);
  }, [close]);
}

const MOVES: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };

function onKey(event: KeyboardEvent, close: () => void): void {
  const by = MOVES[event.key];
  if (by === undefined && event.key !== "Escape") return;
  event.preventDefault();
  event.stopPropagation();
  if (by === undefined) return close();
  const all = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>("li button")];
  const at = all.findIndex((button) => button === document.activeElement);
  all[(at + by + all.length) % all.length]?.focus();
}
