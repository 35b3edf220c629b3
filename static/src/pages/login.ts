// Signing in: account and password as JSON, then on to where the role's work is.
import "./door.css";
import { say } from "../console/say";

type Session = { roles: { role: string }[] };

const WORKPLACES: [string, string][] = [
  ["supervisor", "/reports/overdue"],
  ["district_dispatcher", "/console"],
  ["department_dispatcher", "/console"],
  ["street_dispatcher", "/console"],
  ["handler", "/m/"],
  ["grid_worker", "/m/"],
  ["volunteer", "/m/"],
];

const form = document.querySelector<HTMLFormElement>("#login");
const trouble = document.querySelector<HTMLElement>("#trouble");
const reveal = document.querySelector<HTMLButtonElement>("#reveal");

/** Back to the page that asked for the sign-in, if it is one of ours. */
function goal(session: Session, wanted: string): string {
  if (/^\/(?![/\\])/.test(wanted)) return wanted;
  const roles = new Set(session.roles.map(({ role }) => role));
  return WORKPLACES.find(([role]) => roles.has(role))?.[1] ?? "/";
}

function tell(words: string): void {
  if (!trouble) return;
  trouble.querySelector("span")?.replaceChildren(words);
  trouble.hidden = false;
}

async function signIn(fields: HTMLFormElement): Promise<void> {
  const typed = new FormData(fields);
  const body = JSON.stringify({ name: typed.get("name"), password: typed.get("password") });
  const headers = { "Content-Type": "application/json", Accept: "application/json" };
  try {
    const response = await fetch("/api/v1/session", { method: "POST", body, headers });
    const told = (await response.json()) as Session & { detail?: string };
    if (response.ok) location.assign(goal(told, fields.dataset["next"] ?? ""));
    else tell(told.detail ?? say("login.unreachable"));
  } catch {
    tell(say("login.unreachable"));
  }
}

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  const button = form.querySelector<HTMLButtonElement>("button[type=submit]");
  if (!button || button.disabled) return;
  button.disabled = true;
  if (trouble) trouble.hidden = true;
  void signIn(form).finally(() => {
    button.disabled = false;
  });
});

reveal?.addEventListener("click", () => {
  const field = document.querySelector<HTMLInputElement>("#password");
  if (!field) return;
  const shown = field.type === "text";
  field.type = shown ? "password" : "text";
  reveal.setAttribute("aria-pressed", String(!shown));
  reveal.setAttribute("aria-label", say(shown ? "login.show" : "login.hide"));
});
