// What is the value now, and who redraws when it changes?
import { useEffect, useReducer } from "preact/hooks";

export class Cell<T> {
  #value: T;
  #ears = new Set<() => void>();

  constructor(value: T) {
    this.#value = value;
  }

  get value(): T {
    return this.#value;
  }

  set(value: T): void {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    for (const ear of [...this.#ears]) ear();
  }

  listen(ear: () => void): () => void {
    this.#ears.add(ear);
    return () => this.#ears.delete(ear);
  }
}

export function useCell<T>(cell: Cell<T>): T {
  const [, redraw] = useReducer((count: number, _: void) => count + 1, 0);
  useEffect(() => cell.listen(() => redraw()), [cell]);
  return cell.value;
}
