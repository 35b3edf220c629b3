// Who is signed in on this phone. Kept, so that the app opens without a network.
import { isSignedOut, OtherPerson } from "../../../static/src/shared/api";
import { addressOf } from "../../../static/src/shared/pages";
import type { OpenSession } from "../../../static/src/shared/shapes";
import { Cell } from "./cell";
import { forgetAnswers, keepAnswer, keptAnswer } from "./db";
import { api, setAsker } from "./server";

/** undefined: not known yet; null: nobody. */
export const session = new Cell<OpenSession | null | undefined>(undefined);
/** The session ran out while somebody was at work: nothing is sent until they sign in again. */
export const signedOut = new Cell<boolean>(false);
/** Why, where the server's 401 does not say it all: somebody else signed in. */
export const signedOutWhy = new Cell<string>("");
/** The person goes on without signing in: asked again only when they want it. */
export const putOff = new Cell<boolean>(false);

const KEPT = "session";
type Said = { person: string | null; name: string };
const others = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("shaodao-session");

if (others) others.onmessage = ({ data }: MessageEvent<Said>) => heedOtherTab(data);

export async function findSession(): Promise<void> {
  const kept = await keptAnswer<OpenSession | null>(KEPT).catch(() => null);
  if (kept?.body) setSession(kept.body);
  else if (!hasSignedIn()) return session.set(null);
  try {
    const found = await api.session();
    if (found) await remember(found);
    else if (kept?.body) loseSession();
    else session.set(null);
  } catch {
    if (!kept?.body) session.set(null);
  }
}

/** The server sets this readable cookie beside its secret one; without it nobody is signed in. */
const hasSignedIn = (): boolean => document.cookie.includes("shaodao_here=");

/** `code`: of the second factor, empty where none was typed. */
export async function signIn(login: string, password: string, code = ""): Promise<void> {
  const found = await api.signIn(login, password, code, true);
  const before = session.value?.person;
  if (before && before !== found.person) await forgetAnswers();
  await remember(found);
  tellOtherTabs({ person: found.person, name: found.name });
}

/** What waits and what is half filled in stays, for its person alone; the server's answers go. */
export async function signOut(): Promise<void> {
  await api.signOut().catch((error: unknown) => {
    if (!isSignedOut(error)) throw error;
  });
  await forgetAnswers();
  regainSession();
  session.set(null);
  tellOtherTabs({ person: null, name: "" });
}

/** `why`: in words, where somebody else signed in meanwhile. */
export function loseSession(why = ""): void {
  signedOutWhy.set(why);
  signedOut.set(true);
}

export function putOffSignIn(): void {
  putOff.set(true);
}

export const askToSignIn = (): void => putOff.set(false);

/** Where an error says that the session is over, it is. True where it did. */
export function heedSignedOut(error: unknown): boolean {
  if (!isSignedOut(error)) return false;
  loseSession(error instanceof OtherPerson ? error.detail : "");
  return true;
}

export const hasRole = (role: string): boolean =>
  session.value?.roles.some((grant) => grant.role === role) ?? false;

/** A unit's work reaches its handlers, and grid workers where they come first or help; the street's
 *  desk signs for its first responses. */
export const hasTasks = (): boolean => ["handler", "grid_worker", "street_dispatcher"].some(hasRole);

/** Whoever has yet to set up a second factor is led there: nothing else is answered. */
async function remember(found: OpenSession): Promise<void> {
  if (found.must_enrol) location.assign(addressOf("account"));
  await keepAnswer(KEPT, { ...found, csrf: null });
  setSession(found);
  regainSession();
}

function regainSession(): void {
  putOff.set(false);
  signedOutWhy.set("");
  signedOut.set(false);
}

function setSession(found: OpenSession): void {
  setAsker(found.person);
  api.workFor(found.person);
  session.set(found);
}

const tellOtherTabs = (said: Said): void => others?.postMessage(said);

/** All tabs share one session: where another person takes it, this tab asks and sends nothing more. */
function heedOtherTab({ person, name }: Said): void {
  const own = session.value?.person;
  if (!own) return;
  if (person === own) {
    api.workFor(own);
    return regainSession();
  }
  if (person === null) return loseSession();
  api.giveWayTo(name);
  loseSession(new OtherPerson(name).detail);
}
