// Tabs and filters, kept in the address so that a view can be shared, and which cards pass them.
import { isLate } from "../../shared/late";
import { type Card, type FilterName, TAB_STATUSES } from "../../shared/shapes";
import { type Urgency } from "../../shared/urgency";

/** `asked`: something was asked that somebody at this desk decides. */
export const TABS = ["all", "asked", ...TAB_STATUSES] as const;
export type Tab = (typeof TABS)[number];

export type Since = "" | "today" | "24h" | "7d";
export const SINCE: readonly Since[] = ["", "today", "24h", "7d"];

export type Filters = {
  tab: Tab;
  lead: string;
  category: string;
  street: string;
  grid: string;
  since: Since;
  late: boolean;
  near: boolean;
  danger: boolean;
  q: string;
};

export const NO_FILTERS: Filters = {
  tab: "all", lead: "", category: "", street: "", grid: "", since: "", late: false, near: false, danger: false, q: "",
};

/** In the address a filter has the name that it has for the server; the rest is the console's own. */
type Name = FilterName | "since" | "near" | "danger" | "alert";

const isTab = (value: string | null): value is Tab => TABS.includes(value as Tab);
const isSince = (value: string | null): value is Since => SINCE.includes(value as Since);

export function readFilters(search: string): Filters {
  const query = new URLSearchParams(search);
  const get = (name: Name): string | null => query.get(name);
  const status = get("status");
  const since = get("since");
  return {
    tab: isTab(status) ? status : "all",
    lead: get("department") ?? "",
    category: get("category") ?? "",
    street: get("street") ?? "",
    grid: get("grid") ?? "",
    since: isSince(since) ? since : "",
    late: get("overdue") === "1",
    near: get("near") === "1",
    danger: get("danger") === "1",
    q: get("q") ?? "",
  };
}

const isSwitch = (value: string): boolean => value === "0" || value === "1";

const KNOWN: Readonly<Record<string, (value: string) => boolean>> = {
  status: (value) => isTab(value),
  since: (value) => isSince(value),
  overdue: isSwitch,
  near: isSwitch,
  danger: isSwitch,
  ...Object.fromEntries(["department", "category", "street", "grid", "q", "alert"].map((name) => [name, () => true])),
};

/** What the address asks for and no filter knows, as it is written there: it narrows nothing. */
export const unknownFilters = (search: string): string[] =>
  [...new URLSearchParams(search)].filter(([name, value]) => !KNOWN[name]?.(value)).map(([name, value]) => `${name}=${value}`);

/** The address of a view; what says nothing is left out, so that equal views have equal addresses. */
export function writeFilters(filters: Filters, chosen: string | null): string {
  const query = new URLSearchParams();
  const put = (name: Name, value: string) => value && query.set(name, value);
  put("status", filters.tab === "all" ? "" : filters.tab);
  put("department", filters.lead);
  put("category", filters.category);
  put("street", filters.street);
  put("grid", filters.grid);
  put("since", filters.since);
  put("overdue", filters.late ? "1" : "");
  put("near", filters.near ? "1" : "");
  put("danger", filters.danger ? "1" : "");
  put("q", filters.q);
  put("alert", chosen ?? "");
  const text = query.toString();
  return text === "" ? "" : `?${text}`;
}

export const readChosen = (search: string): string | null =>
  new URLSearchParams(search).get("alert");

/** How many filters narrow the view beside tab and search. */
export function countFilters(filters: Filters): number {
  const { lead, category, street, grid, since, late, near, danger } = filters;
  return [lead, category, street, grid, since, late, near, danger].filter(Boolean).length;
}

export type CardFacts = {
  now: number;
  startOfToday: number;
  urgency: (card: Card) => Urgency;
  words: (card: Card) => string;
};

/** Everything but the tab: the tabs count what the other filters leave. */
export function passes(card: Card, filters: Filters, facts: CardFacts): boolean {
  if (filters.lead && card.lead !== filters.lead && !card.supports.includes(filters.lead)) {
    return false;
  }
  if (filters.category && card.category !== filters.category) return false;
  if (filters.street && card.street !== filters.street) return false;
  if (filters.grid && card.grid !== filters.grid) return false;
  if (filters.since && Date.parse(card.reported_at) < sinceInstant(filters.since, facts)) return false;
  if (!passesUrgency(facts.urgency(card), filters)) return false;
  return filters.q === "" || found(facts.words(card), filters.q);
}

/** As the figures above the list count them. */
const passesUrgency = ({ state, emergency }: Urgency, { late, near, danger }: Filters): boolean =>
  (!late || isLate(state)) && (!near || state === "near") && (!danger || emergency);

export function inTab(card: Card, tab: Tab, decides: (card: Card) => boolean): boolean {
  if (tab === "asked") return decides(card);
  return tab === "all" || card.status === tab;
}

function sinceInstant(since: Since, facts: CardFacts): number {
  if (since === "today") return facts.startOfToday;
  return facts.now - (since === "24h" ? 1 : 7) * 86_400_000;
}

/** Every word typed must occur; case and full-width forms do not matter. */
function found(haystack: string, typed: string): boolean {
  const text = haystack.normalize("NFKC").toLowerCase();
  return typed.normalize("NFKC").toLowerCase().split(/\s+/).every((word) => text.includes(word));
}
