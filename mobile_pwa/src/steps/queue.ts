// The queue of steps on this phone: filled when there is no network, sent in order, synchronised with other tabs.
import { isConflict, Problem, Unreachable } from "../../../static/src/shared/api";
import type { AlertPage, PhotoKept, StepOffer, StepTaken } from "../../../static/src/shared/shapes";
import { t } from "../../../static/src/shared/words";
import { announce } from "../core/announce";
import { type Occasion, nextTry, soonest } from "../core/backoff";
import { Cell } from "../core/cell";
import { db, dropPhotos, keptPhoto, writeRow } from "../core/db";
import { inRounds } from "../core/rounds";
import type { QueuedStep, StepDraft } from "../core/rows";
import { answered, api, PATHS, serverClock } from "../core/server";
import { heedSignedOut, session, signedOut } from "../core/session";
import { isForLater, troubleOf } from "../core/trouble";
import { draftKey, dropDraft, keepDraft } from "./draft";
import { queuedName, stepBody, ofAlert, ready, wordsOf } from "./queued";

export const queue = new Cell<readonly QueuedStep[]>([]);
/** Counts the steps that reached the server: who shows their alerts asks again. */
export const delivered = new Cell<number>(0);

const LOCK = "shaodao-steps";
const others = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(LOCK);
let timer: ReturnType<typeof setTimeout> | undefined;

if (others) others.onmessage = () => void readQueue();

/** The steps of this person, and of nobody else who used the phone. */
export async function readQueue(): Promise<void> {
  const person = session.value?.person;
  const all = await (await db()).getAll("queue");
  queue.set(all.filter((one) => one.person === person).sort((a, b) => a.made_at - b.made_at));
  plan();
}

export function startQueue(): void {
  const go = (): void => void (signedOut.value || flushSteps());
  addEventListener("online", () => void flushSteps("online"));
  document.addEventListener("visibilitychange", () => document.hidden || go());
  session.listen(() => void readQueue().then(go));
  signedOut.listen(go);
  answered.listen(() => void flushSteps("online"));
  void readQueue().then(go);
}

/** The server's answer, or that the step waits on this phone. */
export type Delivery = StepTaken | "kept";

/** What is said of a step that is kept: what it waits for. */
export const keptKey = (): string => (signedOut.value ? "step.kept_signed_out" : "step.kept");

/** Steps that are being taken, by their client_id: a second press waits for the first. */
const underWay = new Map<string, Promise<Delivery>>();

/** Sends a step at once where that works, else keeps it for later. Raises what the server refuses. */
export function takeStep(draft: StepDraft, offer: StepOffer, alert: AlertPage, title: string): Promise<Delivery> {
  const taking = underWay.get(draft.client_id) ?? take(draft, offer, alert, title).finally(() => underWay.delete(draft.client_id));
  underWay.set(draft.client_id, taking);
  return taking;
}

async function take(draft: StepDraft, offer: StepOffer, alert: AlertPage, title: string): Promise<Delivery> {
  const again = queue.value.find(({ client_id }) => client_id === draft.client_id) ?? null;
  const earlier = ofAlert(queue.value, alert.id).filter(({ made_at }) => again === null || made_at < again.made_at);
  const before = earlier.at(-1) ?? null;
  const step = { ...queuedFrom(draft, offer, alert, title, before), ...(again ? { made_at: again.made_at } : {}) };
  const isTheirs = step.person === session.value?.person; // another person's session would sign it
  if (before === null && isTheirs) {
    try {
      const taken = await send(step);
      await forget(step);
      await dropDraft(draft);
      if (again) void flushSteps("now");
      return taken;
    } catch (error) {
      if (!isForLater(error)) throw error;
    }
  }
  await keepStep(step);
  await dropDraft(draft, { keepPhotos: true });
  return "kept";
}

function queuedFrom(
  { client_id, person, step, values }: StepDraft,
  { fields, label }: StepOffer,
  alert: AlertPage,
  title: string,
  before: QueuedStep | null,
): QueuedStep {
  const photos = fields.filter(({ kind }) => kind === "photos").flatMap(({ name }) => values[name] ?? []);
  return {
    client_id, person, step, label, values, title,
    alert: alert.id,
    version: alert.version,
    after: before?.client_id ?? null,
    photos: photos.filter((one): one is string => typeof one === "string"),
    made_at: Date.now(),
    // the server refuses times in the future, which a phone that is fast would give
    device_at: new Date(Date.now() + Math.min(0, serverClock.skew)).toISOString(),
    state: "waiting", tries: 0, next_try: null, trouble: null,
  };
}

