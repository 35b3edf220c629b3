// The refusal that a step's form shows when it opens because of it.
import { Cell } from "../../core/cell";

export const refusal = new Cell<{ alert: string; step: string; words: string } | null>(null);
