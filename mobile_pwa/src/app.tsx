// The screen that is shown: the log-in where nobody is signed in, else the one that the address names.
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { Icon } from "../../static/src/shared/mark";
import { t } from "../../static/src/shared/words";
import { shownDone } from "./core/announce";
import { useCell } from "./core/cell";
import { route } from "./core/route";
import { askToSignIn, putOff, putOffSignIn, session, signedOut } from "./core/session";
import { city, language } from "./core/speech";
import { newVersion, takeNewVersion } from "./core/update";
import { openReports } from "./reports/store";
import { AlertScreen } from "./screens/alert/alert-screen";
import { Home } from "./screens/home";
import { Login, LoginAgain } from "./screens/login";
import { Me } from "./screens/me";
import { Mine } from "./screens/mine";
import { ReportScreen } from "./screens/report/report-screen";
import { Sent } from "./screens/sent";
import { Tasks, Verify } from "./screens/tasks";

const SCREENS: Record<string, () => ComponentChildren> = {
  home: Home,
  report: ReportScreen,
  sent: Sent,
  mine: Mine,
  alert: AlertScreen,
  tasks: Tasks,
  verify: Verify,
  me: Me,
};

export function PhoneApp() {
  const held = useCell(session);
  const spoken = useCell(language);
  useCell(city); // its words may change while the language stays
  const { screen, id } = useCell(route);
  useEffect(() => void (held && openReports(held.person)), [held?.person]);
  if (spoken === null || held === undefined) return null;
  if (held === null) return <Login />;
  const Screen = SCREENS[screen] ?? Home;
  return (
    <>
      <Fresh />
      <SignInLater />
      <Done />
      <Screen key={`${screen} ${id} ${spoken} ${held.person}`} />
      <Again />
    </>
  );
}

function Again() {
  const isOut = useCell(signedOut);
  const isPutOff = useCell(putOff);
  return isOut && !isPutOff ? <LoginAgain onClose={putOffSignIn} /> : null;
}

/** Who goes on without signing in is not asked again: what they fill in waits on the phone. */
function SignInLater() {
  const isOut = useCell(signedOut);
  const isPutOff = useCell(putOff);
  if (!isOut || !isPutOff) return null;
  return (
    <div class="fresh" role="status">
      <span>{t("login.put_off")}</span>
      <button type="button" class="btn quiet" onClick={askToSignIn}>{t("login.title")}</button>
    </div>
  );
}

/** What was done just now, on whatever screen comes next; it was announced already. */
function Done() {
  const sentence = useCell(shownDone);
  if (sentence === null) return null;
  return <p class="fresh done" aria-hidden="true"><Icon name="check" size="s" /><span>{sentence}</span></p>;
}

/** A new version waits until the person agrees; the page is never reloaded while they work. */
function Fresh() {
  if (!useCell(newVersion)) return null;
  return (
    <div class="fresh" role="status">
      <span>{t("update.there")}</span>
      <button type="button" class="btn quiet" onClick={takeNewVersion}>{t("update.take")}</button>
    </div>
  );
}
