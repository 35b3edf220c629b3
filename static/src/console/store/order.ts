// The order of rows, which of them are drawn, and when the order may change.

/**
 * While somebody points at, focuses or has scrolled the list (`held`), rows keep their places:
 * what left goes, what came waits behind the 「新 n 条」 pill. Otherwise the wanted order stands.
 */
export function settleOrder(
  shown: readonly string[],
  wanted: readonly string[],
  held: boolean,
): { order: readonly string[]; waiting: readonly string[] } {
  if (!held || shown.length === 0) return { order: wanted, waiting: [] };
  const want = new Set(wanted);
  const order = shown.filter((id) => want.has(id));
  const have = new Set(order);
  const waiting = wanted.filter((id) => !have.has(id));
  return { order, waiting };
}

/** The rows to draw: those in view, a few around them, and the one that holds the focus. */
export function visibleRows(
  count: number,
  rowHeight: number,
  top: number,
  height: number,
  focused: number,
): number[] {
  const around = 6;
  const first = Math.max(0, Math.floor(top / rowHeight) - around);
  const last = Math.min(count - 1, Math.ceil((top + height) / rowHeight) + around);
  const rows: number[] = [];
  if (focused >= 0 && focused < first) rows.push(focused);
  for (let row = first; row <= last; row += 1) rows.push(row);
  if (focused > last && focused < count) rows.push(focused);
  return rows;
}

/** The scroll position that shows a row, moving only when it is out of view. */
export function scrollToShow(row: number, rowHeight: number, top: number, height: number): number {
  const start = row * rowHeight;
  if (start < top) return start;
  if (start + rowHeight > top + height) return start + rowHeight - height;
  return top;
}
