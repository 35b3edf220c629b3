// The place: a pin on the areas of the district. The own position only helps to set it.
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../../../../static/src/shared/mark";
import { LONGEST_LANDMARK, type PlaceFeature } from "../../../../static/src/shared/shapes";
import { label, t } from "../../../../static/src/shared/words";
import { usePlaces } from "../../core/playbook";
import { askPosition, type Fix, type NoFix } from "../../core/position";
import type { Pin, Report } from "../../core/rows";
import { areasAt, kmOutside, middleOf, type LonLat } from "../../../../static/src/shared/inside";
import type { Picker } from "../../map/picker";
import { usePicker } from "../../map/use-picker";
import { Line, Wrong } from "../../parts/fields";
import { changeReport } from "../../reports/store";
import { Coordinates } from "./coordinates";
import { NextButton, ReportFrame } from "./frame";
import { moveByKey, PinPad } from "./pin-pad";

const ROUGH_M = 100;
/** A report from further away is none of this district: the server would refuse it, hours later perhaps. */
const FAR_KM = 50;

export function PlaceStep({ report }: { report: Report }) {
  const places = usePlaces();
  const { box, picker } = usePicker(places, (point) => put(point, null));
  const put = (point: LonLat, accuracy_m: number | null): void =>
    void changeReport(report.id, { pin: { lon: point.lon, lat: point.lat, accuracy_m } });
  const { fix, locate } = useFix(report, put);
  const areas = report.pin && places ? areasAt(places, report.pin) : [];
  usePinOnMap(picker, report, fix, areas.at(-1) ?? null);
  const isFar = report.pin !== null && places !== null && kmOutside(places, report.pin) > FAR_KM;
  const start = (): LonLat | null => picker?.centre() ?? (places && middleOf(places));
  const hand = { pin: report.pin, start, put: (point: LonLat) => put(point, null) };
  const setFirst = (): void => {
    const point = start();
    if (point) hand.put(point);
  };
  return (
    <ReportFrame
      part="place"
      flush
      foot={report.pin
        ? <NextButton to="words" id={report.id} disabled={isFar}>{t("place.here")}</NextButton>
        : <button type="button" class="btn main big wide" disabled={!places} onClick={setFirst}>{t("place.set")}</button>}
    >
      <div class="mapw" onKeyDown={(event) => moveByKey(event, hand)}>
        <div ref={box} class="pmap" role="application" aria-label={t("place.map")} />
        {places?.schematic && <span class="schematic">{t("place.schematic")}</span>}
        <MapButtons picker={picker} locate={() => void locate(true)} />
      </div>
      <section class="place-sheet">
        <h2 class="q sm" aria-live="polite">{report.pin && places ? nameOf(areas) : t("place.title")}</h2>
        {!places && <p class="hint">{t("place.no_map")}</p>}
        {isFar ? <Wrong>{t("place.far")}</Wrong> : <p class="hint">{hintOf(fix, report.pin)}</p>}
        <LandmarkLine report={report} />
        <PinPad {...hand} />
        <Coordinates pin={hand.pin} put={hand.put} />
      </section>
    </ReportFrame>
  );
}

/** The phone's own position: asked once at the beginning, and at a press; it moves a pin only then. */
function useFix(report: Report, put: (point: LonLat, accuracy_m: number | null) => void) {
  const [fix, setFix] = useState<Fix | NoFix | "asking">("asking");
  const pin = useRef(report.pin);
  pin.current = report.pin;
  const locate = async (mayMove: boolean): Promise<void> => {
    setFix("asking");
    const got = await askPosition();
    setFix(got);
    if (typeof got !== "object") return;
    if (mayMove || pin.current === null) put(got, got.accuracy_m);
  };
  useEffect(() => void locate(false), []);
  return { fix, locate };
}

function usePinOnMap(picker: Picker | null, { pin }: Report, fix: Fix | NoFix | "asking", around: PlaceFeature | null): void {
  useEffect(() => void (picker && typeof fix === "object" && picker.setFix(fix)), [picker, fix]);
  useEffect(() => picker?.setPin(pin, true), [picker]);
  useEffect(() => picker?.setPin(pin, pin?.accuracy_m !== null), [pin]);
  useEffect(() => picker?.setAround(around), [picker, around]);
}

function MapButtons({ picker, locate }: { picker: Picker | null; locate: () => void }) {
  return (
    <div class="ctl">
      <MapButton icon="plus" word="place.nearer" press={() => picker?.zoom(1)} />
      <MapButton icon="minus" word="place.further" press={() => picker?.zoom(-1)} />
      <MapButton icon="locate" word="place.locate" press={locate} />
    </div>
  );
}

/** Where exactly, for whoever comes: a pin says no floor and no door. */
function LandmarkLine({ report }: { report: Report }) {
  return (
    <Line
      label={t("place.landmark")}
      value={report.landmark ?? ""}
      maxLength={LONGEST_LANDMARK}
      optional
      put={(landmark) => void changeReport(report.id, { landmark })}
    />
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
  if (fix.accuracy_m < 1) return t("place.exact");
  return t(fix.accuracy_m > ROUGH_M ? "place.rough" : "place.good", { m: fix.accuracy_m });
}
