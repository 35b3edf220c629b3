// Who is holding the phone? Remembered, so that the app opens without a network.
import type { Session } from "../../../static/src/shared/shapes";
import { api, askAs, forgetAll, isSignedOut } from "./city";
import { Cell } from "./cell";
import { db, keepAnswer, keptAnswer } from "./db";

/** undefined: not known yet; null: nobody. */
export const session = new Cell<Session | null | undefined>(undefined);
/** The session ran out while somebody was at work: asked for again over the page. */
export const signedOut = new Cell<boolean>(false);

const KEPT = "session";

export async function findSession(): Promise<void> {
  const kept = await keptAnswer<Session | null>(KEPT).catch(() => null);
  if (kept?.body) welcome(kept.body);
  else if (!hasSignedIn()) return session.set(null);
  try {
    const found = await api.session();
    if (found) await arrive(found);
    else if (kept?.body) signedOut.set(true);
    else session.set(null);
  } catch {
    if (!kept?.body) session.set(null);
  }
}

/** The server leaves this word beside its secret cookie: without it nobody need be asked for. */
const hasSignedIn = (): boolean => document.cookie.includes("shaodao_here=");

export async function signIn(login: string, password: string): Promise<void> {
  const found = await api.signIn(login, password);
  const before = session.value?.person;
  if (before && before !== found.person) await forgetTraces();
  await arrive(found);
}

export async function signOut(): Promise<void> {
  await api.signOut().catch((error: unknown) => {
    if (!isSignedOut(error)) throw error;
  });
  await forgetTraces();
  signedOut.set(false);
  session.set(null);
}

/** The next person on this phone finds neither answers nor half-filled forms. */
async function forgetTraces(): Promise<void> {
  await forgetAll();
  await (await db()).clear("steps");
}

export const holds = (role: string): boolean =>
  session.value?.roles.some((grant) => grant.role === role) ?? false;

async function arrive(found: Session): Promise<void> {
  await keepAnswer(KEPT, { ...found, csrf: null });
  signedOut.set(false);
  welcome(found);
}

function welcome(found: Session): void {
  askAs(found.person);
  session.set(found);
}
