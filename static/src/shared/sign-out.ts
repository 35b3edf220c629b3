// The button in the bar on top with which whoever is signed in leaves.
import { Api } from "./api";
import { addressOf } from "./pages";

const leaveBy = (button: HTMLButtonElement): void => {
  button.hidden = false;
  button.addEventListener("click", () => {
    button.disabled = true;
    new Api()
      .signOut()
      .then(() => location.assign(addressOf("login")))
      .catch(() => (button.disabled = false));
  });
};

export function offerSignOut(): void {
  document.querySelectorAll<HTMLButtonElement>("[data-sign-out]").forEach(leaveBy);
}
