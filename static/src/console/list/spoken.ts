// How is a row said aloud? Number, category, place, status and time, in words.
import type { Card } from "../../shared/shapes";
import { categoryName, placeName } from "../names";
import type { Desk } from "../store/desk";
import { statusName, timeWords } from "../words";
import { say } from "../say";

export function spokenRow(desk: Desk, card: Card): string {
  const { labels } = desk.view.live.board;
  const standing = desk.standing(card);
  return [
    card.number,
    categoryName(labels, card.category),
    standing.emergency ? say("row.emergency") : "",
    placeName(labels, card),
    statusName(card.status),
    timeWords(standing, card.status),
  ]
    .filter(Boolean)
    .join(say("row.comma"));
}
