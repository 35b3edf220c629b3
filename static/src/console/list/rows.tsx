// The virtual list: only the rows in view are in the page, and the focused one.
import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { t } from "../../shared/words";
import type { Desk, View } from "../store/desk";
import { scrollToShow, visibleRows } from "../store/order";
import { Row } from "./row";

type Props = { desk: Desk; view: View; active: string | null; setActive: (id: string) => void };
type Box = RefObject<HTMLDivElement | null>;

/** One row is 5.25 rem high, so that larger text makes larger rows. */
const ROW_REM = 5.25;
const rowHeight = () =>
  Math.round(ROW_REM * parseFloat(getComputedStyle(document.documentElement).fontSize));

export function Rows({ desk, view, active, setActive }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const { order } = view;
  const high = rowHeight();
  const at = active === null ? -1 : order.indexOf(active);
  const { top, height, measure } = useScroll(box);
  useKeepPlace(box, order, high);
  useShowChosen(box, view, high, setActive);
  const onScroll = () => {
    measure();
    desk.hold("scrolled", (box.current?.scrollTop ?? 0) > high);
  };
  const held = (reason: string, now: boolean) => () => desk.hold(reason, now);
  return (
    <div
      class="rows"
      id="list"
      ref={box}
      role="listbox"
      tabIndex={-1}
      aria-label={t("list.label", { n: order.length })}
      onScroll={onScroll}
      onPointerEnter={held("pointer", true)}
      onPointerLeave={held("pointer", false)}
      onFocusIn={held("focus", true)}
      onFocusOut={held("focus", false)}
    >
      <div class="rows-all" role="presentation" style={{ height: `${order.length * high}px` }}>
        <DrawnRows desk={desk} view={view} rows={visibleRows(order.length, high, top, height, at)} high={high} at={at} setActive={setActive} />
      </div>
    </div>
  );
}

type DrawnRowsProps = { desk: Desk; view: View; rows: readonly number[]; high: number; at: number; setActive: (id: string) => void };

function DrawnRows({ desk, view: { order, chosen }, rows, high, at, setActive }: DrawnRowsProps) {
  return (
    <>
      {rows.map((index) => {
        const id = order[index];
        const card = desk.card(id ?? null);
        if (id === undefined || card === undefined) return null;
        return (
          <Row
            key={id}
            desk={desk}
            card={card}
            index={index}
            count={order.length}
            top={index * high}
            chosen={id === chosen}
            active={index === Math.max(at, 0)}
            onPress={() => desk.choose(id)}
            onFocus={() => setActive(id)}
          />
        );
      })}
    </>
  );
}

/** How far the list is scrolled, and how high its window is. */
function useScroll(box: Box): { top: number; height: number; measure: () => void } {
  const [scroll, setScroll] = useState({ top: 0, height: 800 });
  const measure = () => {
    if (box.current) setScroll({ top: box.current.scrollTop, height: box.current.clientHeight });
  };
  useEffect(() => {
    if (!box.current) return;
    const watcher = new ResizeObserver(measure);
    watcher.observe(box.current);
    return () => watcher.disconnect();
  }, []);
  return { ...scroll, measure };
}

/** Whatever was chosen elsewhere, on the map for one, comes into view. */
function useShowChosen(box: Box, { chosen, order }: View, high: number, setActive: (id: string) => void): void {
  useEffect(() => {
    const element = box.current;
    const row = chosen === null ? -1 : order.indexOf(chosen);
    if (!element || row < 0) return;
    element.scrollTop = scrollToShow(row, high, element.scrollTop, element.clientHeight);
    setActive(order[row] ?? "");
  }, [chosen]);
}

/** When rows above leave, what lies under the pointer stays under it. */
function useKeepPlace(box: Box, order: readonly string[], high: number): void {
  const before = useRef<readonly string[]>([]);
  useLayoutEffect(() => {
    const element = box.current;
    const was = before.current;
    before.current = order;
    if (!element || was === order || element.scrollTop < high) return;
    const first = was[Math.floor(element.scrollTop / high)];
    const now = first === undefined ? -1 : order.indexOf(first);
    if (now >= 0) element.scrollTop += (now - was.indexOf(first ?? "")) * high;
  }, [order]);
}
