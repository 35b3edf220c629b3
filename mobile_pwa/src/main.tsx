// The app's entrance: words first, then who is here, then the screen.
import "../../static/src/shared/tokens.css";
import "../../static/src/shared/parts.css";
import "./styles/frame.css";
import "./styles/screens.css";
import "./styles/report.css";
import { render } from "preact";
import { PhoneApp } from "./app";
import "./core/look";
import { findSession } from "./core/session";
import { beginToSpeak } from "./core/speech";
import { installWorker } from "./core/update";
import { startOutbox } from "./reports/outbox";
import { startQueue } from "./steps/queue";

async function start(root: HTMLElement): Promise<void> {
  render(<PhoneApp />, root);
  await Promise.all([beginToSpeak(), findSession()]);
  startOutbox();
  startQueue();
  installWorker();
}

const root = document.getElementById("app");
if (root) void start(root);
