// The forms of the playbook, asked for once a page: by their words the lists of a step are searched.
import { useEffect, useState } from "preact/hooks";
import type { Api } from "../../shared/api";
import type { Forms } from "../../shared/shapes";

let known: Forms | null = null;
const waiting = new Set<(forms: Forms | null) => void>();

export function keepForms(forms: Forms | null): void {
  known = forms;
  for (const tell of waiting) tell(forms);
}

/** Asks for them when somebody opens an alert; without them lists are searched by their names alone. */
export function useAskedForms(api: Api, isWanted: boolean): void {
  useEffect(() => {
    if (isWanted && known === null) api.get<Forms>("/api/v1/forms").then(keepForms, () => keepForms(null));
  }, [api, isWanted]);
}

/** Null until they are there. */
export function useSearchForms(): Forms | null {
  const [forms, setForms] = useState(known);
  useEffect(() => {
    setForms(known);
    waiting.add(setForms);
    return () => void waiting.delete(setForms);
  }, []);
  return forms;
}
