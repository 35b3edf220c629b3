// The forms and places of the playbook, kept for when there is no network, and the names they give.
import { useEffect } from "preact/hooks";
import type { FormCategory, Forms, Places } from "../../../static/src/shared/shapes";
import { label, t } from "../../../static/src/shared/words";
import { Cell, useCell } from "./cell";
import { keptThenFresh, PATHS } from "./server";

export const forms = new Cell<Forms | null>(null);
export const places = new Cell<Places | null>(null);
/** Why there are none, in words; null while they are on their way or there. */
export const formsTrouble = new Cell<unknown>(null);

const requested = { forms: false, places: false };

export function learnForms(): void {
  if (requested.forms) return;
  requested.forms = true;
  keptThenFresh<Forms>(PATHS.forms, ({ body }) => forms.set(body)).catch((error: unknown) => {
    requested.forms = false;
    formsTrouble.set(error);
  });
}

export function learnPlaces(): void {
  if (requested.places) return;
  requested.places = true;
  keptThenFresh<Places>(PATHS.places, ({ body }) => places.set(body)).catch(() => (requested.places = false));
}

export function useForms(): Forms | null {
  useEffect(learnForms, []);
  return useCell(forms);
}

export function usePlaces(): Places | null {
  useEffect(learnPlaces, []);
  return useCell(places);
}

export const categoryOf = (known: Forms | null, code: string | null): FormCategory | null =>
  known?.categories.find((category) => category.code === code) ?? null;

export const categoryLabel = (known: Forms | null, code: string | null): string =>
  code === null ? t("category.none") : label(categoryOf(known, code)?.label ?? known?.former?.categories[code], t("category.none"));

export const iconOf = (known: Forms | null, code: string | null): string =>
  `c-${(categoryOf(known, code)?.icon ?? known?.former?.categories[code ?? ""]?.["icon"]) || "other"}`;

/** The unit's name, or null where the phone does not know it. */
export function unitLabel(id: string | null | undefined): string | null {
  if (!id) return null;
  const named = forms.value?.units?.[id] ?? forms.value?.former?.units[id];
  return named ? label(named) : areaName(id);
}

function areaName(id: string): string | null {
  const known = places.value;
  if (!known) return null;
  for (const level of [known.grids, known.communities, known.streets, known.district]) {
    const found = level.features.find((feature) => feature.properties.id === id);
    if (found) return label(found.properties.label);
  }
  return null;
}

/** As people say it, from the large to the small. */
export const placeLine = (alert: { street: string | null; community: string | null; grid?: string | null }): string =>
  [unitLabel(alert.street), unitLabel(alert.community)].filter(Boolean).join(" · ");
