// Finds categories by what was typed, and groups the rest under their majors.
import type { FormCategory, Forms } from "../../../../static/src/shared/shapes";
import { hasWords, label, t } from "../../../../static/src/shared/words";

export const UNSURE = "unsure";

/** Every word that was typed occurs in the label, in any language, or in its code. */
export function findCategories(categories: readonly FormCategory[], sought: string): FormCategory[] {
  const words = sought.toLowerCase().split(/\s+/).filter(Boolean);
  return categories.filter((category) => {
    const text = textOf(category);
    return category.code !== UNSURE && words.every((word) => text.includes(word));
  });
}

function textOf({ label: name, code }: FormCategory): string {
  return [...Object.values(name), code].join(" ").toLowerCase();
}

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