/** Raises where the answer is none of the server's: only the alert's own JSON says that a step was taken. */
async function send(step: QueuedStep): Promise<StepTaken> {
  for (const sha256 of step.photos) {
    const bytes = await keptPhoto(step.client_id, sha256);
    const kept = bytes && (await api.putBytes<PhotoKept>(PATHS.photo(step.alert, sha256), bytes, bytes.type, step.person));
    if (kept && kept.sha256 !== sha256) throw new Unreachable("no receipt of ours");
  }
  const taken = await api.post<StepTaken>(PATHS.steps(step.alert), stepBody(step), step.person);
  if (!taken.id || !taken.number) throw new Unreachable("no receipt of ours");
  return taken;
}

export const flushSteps = inRounds({ lock: LOCK, sendAll, ended: plan });

/** Sends what is due, of each alert in order. A step that fails for itself holds up its own alert alone. */
async function sendAll(occasion: Occasion, tried: Set<string>): Promise<void> {
  for (;;) {
    const step = ready(queue.value, Date.now(), occasion).find(({ client_id }) => !tried.has(client_id));
    if (!step) return;
    tried.add(step.client_id);
    try {
      const { left } = await send(step);
      await forget(step); // what follows it names it still: that is how the server knows the order
      await dropPhotos(step.client_id);
      delivered.set(delivered.value + 1);
      announce(left ?? t("step.done", { step: queuedName(step) }));
    } catch (error) {
      await fail(step, error);
      // whatever is next would meet the same silence
      if (error instanceof Unreachable || signedOut.value) return;
    }
  }
}

async function fail(step: QueuedStep, error: unknown): Promise<void> {
  if (step.person !== session.value?.person) return; // somebody signed in here meanwhile: it waits for its person
  if (heedSignedOut(error)) return;
  const trouble = troubleOf(error);
  if (!isForLater(error)) {
    await keepStep({ ...step, state: "refused", trouble, next_try: null });
    if (isConflict(error)) delivered.set(delivered.value + 1); // the alert is another one now
    return announce(t("outbox.said_refused"));
  }
  const retryAfter = error instanceof Problem ? error.retryAfter : null;
  await keepStep({ ...step, tries: step.tries + 1, trouble, next_try: nextTry(step.tries, Date.now(), retryAfter) });
}

/** Puts a step back into its form, with words and photos. It stays queued, so those behind it wait. */
export async function reopen(step: QueuedStep, as = step.step): Promise<void> {
  const { alert, client_id, person } = step;
  const values = as === step.step ? step.values : asNote(step);
  await keepDraft({ key: draftKey(person, alert, as), person, alert, step: as, client_id, values });
}

/** Words and photos of a step that cannot be taken any more, as the values of a note. */
function asNote(step: QueuedStep): StepDraft["values"] {
  const { photos } = step;
  return { note: wordsOf(step), ...(photos.length > 0 ? { photos } : {}) };
}

/** Deletes a step and its photos; the next one then follows the one before it. */
export async function discardStep(step: QueuedStep): Promise<void> {
  for (const next of queue.value.filter(({ after }) => after === step.client_id)) {
    await writeRow("queue", (store) => store.put({ ...next, after: step.after, version: step.version }));
  }
  await forget(step);
  await dropPhotos(step.client_id);
}

async function forget(step: QueuedStep): Promise<void> {
  await (await db()).delete("queue", step.client_id);
  await readQueue();
  others?.postMessage("changed");
}

async function keepStep(step: QueuedStep): Promise<void> {
  await writeRow("queue", (store) => store.put(step));
  await readQueue();
  others?.postMessage("changed");
}

function plan(): void {
  clearTimeout(timer);
  const at = soonest(queue.value);
  if (at !== null) timer = setTimeout(() => void flushSteps(), Math.max(250, at - Date.now()));
}
