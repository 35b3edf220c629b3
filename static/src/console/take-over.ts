// Another person signed in on this page: it begins anew as theirs, and says so.
import type { OpenSession } from "../shared/shapes";
import { t } from "../shared/words";

const KEPT = "console.taken_over";

type Who = Pick<OpenSession, "person" | "name">;

export const isAnother = (before: Who, now: Who): boolean => before.person !== now.person;

/** Loads the page anew, without the address of the one before: view, drafts and board were theirs. */
export function takeOver(before: Who, now: Who): void {
  sessionStorage.setItem(KEPT, t("again.taken", { before: before.name, now: now.name }));
  location.assign(location.pathname);
}

/** What is to be said of it, once; null on an ordinary visit. */
export function takenOver(): string | null {
  const said = sessionStorage.getItem(KEPT);
  sessionStorage.removeItem(KEPT);
  return said;
}
