// What log-in and welcome share: a form that is sent as JSON, and one place for what went wrong.
import type { ProblemBody } from "../shared/shapes";
import { t } from "../shared/words";

const trouble = document.querySelector<HTMLElement>("#trouble");

/** Null: what went wrong before is over. */
export function showTrouble(words: string | null): void {
  if (!trouble) return;
  trouble.querySelector("span")?.replaceChildren(words ?? "");
  trouble.hidden = words === null;
}

/** The answer of the server; null after its refusal was shown. */
async function send<T>(path: string, body: Record<string, unknown>): Promise<T | null> {
  const headers = {
    "Content-Type": "application/json",
    Accept: "application/json",
    "Accept-Language": document.documentElement.lang,
  };
  try {
    const response = await fetch(path, { method: "POST", body: JSON.stringify(body), headers });
    const answer = (await response.json()) as T & Partial<ProblemBody>;
    if (response.ok) return answer;
    showTrouble(answer.detail ?? t("trouble.unreachable"));
  } catch {
    showTrouble(t("trouble.unreachable"));
  }
  return null;
}

/** Send the form once at a time; `next` gets the answer and what was typed. */
export function onSend<T>(
  form: HTMLFormElement | null,
  path: string,
  names: readonly string[],
  next: (answer: T, typed: Record<string, string>) => void,
): void {
  let busy = false;
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    if (busy || !form.reportValidity()) return;
    busy = true;
    showTrouble(null);
    const fields = new FormData(form);
    const typed = Object.fromEntries(names.map((name) => [name, String(fields.get(name) ?? "")]));
    void send<T>(path, typed).then((answer) => {
      busy = false;
      if (answer !== null) next(answer, typed);
    });
  });
}
