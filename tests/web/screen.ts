// What is on the screen of a face, and the fingers that press it.
import { render, type VNode } from "preact";
import { passes } from "./time";

export const root = (): HTMLElement => document.getElementById("app") as HTMLElement;

export async function show(what: VNode): Promise<void> {
  render(what, root());
  await drawn();
}

/** The screen is drawn, and what hangs on it was started. */
export const drawn = (): Promise<void> => passes(50);

export const hide = (): void => render(null, root());

export const all = <E extends HTMLElement = HTMLElement>(selector: string): E[] => [...root().querySelectorAll<E>(selector)];

export function one<E extends HTMLElement = HTMLElement>(selector: string): E {
  const [found, ...more] = all<E>(selector);
  if (!found || more.length > 0) throw new Error(`${more.length + (found ? 1 : 0)} of ${selector} in ${root().innerHTML}`);
  return found;
}

export const texts = (selector: string): string[] => all(selector).map((element) => element.textContent ?? "");

/** The button or link with these words, or with this name. */
export function button(name: string): HTMLButtonElement {
  const found = all<HTMLButtonElement>("button,a").find((each) => each.textContent === name || each.getAttribute("aria-label") === name);
  if (!found) throw new Error(`no button "${name}" in ${root().innerHTML}`);
  return found;
}

export async function press(target: HTMLElement | string): Promise<void> {
  (typeof target === "string" ? button(target) : target).click();
  await drawn();
}

/** The control under a label. */
export function control<E extends HTMLElement = HTMLInputElement>(label: string): E {
  const found = all<HTMLLabelElement>("label").find((each) => each.textContent?.startsWith(label));
  const at = found?.htmlFor ? document.getElementById(found.htmlFor) : found?.querySelector("input");
  if (!at) throw new Error(`nothing to fill in under "${label}" in ${root().innerHTML}`);
  return at as unknown as E;
}

export async function fill(label: string, value: string): Promise<void> {
  const field = control<HTMLInputElement>(label);
  field.value = value;
  field.dispatchEvent(new Event(field.tagName === "SELECT" ? "change" : "input", { bubbles: true }));
  await drawn();
}

/** The camera gives these files. */
export async function shoot(input: HTMLInputElement, ...files: File[]): Promise<void> {
  Object.defineProperty(input, "files", { configurable: true, value: files });
  input.dispatchEvent(new Event("change", { bubbles: true }));
  await drawn();
}
