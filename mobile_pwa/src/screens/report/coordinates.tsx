// The pin by numbers: for those who read them off another map.
import { useState } from "preact/hooks";
import { t } from "../../../../static/src/shared/words";
import type { LonLat } from "../../../../static/src/shared/inside";
import { Line } from "../../parts/fields";

type Props = { pin: LonLat | null; put: (point: LonLat) => void };

export function Coordinates({ pin, put }: Props) {
  const [written, setWritten] = useState<string | null>(null);
  const shown = written ?? (pin ? `${pin.lat.toFixed(6)}, ${pin.lon.toFixed(6)}` : "");
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
        wrong={written && !point ? t("place.numbers_wrong") : undefined}
        put={write}
      />
    </details>
  );
}

/** Latitude, longitude, in either order as long as only one of them can be a latitude. */
export function readPoint(text: string): LonLat | null {
  const numbers = text.split(/[\s,，;；]+/).filter(Boolean).map(Number);
  const [a, b] = numbers;
  if (numbers.length !== 2 || a === undefined || b === undefined) return null;
  if (!Number.isFinite(a) || !Number.isFinite(b)) return null;
  if (Math.abs(a) <= 90 && Math.abs(b) <= 180) return { lat: a, lon: b };
  return Math.abs(b) <= 90 && Math.abs(a) <= 180 ? { lat: b, lon: a } : null;
}
