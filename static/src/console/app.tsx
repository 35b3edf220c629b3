// The console as a whole: header, figures, list, map, drawer, and what lies over them.
import { useEffect, useReducer, useRef, useState } from "preact/hooks";
import type { Api } from "../shared/api";
import { roleName } from "../shared/city-words";
import { addressOf } from "../shared/pages";
import type { OpenSession } from "../shared/shapes";
import { t } from "../shared/words";
import { Announcer } from "./announcer";
import { KeysHelp, SignInAgain } from "./dialogs";
import { Drawer } from "./drawer/drawer";
import { BrokenBanner, Header } from "./header";
import { useKeys } from "./keyboard";
import { Kpis } from "./kpis";
import { ListPane } from "./list/list-pane";
import { MapPane } from "./map/map-pane";
import { useAskedLand } from "./map/places";
import type { Desk, View } from "./store/desk";
import { unitName } from "./words/names";

type Props = { desk: Desk; api: Api; session: OpenSession; onSignedIn: () => void };
type Pane = "list" | "map";

export function App({ desk, api, session, onSignedIn }: Props) {
  const view = useView(desk);
  const [active, setActive] = useState<string | null>(null);
  const [pane, setPane] = useState<Pane>("list");
  const [help, setHelp] = useState(false);
  const places = useAskedLand(api);
  const again = useSignIn(api);
  const close = () => {
    const chosen = view.chosen;
    desk.choose(null);
    if (chosen !== null) focusRow(chosen);
  };
  useKeys({
    search: () => document.getElementById("search")?.focus(),
    next: () => setActive(move(view, active, 1)),
    previous: () => setActive(move(view, active, -1)),
    open: () => active !== null && open(desk, active),
    close,
    assign: () => dispatchEvent(new Event("console:assign")),
    help: () => setHelp(true),
  });
  const home = session.roles[0];
  return (
    <div class={`con show-${pane}${view.chosen === null ? "" : " with-drawer"}`}>
      <a class="skip" href="#list">
        {t("skip")}
      </a>
      <Header
        desk={desk}
        view={view}
        unit={home ? unitName(view.live.board.labels, home.unit, session.units?.[home.unit]) : ""}
        role={home ? roleName(home.role) : ""}
        person={session.name}
        onKeys={() => setHelp(true)}
        onLeave={() => void leave(api)}
      />
      <main>
        <BrokenBanner view={view} />
        <Kpis desk={desk} view={view} />
        <PaneSwitch pane={pane} go={setPane} />
        <div class="cols">
          <ListPane desk={desk} view={view} active={active} setActive={setActive} />
          <MapPane desk={desk} view={view} places={places} />
          {view.chosen !== null && <Drawer desk={desk} view={view} api={api} onClose={close} />}
        </div>
      </main>
      <Announcer desk={desk} view={view} />
      <KeysHelp open={help} close={() => setHelp(false)} />
      <SignInAgain
        open={again.asked}
        api={api}
        onDone={(ok) => {
          again.answer(ok);
          if (ok) onSignedIn();
        }}
      />
    </div>
  );
}

async function leave(api: Api): Promise<void> {
  await api.signOut();
  sessionStorage.removeItem("login");
  location.assign(addressOf("login"));
}

function useView(desk: Desk): View {
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  useEffect(() => desk.subscribe(() => redraw(undefined)), [desk]);
  return desk.view;
}

/** A refused session asks here; the request waits and goes on once somebody has signed in. */
function useSignIn(api: Api) {
  const [asked, setAsked] = useState(false);
  const waiting = useRef<((ok: boolean) => void)[]>([]);
  useEffect(() => {
    api.onSignedOut(
      () =>
        new Promise<boolean>((answer) => {
          waiting.current.push(answer);
          setAsked(true);
        }),
    );
  }, [api]);
  const answer = (ok: boolean) => {
    setAsked(false);
    for (const go of waiting.current.splice(0)) go(ok);
  };
  return { asked, answer };
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

/** The row may be drawn only after the next frame: it is focused as soon as it stands there. */
function focusRow(id: string): void {
  requestAnimationFrame(() =>
    requestAnimationFrame(() =>
      document.querySelector<HTMLElement>(`.row[data-id="${CSS.escape(id)}"]`)?.focus(),
    ),
  );
}
