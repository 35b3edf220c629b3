// The categories under their majors.
import type { FormCategory, Forms } from "../../../../static/src/shared/shapes";
import { hasWords, label, t } from "../../../../static/src/shared/words";
import { UNSURE } from "../../../../static/src/shared/find-category";

export type Major = { id: string; name: string; categories: FormCategory[] };

/** By the nearest group of the playbook, or by family where it has none. */
export function groupsOf(forms: Forms): Major[] {
  const majors = new Map<string, Major>();
  for (const category of forms.categories) {
    if (category.code === UNSURE) continue;
    const id = category.parents?.[0] ?? category.family;
    const major = majors.get(id) ?? { id, name: majorName(forms, id), categories: [] };
    major.categories.push(category);
    majors.set(id, major);
  }
  return [...majors.values()];
}

function majorName(forms: Forms, id: string): string {
  const key = `words.family.${id}`;
  return label(forms.groups?.[id], hasWords(key) ? t(key) : id);
}
