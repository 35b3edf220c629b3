// Who holds an alert now, unit and person, and what was asked of somebody else about it.
import { type Card, CLOSED_STATUSES, type Labels } from "../../shared/shapes";
import { t } from "../../shared/words";
import { unitName } from "./names";

type Held = Pick<Card, "status" | "lead" | "handler_name" | "street">;

const OVER = new Set(CLOSED_STATUSES);

/** 水务局 · 张伟, 待福田街道受理, or 无人接手; empty once it is over. */
export function holderWords(labels: Labels, { status, lead, handler_name, street }: Held): string {
  if (OVER.has(status)) return "";
  if (lead === null && status === "reported" && street) return t("holder.street", { street: unitName(labels, street) });
  if (lead === null) return t("holder.nobody");
  return [unitName(labels, lead), handler_name].filter(Boolean).join(" · ");
}

/** 延期待批 for each that waits; 等协办完成 where the lead has confirmed. */
export const askedWords = ({ asked, awaited }: Pick<Card, "asked" | "awaited">): string[] => [
  ...asked.map((kind) => t(`asked.${kind}`)),
  ...(awaited.length > 0 ? [t("asked.awaited")] : []),
];
