// The console's single keys as a hook: one listener, always with the newest commands.
import { useEffect, useRef } from "preact/hooks";
import { commandOf, singleKeysOn, type Command } from "./store/keys";

export type Commands = Record<Command, () => void>;

export function useKeys(commands: Commands): void {
  const latest = useRef(commands);
  latest.current = commands;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape" && leaveField(event.target)) return;
      const command = commandOf(event, singleKeysOn());
      if (command === null) return;
      event.preventDefault();
      latest.current[command]();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
}

/** Esc first only leaves the field: nobody loses what they are writing to one key. */
function leaveField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement) || target.closest("dialog")) return false;
  const field = target.matches("input, textarea, select");
  if (field) target.blur();
  return field;
}
