// Over which street's border a place moves: said before it is sent, for the alert goes to that street.
import { areasAt, type LonLat, middleOfArea } from "./inside";
import { gridOf, pointIn } from "./place-value";
import type { Card, PlaceFeature, Places } from "./shapes";
import { label, t } from "./words";

/** Where an alert is: its pin, or the areas in which it lies, where no map may show it. */
export type AlertPlace = Pick<Card, "lon" | "lat" | "street" | "community" | "grid">;

/** 这里属莲花街道，不在福田街道了 …; empty while the place stays in its street, and without a map. */
export function movedStreetWords(places: Places | null, value: unknown, { street }: Pick<AlertPlace, "street">): string {
  const point = places && (pointIn(value) ?? middleOfGrid(places, gridOf(value)));
  if (!places || !point) return "";
  const now = areasAt(places, point).find((area) => places.streets.features.includes(area)) ?? null;
  if ((now?.properties.id ?? null) === street) return "";
  const before = street === null ? "" : streetName(areaOf(places, street));
  if (now === null) return t("words.moved_street.outside", { before });
  return t(before === "" ? "words.moved_street.found" : "words.moved_street.other", { street: streetName(now), before });
}

/** The smallest area that is known of an alert; null where none is. */
export const smallestArea = (places: Places, { street, community, grid }: AlertPlace): PlaceFeature | null =>
  [grid, community, street].flatMap((id) => (id === null ? [] : areaOf(places, id) ?? []))[0] ?? null;

function middleOfGrid(places: Places, id: string): LonLat | null {
  const grid = id === "" ? null : areaOf(places, id);
  return grid && middleOfArea(grid);
}

const areaOf = ({ grids, communities, streets }: Places, id: string): PlaceFeature | null =>
  [grids, communities, streets].flatMap(({ features }) => features).find(({ properties }) => properties.id === id) ?? null;

const streetName = (area: PlaceFeature | null): string => (area ? label(area.properties.label) : "");
