// The place: a pin on the areas of the district. The own position only helps to set it.
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../../../../static/src/shared/mark";
import type { PlaceFeature, Places } from "../../../../static/src/shared/shapes";
import { label, t } from "../../../../static/src/shared/words";
import { usePlaces } from "../../core/playbook";
import { askPosition, type Fix, type NoFix } from "../../core/position";
import type { Pin, Report } from "../../core/rows";
import { areasAt, type Point } from "../../map/inside";
import { usePicker } from "../../map/use-picker";
import { changeReport } from "../../reports/store";
import { Coordinates } from "./coordinates";
import { NextButton, ReportFrame } from "./frame";
import { moveByKey, PinPad } from "./pin-pad";

const ROUGH_M = 100;

export function PlaceStep({ report }: { report: Report }) {
  const places = usePlaces();
  const { box, picker } = usePicker(places, (point) => put(point, null));
  const [fix, setFix] = useState<Fix | NoFix | "asking">("asking");
  const pin = useRef(report.pin);
  pin.current = report.pin;
  const put = (point: Point, accuracy_m: number | null): void =>
    void changeReport(report.id, { pin: { lon: point.lon, lat: point.lat, accuracy_m } });
  const locate = async (mayMove: boolean): Promise<void> => {
    setFix("asking");
    const got = await askPosition();
    setFix(got);
    if (typeof got !== "object") return;
    if (mayMove || pin.current === null) put(got, got.accuracy_m);
  };
  useEffect(() => void locate(false), []);
  useEffect(() => void (picker && typeof fix === "object" && picker.setFix(fix)), [picker, fix]);
  useEffect(() => picker?.setPin(pin.current, true), [picker]);
  useEffect(() => picker?.setPin(report.pin, report.pin?.accuracy_m !== null), [report.pin]);
  const areas = report.pin && places ? areasAt(places, report.pin) : [];
  useEffect(() => picker?.setAround(areas.at(-1) ?? null), [picker, areas.at(-1)]);
  const start = (): Point => picker?.centre() ?? middleOf(places);
  const hand = { pin: report.pin, start, put: (point: Point) => put(point, null) };
  return (
    <ReportFrame
      part="place"
      flush
      foot={report.pin
        ? <NextButton to="words" id={report.id}>{t("place.here")}</NextButton>
        : <button type="button" class="btn main big wide" disabled={!places} onClick={() => put(start(), null)}>{t("place.set")}</button>}
    >
      <div class="mapw" onKeyDown={(event) => moveByKey(event, hand)}>
        <div ref={box} class="pmap" role="application" aria-label={t("place.map")} />
        {places?.schematic && <span class="schematic">{t("place.schematic")}</span>}
        <div class="ctl">
          <MapButton icon="plus" word="place.nearer" press={() => picker?.zoom(1)} />
          <MapButton icon="minus" word="place.further" press={() => picker?.zoom(-1)} />
          <MapButton icon="locate" word="place.locate" press={() => void locate(true)} />
        </div>
      </div>
      <section class="place-sheet">
        <h2 class="q sm" aria-live="polite">{report.pin ? nameOf(areas) : t("place.title")}</h2>
        <p class="hint">{hintOf(fix, report.pin)}</p>
        <PinPad {...hand} />
        <Coordinates pin={hand.pin} put={hand.put} />
      </section>
    </ReportFrame>
  );
}

function MapButton({ icon, word, press }: { icon: string; word: string; press: () => void }) {
  return <button type="button" class="ib on" aria-label={t(word)} onClick={press}><Icon name={icon} /></button>;
}

/** From the large to the small; what a smaller name says again is left out. */
function nameOf(areas: readonly PlaceFeature[]): string {
  const names = areas.map(({ properties }) => label(properties.label));
  const said = names.filter((name, i) => !names.slice(i + 1).some((smaller) => smaller.startsWith(name)));
  return said.join(" · ") || t("place.outside");
}

function hintOf(fix: Fix | NoFix | "asking", pin: Pin | null): string {
  if (fix === "asking") return t("place.asking");
  if (fix === "denied") return t("place.denied");
  if (fix === "unavailable") return t("place.unavailable");
  if (pin?.accuracy_m === null) return t("place.moved");
  return t(fix.accuracy_m > ROUGH_M ? "place.rough" : "place.good", { m: fix.accuracy_m });
}

function middleOf(places: Places | null): Point {
  const ring = places?.district.features[0]?.geometry.coordinates.flat(3) ?? [];
  const lons = ring.filter((_, i) => i % 2 === 0);
  const lats = ring.filter((_, i) => i % 2 === 1);
  return { lon: (Math.min(...lons) + Math.max(...lons)) / 2, lat: (Math.min(...lats) + Math.max(...lats)) / 2 };
}
