// The address after #, which decides the screen; so the phone's own back button works.
import { Cell } from "./cell";

export type Route = { screen: string; id: string; step: string };

let hasMoved = false;

const read = (): Route => {
  const [screen = "", id = "", step = ""] = location.hash.replace(/^#\/?/, "").split("/");
  return { screen: screen || "home", id: decodeURIComponent(id), step };
};

export const route = new Cell<Route>(read());

addEventListener("hashchange", () => {
  hasMoved = true;
  route.set(read());
  scrollTo(0, 0);
});

export const to = (...parts: string[]): string => `#/${parts.map(encodeURIComponent).join("/")}`;

export function go(...parts: string[]): void {
  hasMoved = true;
  location.hash = to(...parts);
}

/** Where "back" must not lead to: a form that was sent. */
export function goInstead(...parts: string[]): void {
  history.replaceState(null, "", to(...parts));
  route.set(read());
  scrollTo(0, 0);
}

/** Back as the phone does it; from a page that was opened directly, to `otherwise`. */
export function goBack(...otherwise: string[]): void {
  if (hasMoved) history.back();
  else goInstead(...otherwise);
}
