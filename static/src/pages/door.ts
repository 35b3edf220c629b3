// What log-in and welcome share: a form that is sent as JSON, and one place for what went wrong.
import type { ProblemBody, RefusalCode } from "../shared/shapes";
import { troubleWords } from "../shared/trouble-words";
import { t } from "../shared/words";

const trouble = document.querySelector<HTMLElement>("#trouble");

/** Null: what went wrong before is over. */
export function showTrouble(words: string | null): void {
  if (!trouble) return;
  trouble.querySelector("span")?.replaceChildren(words ?? "");
  trouble.hidden = words === null;
}

/** The answer of the server; null after its refusal was shown, or was taken by `isTaken`. */
async function send<T>(path: string, body: Record<string, unknown>, isTaken: (code: RefusalCode) => boolean): Promise<T | null> {
  const headers = {
    "Content-Type": "application/json",
    Accept: "application/json",
    "Accept-Language": document.documentElement.lang,
  };
  try {
    const response = await fetch(path, { method: "POST", body: JSON.stringify(body), headers });
    const answer = (await response.json()) as T & Partial<ProblemBody>;
    if (response.ok) return answer;
    if (answer.code === undefined || !isTaken(answer.code)) showTrouble(answer.detail ?? t("trouble.unreachable"));
  } catch {
    showTrouble(t("trouble.unreachable"));
  }
  return null;
}

/** One thing at a time: the button waits, and what went wrong is said above. */
export async function press(button: HTMLButtonElement | null, deed: () => Promise<void>): Promise<void> {
  if (button?.disabled) return;
  if (button) button.disabled = true;
  showTrouble(null);
  try {
    await deed();
  } catch (error) {
    showTrouble(troubleWords(error));
    trouble?.scrollIntoView({ block: "center" });
  }
  if (button) button.disabled = false;
}

/** Send the form once at a time; `next` gets the answer and what was typed. Fields that are disabled
 *  are not sent. `isTaken`: whether a refusal needs no words. */
export function onSend<T>(
  form: HTMLFormElement | null,
  path: string,
  names: readonly string[],
  next: (answer: T, typed: Record<string, string>) => void,
  isTaken: (code: RefusalCode) => boolean = () => false,
): void {
  let busy = false;
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    if (busy || !form.reportValidity()) return;
    busy = true;
    showTrouble(null);
    const fields = new FormData(form);
    const typed = Object.fromEntries(names.filter((name) => fields.has(name)).map((name) => [name, String(fields.get(name) ?? "")]));
    void send<T>(path, typed, isTaken).then((answer) => {
      busy = false;
      if (answer !== null) next(answer, typed);
    });
  });
}
