// The console's keys as a hook: one listener, always with the newest deeds.
import { useEffect, useRef } from "preact/hooks";
import { deedOf, singleKeysOn, type Deed } from "./store/keys";

export type Deeds = Record<Deed, () => void>;

export function useKeys(deeds: Deeds): void {
  const latest = useRef(deeds);
  latest.current = deeds;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape" && leaveField(event.target)) return;
      const deed = deedOf(event, singleKeysOn());
      if (deed === null) return;
      event.preventDefault();
      latest.current[deed]();
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
