// The virtual list: only the rows in view are in the page, and the focused one.
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { t } from "../../shared/words";
import type { Desk, View } from "../store/desk";
import { scrollToShow, visibleRows } from "../store/order";
import { Row } from "./row";

type Props = { desk: Desk; view: View; active: string | null; setActive: (id: string) => void };

/** One row is 4.875 rem high, so that larger text makes larger rows. */
const ROW_REM = 4.875;
const rowHeight = () =>
  Math.round(ROW_REM * parseFloat(getComputedStyle(document.documentElement).fontSize));

export function Rows({ desk, view, active, setActive }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [scroll, setScroll] = useState({ top: 0, height: 800 });
  const { order } = view;
  const high = rowHeight();
  const at = active === null ? -1 : order.indexOf(active);

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => setScroll({ top: element.scrollTop, height: element.clientHeight });
    const watcher = new ResizeObserver(measure);
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);
  useKeepPlace(box, order, high);
  useEffect(() => {
    const element = box.current;
    const row = view.chosen === null ? -1 : order.indexOf(view.chosen);
    if (element && row >= 0) {
      element.scrollTop = scrollToShow(row, high, element.scrollTop, element.clientHeight);
      setActive(order[row] ?? "");
    }
  }, [view.chosen]);

  const onScroll = () => {
    const element = box.current;
    if (!element) return;
    setScroll({ top: element.scrollTop, height: element.clientHeight });
    desk.hold("scrolled", element.scrollTop > high);
  };
  const held = (reason: string, now: boolean) => () => desk.hold(reason, now);
  const drawn = visibleRows(order.length, high, scroll.top, scroll.height, at);
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
        {drawn.map((index) => {
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
              chosen={id === view.chosen}
              active={index === Math.max(at, 0)}
              onPress={() => desk.choose(id)}
              onFocus={() => setActive(id)}
            />
          );
        })}
      </div>
    </div>
  );
}

/** When rows above leave, what lies under the pointer stays under it. */
function useKeepPlace(
  box: { current: HTMLDivElement | null },
  order: readonly string[],
  high: number,
): void {
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
