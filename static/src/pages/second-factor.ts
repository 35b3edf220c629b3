// Setting up the second factor: the code is confirmed, then the recovery codes are shown once.
import type { Api } from "../shared/api";
import { workplace } from "../shared/pages";
import type { RecoveryCodes } from "../shared/shapes";
import { press } from "./door";

const PATH = "/api/v1/session/second-factor";

/** The section of the account page, where somebody may have one. */
export function followSecondFactor(api: Api): void {
  const form = document.querySelector<HTMLFormElement>("#factor form");
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!form.reportValidity()) return;
    void press(form.querySelector("button"), async () => {
      const typed = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]));
      const told = await api.put<RecoveryCodes>(PATH, { ...typed, offer: form.dataset["offer"] });
      showCodes(told.recovery_codes);
    });
  });
  document.querySelector("#print")?.addEventListener("click", () => print());
  document.querySelector("#go-on")?.addEventListener("click", () => void goOn(api));
}

/** Nothing else is shown beside them, so that nobody leaves without having seen them. */
function showCodes(codes: readonly string[]): void {
  const shown = document.querySelector<HTMLElement>("#codes");
  for (const section of document.querySelectorAll<HTMLElement>("main > section")) section.hidden = section !== shown;
  shown?.querySelector("ol")?.replaceChildren(...codes.map(lineOf));
  shown?.querySelector("h2")?.focus();
  scrollTo({ top: 0 });
}

function lineOf(code: string): HTMLLIElement {
  const line = document.createElement("li");
  line.textContent = code;
  return line;
}

async function goOn(api: Api): Promise<void> {
  const session = await api.session().catch(() => null);
  location.assign(workplace(new Set(session?.roles.map(({ role }) => role))));
}
