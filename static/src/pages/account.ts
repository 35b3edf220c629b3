// The own account: another password, the second factor, and the sign-ins and tokens that are open.
import "./door.css";
import "./account.css";
import "../i18n/page-language";
import { Api } from "../shared/api";
import { addressOf } from "../shared/pages";
import { offerSignOut } from "../shared/sign-out";
import { t } from "../shared/words";
import { press } from "./door";
import { followSecondFactor } from "./second-factor";

const SESSION = "/api/v1/session";
const ownApi = new Api();
const form = document.querySelector<HTMLFormElement>("#password");
const done = document.querySelector<HTMLElement>("#done");
offerSignOut();

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

followSecondFactor(ownApi);

if (done && new URLSearchParams(location.search).has("changed")) {
  done.hidden = false;
  history.replaceState(null, "", location.pathname);
}
