// Choosing a password by a one-time link, then signing in with it.
import "./door.css";
import "../i18n/page-language";
import { addressOf } from "../shared/pages";
import { t } from "../shared/words";
import type { Welcomed } from "../shared/shapes";
import { onSend } from "./door";

const form = document.querySelector<HTMLFormElement>("#welcome");
const again = form?.querySelector<HTMLInputElement>("[name=again]");
const chosen = form?.querySelector<HTMLInputElement>("[name=password]");

form?.addEventListener("input", () => {
  const same = again?.value === chosen?.value;
  again?.setCustomValidity(same ? "" : t("login.mismatch"));
});

const path = `/api/v1/welcome/${encodeURIComponent(form?.dataset["secret"] ?? "")}`;
onSend<Welcomed>(form, path, ["password"], ({ login }) => {
  location.assign(`${addressOf("login")}?welcome=${encodeURIComponent(login)}`);
});
