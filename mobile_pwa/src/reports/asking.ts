// Kinds that one question tells apart are one tile. Pure.
import type { FormCategory, Forms } from "../../../static/src/shared/shapes";

export type Asked = { id: string; name: Record<string, string>; asks: Record<string, string>; categories: readonly FormCategory[] };
export type Entry = FormCategory | Asked;
type Grouped = Pick<Forms, "categories" | "groups"> & Partial<Pick<Forms, "asking">>;

export const isAsking = (entry: Entry): entry is Asked => "asks" in entry;

/** What tells one tile from another. */
export const entryKey = (entry: Entry): string => (isAsking(entry) ? `asking ${entry.id}` : entry.code);

/** The categories as they are shown: those of an asking group once, where the first of them stood. */
export function entriesOf(forms: Grouped, categories: readonly FormCategory[]): Entry[] {
  const shown = new Map<string, Entry>();
  for (const category of categories) {
    const asked = askedFor(forms, category);
    const key = asked?.id ?? category.code;
    if (!shown.has(key)) shown.set(key, asked ?? category);
  }
  return [...shown.values()];
}

function askedFor({ categories, groups, asking = {} }: Grouped, { parents }: FormCategory): Asked | null {
  const [id] = parents;
  const asks = id === undefined ? undefined : asking[id];
  const name = id === undefined ? undefined : groups[id];
  if (!asks || !name) return null;
  return { id: id!, name, asks, categories: categories.filter((each) => each.parents[0] === id) };
}
