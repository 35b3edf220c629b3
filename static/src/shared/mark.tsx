// Icons and state marks: symbols of the sprite in the page.
import type { State } from "./late";

export type IconSize = "s" | "xs" | "l";

export function Icon({ name, size }: { name: string; size?: IconSize }) {
  return (
    <svg class={size ? `i i-${size}` : "i"} aria-hidden="true">
      <use href={`#i-${name}`} />
    </svg>
  );
}

/** The shape of a state. Words always stand beside it, so it is silent itself. */
export function Mark({ state }: { state: State }) {
  return (
    <svg class={`mark st-${state}`} viewBox="0 0 20 20" aria-hidden="true">
      <use href={`#m-${state}`} />
    </svg>
  );
}
