// Moves the pin without dragging: four arrows, by touch or keyboard; with Shift ten steps at once.
import { Icon } from "../../../../static/src/shared/mark";
import { t } from "../../../../static/src/shared/words";
import type { LonLat } from "../../../../static/src/shared/inside";
import { moved } from "../../map/move";

const STEP_M = 5;
const ARROWS = [
  { key: "ArrowLeft", icon: "left", east: -1, north: 0 },
  { key: "ArrowUp", icon: "up", east: 0, north: 1 },
  { key: "ArrowDown", icon: "down", east: 0, north: -1 },
  { key: "ArrowRight", icon: "right", east: 1, north: 0 },
] as const;

/** `start`: where a pin that is not there yet begins; null where no map is there either. */
type Props = { pin: LonLat | null; start: () => LonLat | null; put: (point: LonLat) => void };

export function PinPad(props: Props) {
  return (
    <div class="pad" role="group" aria-label={t("place.move")} onKeyDown={(event) => moveByKey(event, props)}>
      {ARROWS.map((arrow) => (
        <button key={arrow.key} type="button" class="ib bd" aria-label={t(`place.${arrow.icon}`)} onClick={(event) => move(arrow, event.shiftKey, props)}>
          <Icon name={arrow.icon} />
        </button>
      ))}
    </div>
  );
}

/** Also for the pin on the map itself, when it has the focus. */
export function moveByKey(event: KeyboardEvent, props: Props): void {
  const arrow = ARROWS.find(({ key }) => key === event.key);
  if (!arrow) return;
  event.preventDefault();
  move(arrow, event.shiftKey, props);
}

function move({ east, north }: { east: number; north: number }, isFar: boolean, { pin, start, put }: Props): void {
  const metres = isFar ? STEP_M * 10 : STEP_M;
  const from = pin ?? start();
  if (from) put(moved(from, east * metres, north * metres));
}
