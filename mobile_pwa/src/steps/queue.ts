// The queue of steps on this phone: filled when there is no network, sent in order, synchronised with other tabs.
import { isConflict, Problem } from "../../../static/src/shared/api";
import { stepName } from "../../../static/src/shared/city-words";
import type { AlertPage, StepOffer } from "../../../static/src/shared/shapes";
import { t } from "../../../static/src/shared/words";
import { announce } from "../core/announce";
import { type Occasion, nextTry } from "../core/backoff";
import { Cell } from "../core/cell";
import { db, dropPhotos, keptPhoto } from "../core/db";
import { inOneTab } from "../core/one-tab";
import type { QueuedStep, StepDraft } from "../core/rows";
import { api, PATHS, serverClock } from "../core/server";
import { session, signedOut } from "../core/session";
import { isForLater, troubleOf } from "../core/trouble";
import { dropDraft, keepDraft } from "./draft";
import { stepBody, ofAlert, ready } from "./queued";

export const queue = new Cell<readonly QueuedStep[]>([]);
/** Counts the steps that reached the server: who shows their alerts asks again. */
export const delivered = new Cell<number>(0);

const LOCK = "shaodao-steps";
const others = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(LOCK);
let timer: ReturnType<typeof setTimeout> | undefined;
let busy = false;

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
  void readQueue().then(go);
}

export type Delivery = "sent" | "kept";

/** Sends a step at once where that works, else keeps it for later. Raises what the server refuses. */
export async function takeStep(draft: StepDraft, offer: StepOffer, alert: AlertPage, title: string): Promise<Delivery> {
  const again = queue.value.find(({ client_id }) => client_id === draft.client_id) ?? null;
  const earlier = ofAlert(queue.value, alert.id).filter(({ made_at }) => again === null || made_at < again.made_at);
  const before = earlier.at(-1) ?? null;
  const step = { ...queuedFrom(draft, offer, alert, title, before), ...(again ? { made_at: again.made_at } : {}) };
  if (before === null) {
    try {
      await send(step);
      await forget(step);
      await dropDraft(draft);
      if (again) void flushSteps("now");
      return "sent";
    } catch (error) {
      if (!isForLater(error)) throw error;
    }
  }
  await keep(step);
  await dropDraft(draft, { keepPhotos: true });
  return "kept";
}

function queuedFrom(
  { client_id, step, values }: StepDraft,
  { fields }: StepOffer,
  alert: AlertPage,
  title: string,
  before: QueuedStep | null,
): QueuedStep {
  const photos = fields.filter(({ kind }) => kind === "photos").flatMap(({ name }) => values[name] ?? []);
  return {
    client_id, step, values, title,
    person: session.value?.person ?? "",
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

async function send(step: QueuedStep): Promise<void> {
  for (const sha256 of step.photos) {
    const bytes = await keptPhoto(step.client_id, sha256);
    if (bytes) await api.putBytes(PATHS.photo(step.alert, sha256), bytes, bytes.type);
  }
  await api.post(PATHS.steps(step.alert), stepBody(step));
}

export async function flushSteps(occasion: Occasion = "planned"): Promise<void> {
  if (busy || signedOut.value || !session.value) return;
  busy = true;
  try {
    await inOneTab(LOCK, () => sendAll(occasion));
  } finally {
    busy = false;
    plan();
  }
}

/** Sends what is due, in order; ends at the first that has to be tried again later. */
async function sendAll(occasion: Occasion): Promise<void> {
  for (;;) {
    const step = ready(queue.value, Date.now(), occasion)[0];
    if (!step) return;
    try {
      await send(step);
      await forget(step); // what follows it names it still: that is how the server knows the order
      await dropPhotos(step.client_id);
      delivered.set(delivered.value + 1);
      announce(t("step.done", { step: stepName(step.step) }));
    } catch (error) {
      await fail(step, error);
      if (isForLater(error) || signedOut.value) return;
    }
  }
}

async function fail(step: QueuedStep, error: unknown): Promise<void> {
  const trouble = troubleOf(error);
  if (trouble.kind === "signed_out") return signedOut.set(true);
  if (!isForLater(error)) {
    await keep({ ...step, state: "refused", trouble, next_try: null });
    if (isConflict(error)) delivered.set(delivered.value + 1); // the alert is another one now
    return announce(t("outbox.said_refused"));
  }
  const retryAfter = error instanceof Problem ? error.retryAfter : null;
  await keep({ ...step, tries: step.tries + 1, trouble, next_try: nextTry(step.tries, Date.now(), retryAfter) });
}

/** Puts a step back into its form, with words and photos. It stays queued, so those behind it wait. */
export async function reopen(step: QueuedStep, as = step.step): Promise<void> {
  const { alert, client_id } = step;
  const values = as === step.step ? step.values : asNote(step);
  await keepDraft({ key: `${alert}/${as}`, alert, step: as, client_id, values });
}

/** Words and photos of a step that cannot be taken any more, as the values of a note. */
function asNote({ values, photos }: QueuedStep): StepDraft["values"] {
  const words = Object.values(values).filter((value): value is string => typeof value === "string");
  return { note: words.join("\n"), ...(photos.length > 0 ? { photos } : {}) };
}

/** Deletes a step and its photos; the next one then follows the one before it. */
export async function discardStep(step: QueuedStep): Promise<void> {
  for (const next of queue.value.filter(({ after }) => after === step.client_id)) {
    await (await db()).put("queue", { ...next, after: step.after, version: step.version });
  }
  await forget(step);
  await dropPhotos(step.client_id);
}

async function forget(step: QueuedStep): Promise<void> {
  await (await db()).delete("queue", step.client_id);
  await readQueue();
  others?.postMessage("changed");
}

async function keep(step: QueuedStep): Promise<void> {
  await (await db()).put("queue", step);
  await readQueue();
  others?.postMessage("changed");
}

function plan(): void {
  clearTimeout(timer);
  const next = Math.min(...queue.value.flatMap(({ state, next_try }) => (state === "waiting" ? [next_try ?? Date.now() + 5_000] : [])));
  if (next !== Infinity) timer = setTimeout(() => void flushSteps(), Math.max(250, next - Date.now()));
}
