// A value with listeners, and the hook that redraws a component when it changes.
import { useEffect, useReducer } from "preact/hooks";

export class Cell<T> {
  #value: T;
  #listeners = new Set<() => void>();

  constructor(value: T) {
    this.#value = value;
  }

  get value(): T {
    return this.#value;
  }

  set(value: T): void {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    for (const listener of [...this.#listeners]) listener();
  }

  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

export function useCell<T>(cell: Cell<T>): T {
  const [, redraw] = useReducer((count: number, _: void) => count + 1, 0);
  const drawn = cell.value;
  useEffect(() => {
    const stop = cell.listen(() => redraw());
    if (!Object.is(cell.value, drawn)) redraw(); // set after it was drawn, before anybody listened
    return stop;
  }, [cell]);
  return drawn;
}
