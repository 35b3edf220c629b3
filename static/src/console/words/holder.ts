// Who holds an alert now, unit and person, and what was asked of somebody else about it.
import { type Card, type CardPromise, type Clock, CLOSED_STATUSES, type Labels, type Status } from "../../shared/shapes";
import { t } from "../../shared/words";
import { unitName } from "./names";

type Held = Pick<Card, "status" | "lead" | "handler_name" | "street"> & { promises: readonly HeldClock[] };
type HeldClock = Pick<CardPromise, "clock" | "support" | "unit" | "state">;

/** Over, or only the reporter's turn. */
const NOBODYS = new Set<Status>([...CLOSED_STATUSES, "resolved"]);

/** The statuses in which somebody else than the lead owes the next step, with the clock that says who. */
const TURNS: Partial<Record<Status, Clock>> = { returned: "ruling", verifying: "verify" };

/** 水务局 · 张伟, 待福田街道受理, or 无人接手; empty where it is nobody's turn. */
export function holderWords(labels: Labels, held: Held): string {
  const { status, lead, handler_name, street } = held;
  if (NOBODYS.has(status)) return "";
  const clock = TURNS[status];
  if (clock !== undefined) return ownerName(labels, held, clock);
  if (status === "reported" && street) return t("holder.street", { street: unitName(labels, street) });
  if (lead === null) return t("holder.nobody");
  return [unitName(labels, lead), handler_name].filter(Boolean).join(" · ");
}

/** The same as a line by itself: 在办：水务局 · 张伟. What says that nobody has taken it stands alone. */
export function holderLine(labels: Labels, held: Held): string {
  const holder = holderWords(labels, held);
  return holder === "" || isUntaken(held) ? holder : t("holder.now", { holder });
}

/** Nobody has taken it, or is asked to yet. */
export const isUntaken = ({ status, lead }: Pick<Card, "status" | "lead">): boolean => lead === null || status === "reported";

/** The unit that owes a clock of the alert, as the overdue page names it; without a unit the district does. */
function ownerName(labels: Labels, { promises }: Held, wanted: Clock): string {
  const owed = promises.findLast(({ clock, support }) => clock === wanted && support === null);
  if (owed === undefined && wanted === "verify") return "";
  const unit = owed?.unit ?? labels.district;
  return unit ? unitName(labels, unit) : t("holder.district");
}

/** 延期待批 for each that waits; 等协办完成 where the lead has confirmed. */
export const askedWords = ({ asked, awaited }: Pick<Card, "asked" | "awaited">): string[] => [
  ...asked.map((kind) => t(`asked.${kind}`)),
  ...(awaited.length > 0 ? [t("asked.awaited")] : []),
];
