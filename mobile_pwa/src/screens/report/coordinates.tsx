// The pin by numbers: for those who read them off another map.
import { useState } from "preact/hooks";
import { t } from "../../../../static/src/shared/words";
import { type LonLat, middleOf } from "../../../../static/src/shared/inside";
import { usePlaces } from "../../core/playbook";
import { Line } from "../../parts/fields";

type Props = { pin: LonLat | null; put: (point: LonLat) => void };

export function Coordinates({ pin, put }: Props) {
  const [written, setWritten] = useState<string | null>(null);
  const shown = written ?? (pin ? inWords(pin, 6) : "");
  const places = usePlaces();
  const example = inWords(places ? middleOf(places) : pin ?? SOMEWHERE, 4);
  const point = written === null ? null : readPoint(written);
  const write = (text: string): void => {
    setWritten(text);
    const read = readPoint(text);
    if (read) put(read);
  };
  return (
    <details class="coords" onToggle={() => setWritten(null)}>
      <summary>{t("place.by_numbers")}</summary>
      <Line
        label={t("place.numbers")}
        value={shown}
        inputMode="text"
        wrong={written && !point ? t("place.numbers_wrong", { example }) : undefined}
        put={write}
      />
    </details>
  );
}

const SOMEWHERE: LonLat = { lat: 12.3456, lon: 65.4321 };

const inWords = ({ lat, lon }: LonLat, digits: number): string => `${lat.toFixed(digits)}, ${lon.toFixed(digits)}`;

/** Latitude, longitude, in either order as long as only one of them can be a latitude. */
export function readPoint(text: string): LonLat | null {
  const numbers = text.split(/[\s,，;；]+/).filter(Boolean).map(Number);
  const [a, b] = numbers;
  if (numbers.length !== 2 || a === undefined || b === undefined) return null;
  if (!Number.isFinite(a) || !Number.isFinite(b)) return null;
  if (Math.abs(a) <= 90 && Math.abs(b) <= 180) return { lat: a, lon: b };
  return Math.abs(b) <= 90 && Math.abs(a) <= 180 ? { lat: b, lon: a } : null;
}
