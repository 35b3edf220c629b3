// The console as a whole: header, figures, list, map, drawer, and what lies over them.
import { useEffect, useReducer, useState } from "preact/hooks";
import type { PageLanguage } from "../i18n/page-language";
import type { Api } from "../shared/api";
import { roleName } from "../shared/city-words";
import { Icon } from "../shared/mark";
import { addressOf } from "../shared/pages";
import { DECIDING_ROLES, type OpenSession } from "../shared/shapes";
import { t } from "../shared/words";
import { Announcer } from "./announcer";
import { KeysHelp } from "./dialogs";
import { Drawer } from "./drawer/drawer";
import { BrokenBanner, Header } from "./header";
import { Locked, useIdleLock } from "./idle-lock";
import { type Commands, useKeys } from "./keyboard";
import { Kpis } from "./kpis";
import { ListPane } from "./list/list-pane";
import { MapPane } from "./map/map-pane";
import { useAskedLand } from "./map/places";
import { SignInAgain, useSignIn } from "./sign-in-again";
import type { Desk, View } from "./store/desk";
import { type Elsewhere, useElsewhere } from "./store/elsewhere";
import { isAnother, takeOver } from "./take-over";
import { useAskedForms } from "./words/forms";
import { unitName } from "./words/names";

type Props = {
  desk: Desk;
  api: Api;
  session: OpenSession;
  languages: readonly PageLanguage[];
  /** Said on top: that another person has taken the page over. */
  said: string | null;
  onSignedIn: () => void;
};
type Pane = "list" | "map";

export function App({ desk, api, session, languages, said, onSignedIn }: Props) {
  const view = useView(desk);
  const [active, setActive] = useState<string | null>(null);
  const [pane, setPane] = useState<Pane>("list");
  const [help, setHelp] = useState(false);
  const places = useAskedLand(api);
  useAskedForms(api, view.chosen !== null);
  const elsewhere = useElsewhere(api, view);
  const { look, close, left, leave } = useDrawer(desk, view);
  const { locked, asks, setAsks, unlock } = useIdleLock(api, session.idle_s);
  useKeys(locked ? LOCKED : commands(view, active, setActive, { look, close, help: () => setHelp(true) }));
  return (
    <>
    {locked && <Locked desk={desk} view={view} person={session.name} onSignIn={() => setAsks(true)} />}
    <div hidden={locked} class={`con show-${pane}${view.chosen === null ? "" : " with-drawer"}`}>
      <a class="skip" href="#list">
        {t("skip")}
      </a>
      <Top desk={desk} view={view} session={session} languages={languages} api={api} onKeys={() => setHelp(true)} onFind={() => openFirst(view, elsewhere, look)} />
      <main>
        <ToRead said={said} />
        <ToRead key={left} said={left} />
        <BrokenBanner view={view} />
        <Kpis desk={desk} view={view} />
        <PaneSwitch pane={pane} go={setPane} />
        <div class="cols">
          <ListPane desk={desk} view={view} active={active} setActive={setActive} decides={decides(session)} elsewhere={elsewhere} open={look} />
          <MapPane desk={desk} view={view} places={places} open={look} />
          {view.chosen !== null && <Drawer desk={desk} view={view} api={api} onClose={close} onLeft={leave} />}
        </div>
      </main>
      <KeysHelp open={help && !locked} close={() => setHelp(false)} />
    </div>
    <Announcer desk={desk} view={view} />
    <AskAgain api={api} session={session} asks={asks} onClosed={() => setAsks(false)} onSignedIn={() => (unlock(), onSignedIn())} />
    </>
  );
}

const nothing = (): void => undefined;
/** A locked console hears no keys. */
const LOCKED: Commands = { search: nothing, next: nothing, previous: nothing, open: nothing, close: nothing, assign: nothing, help: nothing };

const DECIDING: ReadonlySet<string> = new Set(DECIDING_ROLES);

const decides = ({ roles }: OpenSession): boolean => roles.some(({ role }) => DECIDING.has(role));

/** Opens and closes the drawer; `left`: what to say of the alert that a step took out of sight. */
function useDrawer(desk: Desk, view: View) {
  const [left, setLeft] = useState<string | null>(null);
  const close = () => leaveDrawer(desk, view);
  const look = (id: string) => {
    setLeft(null);
    open(desk, id);
  };
  const leave = (sentence: string) => {
    close();
    setLeft(sentence);
  };
  return { look, close, left, leave };
}

