// Choosing a password: only whether both were typed the same is asked here, the rest is the server's.
import "./door.css";

const form = document.querySelector<HTMLFormElement>("#welcome");
const again = form?.querySelector<HTMLInputElement>("[name=again]");

form?.addEventListener("input", () => again?.setCustomValidity(""));
form?.addEventListener("submit", (event) => {
  const chosen = form.querySelector<HTMLInputElement>("[name=password]")?.value;
  if (!again || again.value === chosen) return;
  event.preventDefault();
  again.setCustomValidity(form.dataset["mismatch"] ?? "");
  again.reportValidity();
});
