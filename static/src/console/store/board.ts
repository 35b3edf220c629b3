// The cards on the board: a pure reducer over the snapshot and its changes.
import { type BoardChange, type BoardSnapshot, type Card, CLOSED_STATUSES, type Labels } from "../../shared/shapes";

/** `seq` is the position up to which this console has heard everything. */
export type Board = {
  epoch: string;
  seq: number;
  cards: ReadonlyMap<string, Card>;
  heard: ReadonlyMap<string, number>;
  labels: Labels;
};

export const EMPTY: Board = {
  epoch: "",
  seq: -1,
  cards: new Map(),
  heard: new Map(),
  labels: { units: {}, categories: {} },
};

/** Whoever has one of these has left the board. */
const OVER = new Set(CLOSED_STATUSES);

export type Cursor = { epoch: string; seq: number };

/** "epoch.seq"; the epoch may itself hold dots, the sequence never does. */
export function parseCursor(text: string): Cursor {
  const dot = text.lastIndexOf(".");
  return { epoch: text.slice(0, Math.max(dot, 0)), seq: Number(text.slice(dot + 1)) };
}

export function cursorOf(board: Board): string {
  return board.epoch === "" ? String(board.seq) : `${board.epoch}.${board.seq}`;
}

export function fromSnapshot(snapshot: BoardSnapshot): Board {
  const { epoch, seq } = parseCursor(snapshot.cursor);
  const cards = new Map(snapshot.cards.map((card) => [card.id, card]));
  return { epoch, seq, cards, heard: new Map(), labels: snapshot.labels };
}

/** True where the change belongs to another life of the database: only a new snapshot helps. */
export function isForeign(board: Board, change: BoardChange): boolean {
  return parseCursor(change.cursor).epoch !== board.epoch;
}

/**
 * Apply changes in any order and any number of times: a card moves only forward.
 * Pushed changes leave `seq` alone unless they say how far they are complete, because
 * a filtered console cannot see from the numbers whether something between them was missed.
 */
export function applyChanges(board: Board, changes: readonly BoardChange[], upTo?: string): Board {
  const cards = new Map(board.cards);
  const heard = new Map(board.heard);
  let seq = board.seq;
  for (const change of changes) {
    const at = parseCursor(change.cursor);
    if (at.epoch !== board.epoch) continue;
    if (change.complete !== undefined) seq = Math.max(seq, completeTo(change.complete, board));
    applyOne(cards, heard, change, at.seq, board.seq);
  }
  if (upTo !== undefined) seq = Math.max(seq, completeTo(upTo, board));
  return { ...board, seq, cards, heard: forget(heard, seq) };
}

function completeTo(text: string, board: Board): number {
  const cursor = parseCursor(text);
  return cursor.epoch === board.epoch ? cursor.seq : board.seq;
}

function applyOne(
  cards: Map<string, Card>,
  heard: Map<string, number>,
  change: BoardChange,
  seq: number,
  complete: number,
): void {
  const id = change.card?.id ?? change.gone;
  if (id === undefined || seq <= (heard.get(id) ?? complete)) return;
  heard.set(id, seq);
  if (change.card && !OVER.has(change.card.status)) cards.set(id, change.card);
  else cards.delete(id);
}

/** What lies at or below the complete position can be told from it alone. */
function forget(heard: Map<string, number>, seq: number): Map<string, number> {
  for (const [id, at] of heard) if (at <= seq) heard.delete(id);
  return heard;
}
