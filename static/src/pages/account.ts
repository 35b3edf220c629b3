// The own account: another password, and the sign-ins and tokens that are open.
import "./door.css";
import "./account.css";
import "../i18n/page-language";
import { Api } from "../shared/api";
import { addressOf } from "../shared/pages";
import { offerSignOut } from "../shared/sign-out";
import { troubleWords } from "../shared/trouble-words";
import { t } from "../shared/words";
import { showTrouble } from "./door";

const SESSION = "/api/v1/session";
const ownApi = new Api();
const form = document.querySelector<HTMLFormElement>("#password");
const done = document.querySelector<HTMLElement>("#done");
offerSignOut();

/** One thing at a time: the button waits, and what went wrong is said above. */
async function press(button: HTMLButtonElement | null, deed: () => Promise<void>): Promise<void> {
  if (button?.disabled) return;
  if (button) button.disabled = true;
  showTrouble(null);
  try {
    await deed();
  } catch (error) {
    showTrouble(troubleWords(error));
    document.querySelector("#trouble")?.scrollIntoView({ block: "center" });
  }
  if (button) button.disabled = false;
}

function fieldOf(name: string): HTMLInputElement | null {
  return form?.querySelector<HTMLInputElement>(`[name=${name}]`) ?? null;
}

form?.addEventListener("input", () => {
  const same = fieldOf("again")?.value === fieldOf("new")?.value;
  fieldOf("again")?.setCustomValidity(same ? "" : t("login.mismatch"));
});

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!form.reportValidity()) return;
  void press(form.querySelector("button"), async () => {
    await ownApi.put(`${SESSION}/password`, { old: fieldOf("old")?.value, new: fieldOf("new")?.value });
    location.replace(`${addressOf("account")}?changed`);
  });
});

for (const button of document.querySelectorAll<HTMLButtonElement>("[data-end]")) {
  button.addEventListener("click", () => {
    void press(button, async () => {
      await ownApi.remove(`${SESSION}/sign-ins/${button.dataset["end"] ?? ""}`);
      button.closest("li")?.remove();
    });
  });
}

const everywhere = document.querySelector<HTMLButtonElement>("#everywhere");
everywhere?.addEventListener("click", () => {
  void press(everywhere, async () => {
    await ownApi.remove(`${SESSION}/sign-ins`);
    location.assign(addressOf("login"));
  });
});

if (done && new URLSearchParams(location.search).has("changed")) {
  done.hidden = false;
  history.replaceState(null, "", location.pathname);
}
