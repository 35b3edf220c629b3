// The line of figures: how many cards are open, late, near, unsigned.
import { isLate, type State, worse } from "../../shared/late";
import type { Card } from "../../shared/shapes";
import { type Urgency } from "../../shared/urgency";

export type Figures = {
  open: number;
  today: number;
  late: number;
  lateState: State;
  near: number;
  unsigned: number;
  emergencies: number;
};

export function figuresOf(
  cards: Iterable<Card>,
  urgency: (card: Card) => Urgency,
  startOfToday: number,
): Figures {
  const sum: Figures = {
    open: 0, today: 0, late: 0, lateState: "yellow", near: 0, unsigned: 0, emergencies: 0,
  };
  for (const card of cards) {
    const { state, emergency } = urgency(card);
    sum.open += 1;
    if (Date.parse(card.reported_at) >= startOfToday) sum.today += 1;
    if (card.status === "dispatched") sum.unsigned += 1;
    if (emergency) sum.emergencies += 1;
    if (state === "near") sum.near += 1;
    if (!isLate(state)) continue;
    sum.late += 1;
    sum.lateState = worse(sum.lateState, state);
  }
  return sum;
}
