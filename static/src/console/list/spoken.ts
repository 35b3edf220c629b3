// How is a row said aloud? Number, category, place, status and time, in words.
import type { Card } from "../../shared/shapes";
import { categoryName, placeName, unitName } from "../names";
import type { Desk } from "../store/desk";
import { pausedWords } from "../../shared/paused";
import { statusName, timeSpoken } from "../words";
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
    standing.paused && standing.left === null ? "" : timeSpoken(standing, card.status),
    standing.paused ? pausedWords(standing.paused, desk.now(), (id) => unitName(labels, id)) : "",
    card.supervision === null ? "" : say("words.supervised_number", { number: card.supervision }),
    card.urged ? say("row.urged") : "",
  ]
    .filter(Boolean)
    .join(say("row.comma"));
}
