// Who is signed in on this phone. Kept, so that the app opens without a network.
import type { OpenSession } from "../../../static/src/shared/shapes";
import { Cell } from "./cell";
import { db, forgetAnswers, keepAnswer, keptAnswer } from "./db";
import { api, setAsker, isSignedOut } from "./server";

/** undefined: not known yet; null: nobody. */
export const session = new Cell<OpenSession | null | undefined>(undefined);
/** The session ran out while somebody was at work: asked for again over the page. */
export const signedOut = new Cell<boolean>(false);

const KEPT = "session";

export async function findSession(): Promise<void> {
  const kept = await keptAnswer<OpenSession | null>(KEPT).catch(() => null);
  if (kept?.body) setSession(kept.body);
  else if (!hasSignedIn()) return session.set(null);
  try {
    const found = await api.session();
    if (found) await remember(found);
    else if (kept?.body) signedOut.set(true);
    else session.set(null);
  } catch {
    if (!kept?.body) session.set(null);
  }
}

/** The server sets this readable cookie beside its secret one; without it nobody is signed in. */
const hasSignedIn = (): boolean => document.cookie.includes("shaodao_here=");

export async function signIn(login: string, password: string): Promise<void> {
  const found = await api.signIn(login, password);
  const before = session.value?.person;
  if (before && before !== found.person) await forgetTraces();
  await remember(found);
}

export async function signOut(): Promise<void> {
  await api.signOut().catch((error: unknown) => {
    if (!isSignedOut(error)) throw error;
  });
  await forgetTraces();
  signedOut.set(false);
  session.set(null);
}

/** Deletes kept answers and drafts of steps: the next person on this phone must not see them. */
async function forgetTraces(): Promise<void> {
  await forgetAnswers();
  await (await db()).clear("steps");
}

export const hasRole = (role: string): boolean =>
  session.value?.roles.some((grant) => grant.role === role) ?? false;

async function remember(found: OpenSession): Promise<void> {
  await keepAnswer(KEPT, { ...found, csrf: null });
  signedOut.set(false);
  setSession(found);
}

function setSession(found: OpenSession): void {
  setAsker(found.person);
  session.set(found);
}
