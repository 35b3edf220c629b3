// Signing in: account, password and a code of those who have a second factor, then on to where the role's work is.
import "./door.css";
import "../i18n/page-language";
import { addressOf, workplace } from "../shared/pages";
import type { OpenSession } from "../shared/shapes";
import { t } from "../shared/words";
import { onSend } from "./door";

const form = document.querySelector<HTMLFormElement>("#login");
const reveal = document.querySelector<HTMLButtonElement>("#reveal");

/** Back to the page that asked for the sign-in; the server has left out what is none of ours. */
function goal(session: OpenSession): string {
  if (session.must_enrol) return addressOf("account");
  const wanted = form?.dataset["next"] ?? "";
  if (wanted !== "") return wanted;
  return workplace(new Set(session.roles.map(({ role }) => role)));
}

onSend<OpenSession>(form, "/api/v1/session", ["login", "password", "code"], (session, typed) => {
  // kept for this tab alone: an ended session asks for the password only
  sessionStorage.setItem("login", typed["login"] ?? "");
  location.assign(goal(session));
}, (refusal) => refusal === "code_wanted" && askForCode());

/** Whoever has a second factor types a code, too. True once; what is missing then is said in words. */
function askForCode(): boolean {
  const label = document.querySelector<HTMLElement>("#code");
  const field = label?.querySelector("input");
  if (!label?.hidden || !field) return false;
  label.hidden = field.disabled = false;
  field.focus();
  return true;
}

reveal?.addEventListener("click", () => {
  const field = document.querySelector<HTMLInputElement>("#password");
  if (!field) return;
  const shown = field.type === "text";
  field.type = shown ? "password" : "text";
  reveal.setAttribute("aria-pressed", String(!shown));
  reveal.setAttribute("aria-label", t(shown ? "login.show" : "login.hide"));
});
