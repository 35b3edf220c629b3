// A refusal that a form should show when it opens: why it opened at all.
import { Cell } from "../../core/cell";

export const refusal = new Cell<{ alert: string; step: string; words: string } | null>(null);
