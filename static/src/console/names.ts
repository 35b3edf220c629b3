// What are units and categories called? Labels come with the board, in both languages.
import type { Card, Labels, Text } from "./shapes";
import { language, say } from "./say";

const spoken = (text: Text | undefined, id: string): string => {
  if (text === undefined) return id;
  return language() === "en" ? (text.en ?? text.zh) : text.zh;
};

export const unitName = (labels: Labels, id: string | null): string =>
  id === null ? "" : spoken(labels.units[id], id);

export const categoryName = (labels: Labels, code: string | null): string =>
  code === null ? say("category.unsure") : spoken(labels.categories[code], code);

export const categoryIcon = (labels: Labels, code: string | null): string =>
  (code !== null && labels.categories[code]?.icon) || "other";

/** As people say it: 莲花街道 · 景田社区; household matters have no more than this. */
export const placeName = (labels: Labels, card: Pick<Card, "street" | "community">): string =>
  [card.street, card.community].filter(Boolean).map((id) => unitName(labels, id)).join(" · ") ||
  say("place.unknown");
