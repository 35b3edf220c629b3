// The table of single keys. All of them can be switched off (WCAG 2.1.4).

export type Command = "search" | "next" | "previous" | "open" | "close" | "assign" | "help";

const KEYS: Record<string, Command> = {
  "/": "search", j: "next", ArrowDown: "next", k: "previous", ArrowUp: "previous",
  Enter: "open", Escape: "close", a: "assign", "?": "help",
};
const PLAIN = new Set(["ArrowDown", "ArrowUp", "Enter", "Escape"]);
const STORED = "console.single_keys";

export const singleKeysOn = (): boolean => localStorage.getItem(STORED) !== "off";
export const setSingleKeys = (on: boolean): void => localStorage.setItem(STORED, on ? "on" : "off");

/** The command a key stands for here, if any: never while somebody types, never with modifiers. */
export function commandOf(event: KeyboardEvent, on: boolean): Command | null {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return null;
  const command = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key] ?? null;
  const target = event.target instanceof Element ? event.target : null;
  if (command === null || target?.closest("dialog")) return null;
  if (isTyping(target)) return null;
  if (!PLAIN.has(event.key)) return on ? command : null;
  if (command === "close") return command;
  return target?.closest(".rows") ? command : null; // arrows and Enter belong to the list alone
}

function isTyping(target: Element | null): boolean {
  return target?.closest("input, textarea, select, [contenteditable]") != null;
}
