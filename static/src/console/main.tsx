// The console's entrance: who is here, then the board.
import { render } from "preact";
import "../i18n/page-language";
import { Api } from "../shared/api";
import { addressOf } from "../shared/pages";
import { cityZone } from "../shared/time";
import { App } from "./app";
import { Desk } from "./store/desk";
import { Live } from "./store/live";
import { takenOver, takeOver } from "./take-over";
import "./styles/console.css";

async function start(root: HTMLElement): Promise<void> {
  const api = new Api();
  const session = await api.session();
  if (session === null) {
    location.assign(`${addressOf("login")}?next=${encodeURIComponent(location.pathname + location.search)}`);
    return;
  }
  const desk = new Desk(cityZone());
  const live = new Live(api, (state) => desk.receive(state));
  desk.attach(live);
  api.onOtherPerson((now) => takeOver(session, now));
  document.addEventListener("visibilitychange", () => document.hidden || void api.session().catch(() => null));
  render(<App desk={desk} api={api} session={session} said={takenOver()} onSignedIn={() => live.reconnect()} />, root);
  await live.start();
}

const root = document.getElementById("console");
if (root) void start(root);
