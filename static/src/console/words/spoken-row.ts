// A row as it is said aloud: number, category, place, status and time.
import { statusName } from "../../shared/city-words";
import { pausedWords } from "../../shared/promise-words";
import type { Card, Labels } from "../../shared/shapes";
import type { Urgency } from "../../shared/urgency";
import { t } from "../../shared/words";
import { askedWords, holderWords } from "./holder";
import { categoryName, placeName, unitName } from "./names";
import { timeSpoken } from "./times";

export function spokenRow(card: Card, urgency: Urgency, labels: Labels, now: number): string {
  return [
    card.number,
    categoryName(labels, card.category),
    urgency.emergency ? t("row.emergency") : "",
    placeName(labels, card),
    statusName(card.status),
    urgency.paused && urgency.left === null ? "" : timeSpoken(urgency, card.status),
    urgency.paused ? pausedWords(urgency.paused, now, (id) => unitName(labels, id)) : "",
    card.supervision === null ? "" : t("words.supervised_number", { number: card.supervision }),
    card.urged ? t("row.urged") : "",
    ...askedWords(card),
    holderWords(labels, card),
  ]
    .filter(Boolean)
    .join(t("row.comma"));
}
