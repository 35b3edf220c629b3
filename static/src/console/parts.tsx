// The drawn parts of every screen: icon, state mark, promise ruler.
import type { State } from "./store/standing";
import { say } from "./say";

export function Icon({ name, small = false }: { name: string; small?: boolean }) {
  return (
    <svg class={small ? "i i-s" : "i"} aria-hidden="true">
      <use href={`#i-${name}`} />
    </svg>
  );
}

export function Mark({ state }: { state: State }) {
  return (
    <svg class={`mark st-${state}`} viewBox="0 0 20 20" aria-hidden="true">
      <use href={`#m-${state}`} />
    </svg>
  );
}

const LIMIT = 75;
const HIGH = 6;

export function Ruler({ share, state }: { share: number; state: State }) {
  const used = Math.min(share, 1) * LIMIT;
  const beyond = (Math.min(Math.max(share - 1, 0), 3) / 3) * (100 - LIMIT);
  const at = (part: number) => `${part.toFixed(1)}%`;
  return (
    <svg class={`ruler st-${state}`} height={HIGH} role="img" aria-label={say("ruler", { share: Math.round(share * 100) })}>
      <rect class="rl-track" width="100%" height={HIGH} rx="2" />
      <rect class="rl-used" width={at(used)} height={HIGH} rx="2" />
      {beyond > 0 && <rect class="rl-tail" x={at(LIMIT)} width={at(beyond)} height={HIGH} />}
      {beyond > 0 && <rect x={at(LIMIT)} width={at(beyond)} height={HIGH} fill="url(#hatch)" />}
      {[0.5, 0.8].map((notch) => (
        <line key={notch} class="rl-tick" x1={at(notch * LIMIT)} x2={at(notch * LIMIT)} y1="0" y2={HIGH} />
      ))}
      <line class="rl-limit" x1={at(LIMIT)} x2={at(LIMIT)} y1="-2" y2={HIGH + 2} />
    </svg>
  );
}
