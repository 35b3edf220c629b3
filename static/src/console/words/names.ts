// Names of units, categories and places, from the labels that come with the board.
import type { Card, Labels } from "../../shared/shapes";
import { label, t } from "../../shared/words";

/** `known`: a label from elsewhere, for units that no alert on the board names. */
export const unitName = (labels: Labels, id: string | null, known?: Record<string, string>): string =>
  id === null ? "" : label(labels.units[id] ?? labels.former?.units[id] ?? known, id);

export const categoryName = (labels: Labels, code: string | null): string =>
  code === null ? t("category.unsure") : label(kind(labels, code), code);

export const categoryIcon = (labels: Labels, code: string | null): string =>
  (code !== null && kind(labels, code)?.["icon"]) || "other";

/** Old alerts keep the name and the icon of a kind that the playbook has no more. */
const kind = (labels: Labels, code: string) => labels.categories[code] ?? labels.former?.categories[code];

/** As people say it: 莲花街道 · 景田社区; household matters have no more than this. */
export const placeName = (labels: Labels, card: Pick<Card, "street" | "community">): string =>
  [card.street, card.community].filter(Boolean).map((id) => unitName(labels, id)).join(" · ") ||
  t("place.unknown");
