// Signing in: account and password, then on to where the role's work is.
import "./door.css";
import "../i18n/page-language";
import { workplace } from "../shared/pages";
import type { OpenSession } from "../shared/shapes";
import { t } from "../shared/words";
import { onSend } from "./door";

const form = document.querySelector<HTMLFormElement>("#login");
const reveal = document.querySelector<HTMLButtonElement>("#reveal");

/** Back to the page that asked for the sign-in; the server has left out what is none of ours. */
function goal(session: OpenSession): string {
  const wanted = form?.dataset["next"] ?? "";
  if (wanted !== "") return wanted;
  return workplace(new Set(session.roles.map(({ role }) => role)));
}

onSend<OpenSession>(form, "/api/v1/session", ["login", "password"], (session, typed) => {
  // kept for this tab alone: an ended session asks for the password only
  sessionStorage.setItem("login", typed["login"] ?? "");
  location.assign(goal(session));
});

reveal?.addEventListener("click", () => {
  const field = document.querySelector<HTMLInputElement>("#password");
  if (!field) return;
  const shown = field.type === "text";
  field.type = shown ? "password" : "text";
  reveal.setAttribute("aria-pressed", String(!shown));
  reveal.setAttribute("aria-label", t(shown ? "login.show" : "login.hide"));
});
