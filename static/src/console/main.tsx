// The console's entrance: who is here, then the board.
import { render } from "preact";
import { pageLanguages } from "../i18n/page-language";
import { Api } from "../shared/api";
import { addressOf } from "../shared/pages";
import type { OpenSession } from "../shared/shapes";
import { cityZone } from "../shared/time";
import { App } from "./app";
import { Desk } from "./store/desk";
import { Live } from "./store/live";
import { isAnother, takenOver, takeOver } from "./take-over";
import "./styles/console.css";

async function start(root: HTMLElement): Promise<void> {
  const api = new Api();
  const session = await api.session();
  if (session === null) {
    location.assign(`${addressOf("login")}?next=${encodeURIComponent(location.pathname + location.search)}`);
    return;
  }
  const desk = new Desk(cityZone(), session.roles);
  const live = new Live(api, (state) => desk.receive(state));
  desk.attach(live);
  document.addEventListener("visibilitychange", () => document.hidden || void giveWay(api, session));
  render(<App desk={desk} api={api} session={session} languages={pageLanguages} said={takenOver()} onSignedIn={() => live.reconnect()} />, root);
  await live.start();
}

/** Somebody else may have signed in on another page of this browser: then this one is theirs, too. */
async function giveWay(api: Api, session: OpenSession): Promise<void> {
  const now = await api.session().catch(() => null);
  if (now !== null && isAnother(session, now)) takeOver(session, now);
}

const root = document.getElementById("console");
if (root) void start(root);
