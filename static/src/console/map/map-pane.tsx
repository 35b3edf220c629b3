// The middle of the console: the map, its controls, its legend and the note that borders are schematic.
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { State } from "../../shared/late";
import { Icon, Mark } from "../../shared/mark";
import type { Places } from "../../shared/shapes";
import { t } from "../../shared/words";
import type { Desk, View } from "../store/desk";
import { categoryIcon, categoryName } from "../words/names";
import { spokenRow } from "../words/spoken-row";
import { BoardMap } from "./board-map";
import { StackList, type Unfolded } from "./stack-list";

const LEGEND: readonly State[] = ["ok", "blue", "near", "yellow", "orange", "red", "paused"];

type Props = { desk: Desk; view: View; places: Places | null; open: (id: string) => void };

export function MapPane({ desk, view, places, open }: Props) {
  const holder = useRef<HTMLDivElement>(null);
  const { map, unfolded, fold } = useBoardMap(holder, desk);
  useEffect(() => {
    if (map && places) map.land(places);
  }, [map, places]);
  useEffect(() => map?.show(view.shown, (card) => desk.urgency(card).state), [map, view.shown]);
  useEffect(() => map?.choose(desk.card(view.chosen)), [map, view.chosen, view.live.board]);
  const openFolded = (id: string) => {
    fold();
    open(id);
  };
  return (
    <section class="mapc" id="map" aria-label={t("map.label")}>
      <a class="skip" href="#list">{t("map.skip")}</a>
      <div class="map" ref={holder} aria-label={t("map.keys")} role="application" />
      {unfolded !== null && <StackList desk={desk} unfolded={unfolded} open={openFolded} close={fold} />}
      <Controls map={map} />
      <Legend />
      {(places?.schematic ?? true) && <p class="mnote">{t("map.schematic")}</p>}
    </section>
  );
}

function useBoardMap(holder: { current: HTMLDivElement | null }, desk: Desk) {
  const [map, setMap] = useState<BoardMap | null>(null);
  const [unfolded, setUnfolded] = useState<Unfolded | null>(null);
  const fold = useCallback(() => setUnfolded(null), []);
  useEffect(() => {
    if (!holder.current) return;
    const labels = () => desk.view.live.board.labels;
    setMap(
      new BoardMap(holder.current, {
        state: (card) => desk.urgency(card).state,
        icon: (card) => categoryIcon(labels(), card.category),
        title: (card) => `${categoryName(labels(), card.category)} · ${spokenRow(card, desk.urgency(card), labels(), desk.now())}`,
        choose: (card) => desk.choose(card.id),
        unfold: (cards, at) => setUnfolded({ ids: cards.map(({ id }) => id), at }),
        moved: fold,
      }),
    );
  }, [desk]);
  return { map, unfolded, fold };
}

function Legend() {
  return (
    <ul class="legend" aria-label={t("map.legend")}>
      {LEGEND.map((state) => (
        <li key={state}>
          <Mark state={state} />
          {t(`state.${state}`)}
        </li>
      ))}
    </ul>
  );
}

const BUTTONS = ["in", "out", "home"] as const;
const ICONS = { in: "plus", out: "minus", home: "full" } as const;

/** One tab stop for all three; arrows move between them. */
function Controls({ map }: { map: BoardMap | null }) {
  const [at, setAt] = useState(0);
  const press = (name: (typeof BUTTONS)[number]) => {
    if (name === "home") map?.home();
    else map?.zoom(name === "in" ? 1 : -1);
  };
  const move = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const next = (at + by + BUTTONS.length) % BUTTONS.length;
    setAt(next);
    const bar = event.currentTarget as HTMLElement;
    bar.querySelectorAll("button")[next]?.focus();
  };
  return (
    <div class="mctl" role="toolbar" aria-label={t("map.tools")} aria-orientation="vertical" onKeyDown={move}>
      {BUTTONS.map((name, index) => (
        <button
          key={name}
          type="button"
          class="sq"
          tabIndex={index === at ? 0 : -1}
          aria-label={t(`map.${name}`)}
          title={t(`map.${name}`)}
          onClick={() => press(name)}
        >
          <Icon name={ICONS[name]} />
        </button>
      ))}
    </div>
  );
}
