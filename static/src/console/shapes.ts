// The board's snapshot and its changes, as JSON.
import type { Card, Labels } from "../shared/shapes";

export type Snapshot = { cursor: string; now: string; cards: Card[]; labels: Labels };
export type Change = { cursor: string; card?: Card; gone?: string; complete?: string };
export type Changes = { cursor: string; now: string; changes: Change[] };