type TopProps = { desk: Desk; view: View; session: OpenSession; languages: readonly PageLanguage[]; api: Api; onKeys: () => void; onFind: () => void };

function Top({ session, api, ...rest }: TopProps) {
  const [home] = session.roles;
  return (
    <Header
      unit={home ? unitName(rest.view.live.board.labels, home.unit, session.units?.[home.unit]) : ""}
      role={home ? roleName(home.role) : ""}
      person={session.name}
      onLeave={() => void endSession(api)}
      {...rest}
    />
  );
}

/** Stays until it is read: whose board this is, or where an alert went, must not be missed. */
function ToRead({ said }: { said: string | null }) {
  const [read, setRead] = useState(false);
  if (said === null || read) return null;
  return (
    <p class="banner taken" role="status">
      <Icon name="info" size="s" />
      <span>{said}</span>
      <button type="button" class="btn" onClick={() => setRead(true)}>
        {t("again.close")}
      </button>
    </p>
  );
}

type AgainProps = Pick<Props, "api" | "session" | "onSignedIn"> & { asks: boolean; onClosed: () => void };

/** What the person before had pressed never goes on as the deed of another. */
function AskAgain({ api, session, asks, onClosed, onSignedIn }: AgainProps) {
  const { asked, answer } = useSignIn(api);
  const done = (now: OpenSession | null) => {
    if (now !== null && isAnother(session, now)) takeOver(session, now);
    else if (now !== null) onSignedIn();
    else onClosed();
    answer(now !== null && !isAnother(session, now));
  };
  return <SignInAgain open={asked || asks} api={api} onDone={done} />;
}

type Doors = { look: (id: string) => void; close: () => void; help: () => void };

function commands(view: View, active: string | null, setActive: (id: string | null) => void, doors: Doors): Commands {
  return {
    search: () => document.getElementById("search")?.focus(),
    next: () => setActive(move(view, active, 1)),
    previous: () => setActive(move(view, active, -1)),
    open: () => active !== null && doors.look(active),
    close: doors.close,
    assign: () => dispatchEvent(new Event("console:assign")),
    help: doors.help,
  };
}

function leaveDrawer(desk: Desk, { chosen }: View): void {
  desk.choose(null);
  if (chosen !== null) focusRow(chosen);
}

function openFirst({ order }: View, elsewhere: Elsewhere, look: (id: string) => void): void {
  const id = order[0] ?? (elsewhere.state === "found" ? elsewhere.cards[0]?.id : undefined);
  if (id !== undefined) look(id);
}

async function endSession(api: Api): Promise<void> {
  await api.signOut();
  sessionStorage.removeItem("login");
  location.assign(addressOf("login"));
}

function useView(desk: Desk): View {
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  useEffect(() => {
    const stop = desk.subscribe(() => redraw(undefined));
    redraw(undefined); // what came after it was drawn, before anybody listened
    return stop;
  }, [desk]);
  return desk.view;
}

function PaneSwitch({ pane, go }: { pane: Pane; go: (pane: Pane) => void }) {
  return (
    <div class="panes" role="group" aria-label={t("panes.label")}>
      {(["list", "map"] as const).map((name) => (
        <button key={name} type="button" aria-pressed={pane === name} onClick={() => go(name)}>
          {t(`panes.${name}`)}
        </button>
      ))}
    </div>
  );
}

function move(view: View, active: string | null, by: number): string | null {
  if (view.order.length === 0) return null;
  const at = active === null ? -1 : view.order.indexOf(active);
  const next = Math.min(Math.max(at < 0 ? 0 : at + by, 0), view.order.length - 1);
  const id = view.order[next] ?? null;
  if (id !== null) focusRow(id);
  return id;
}

function open(desk: Desk, id: string): void {
  desk.choose(id);
  requestAnimationFrame(() => document.getElementById("drawer")?.focus());
}

/** The row may be drawn only after the next frame: it is focused as soon as it stands there, unless
 *  somebody went elsewhere meanwhile. */
function focusRow(id: string): void {
  const before = document.activeElement;
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      const now = document.activeElement;
      if (now !== before && now !== document.body) return;
      document.querySelector<HTMLElement>(`.row[data-id="${CSS.escape(id)}"]`)?.focus();
    }),
  );
}
