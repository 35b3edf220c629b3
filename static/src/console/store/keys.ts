// What do single keys do? One table; all of them can be switched off (WCAG 2.1.4).

export type Deed = "search" | "next" | "previous" | "open" | "close" | "assign" | "help";

const KEYS: Record<string, Deed> = {
  "/": "search", j: "next", ArrowDown: "next", k: "previous", ArrowUp: "previous",
  Enter: "open", Escape: "close", a: "assign", "?": "help",
};
const PLAIN = new Set(["ArrowDown", "ArrowUp", "Enter", "Escape"]);
const STORED = "console.single_keys";

export const singleKeysOn = (): boolean => localStorage.getItem(STORED) !== "off";
export const setSingleKeys = (on: boolean): void => localStorage.setItem(STORED, on ? "on" : "off");

/** The deed a key stands for here, if any: never while somebody types, never with modifiers. */
export function deedOf(event: KeyboardEvent, on: boolean): Deed | null {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return null;
  const deed = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key] ?? null;
  const target = event.target instanceof Element ? event.target : null;
  if (deed === null || target?.closest("dialog")) return null;
  if (isTyping(target)) return null;
  if (!PLAIN.has(event.key)) return on ? deed : null;
  if (deed === "close") return deed;
  return target?.closest(".rows") ? deed : null; // arrows and Enter belong to the list alone
}

function isTyping(target: Element | null): boolean {
  return target?.closest("input, textarea, select, [contenteditable]") != null;
}
