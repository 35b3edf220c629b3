// 承诺尺, the ruler of a promise: the limit stands at three quarters of every ruler.
import type { State } from "./late";
import { LIGHTS } from "./shapes";
import { t } from "./words";

const LIMIT = 75;
const FURTHEST = 3; // limits beyond the first that the last quarter holds, compressed
const NOTCHES = LIGHTS.map((percent) => percent / 100);

type Props = { share: number; state: State; height?: number };

/** Sizes are attributes in percent: a strict CSP allows no style attributes. */
export function Ruler({ share, state, height = 8 }: Props) {
  const used = Math.min(share, 1) * LIMIT;
  const beyond = (Math.min(Math.max(share - 1, 0), FURTHEST) / FURTHEST) * (100 - LIMIT);
  const spoken = t("words.time.used", { share: Math.round(share * 100) });
  return (
    <svg class={`ruler st-${state}`} height={height} role="img" aria-label={spoken}>
      <rect class="rl-track" width="100%" height={height} rx="2" />
      <rect class="rl-used" width={percent(used)} height={height} rx="2" />
      {beyond > 0 && <rect class="rl-tail" x={percent(LIMIT)} width={percent(beyond)} height={height} />}
      {beyond > 0 && (
        <rect x={percent(LIMIT)} width={percent(beyond)} height={height} fill="url(#hatch)" />
      )}
      {NOTCHES.map((notch) => (
        <Tick key={notch} at={notch * LIMIT} className="rl-tick" from={0} to={height} />
      ))}
      <Tick at={LIMIT} className="rl-limit" from={-2} to={height + 2} />
    </svg>
  );
}

type TickProps = { at: number; className: string; from: number; to: number };

function Tick({ at, className, from, to }: TickProps) {
  return <line class={className} x1={percent(at)} x2={percent(at)} y1={from} y2={to} />;
}

const percent = (part: number): string => `${part.toFixed(1)}%`;
