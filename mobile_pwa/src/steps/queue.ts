// The steps that lie in this phone: put in when there is no network, sent in order, told to other tabs.
import { isConflict, Problem } from "../../../static/src/shared/api";
import type { Detail, StepOffer } from "../../../static/src/shared/shapes";
import { t } from "../../../static/src/shared/words";
import { type Hurry, nextTry } from "../core/backoff";
import { Cell } from "../core/cell";
import { api, PATHS, serverClock } from "../core/city";
import { db, dropPhotos, keptPhoto } from "../core/db";
import { inOneTab } from "../core/one-tab";
import type { QueuedStep, StepDraft } from "../core/rows";
import { say } from "../core/say";
import { session, signedOut } from "../core/session";
import { isForLater, troubleOf } from "../core/trouble";
import { dropStep, keepStep } from "./draft";
import { bodyOf, ofAlert, ready } from "./queued";

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

export type Fate = "sent" | "kept";

/** At once where that works, else kept and sent later. Raises where the server refuses it now. */
export async function takeStep(draft: StepDraft, offer: StepOffer, alert: Detail, title: string): Promise<Fate> {
  const again = queue.value.find(({ client_id }) => client_id === draft.client_id) ?? null;
  const earlier = ofAlert(queue.value, alert.id).filter(({ made_at }) => again === null || made_at < again.made_at);
  const before = earlier.at(-1) ?? null;
  const step = { ...queuedFrom(draft, offer, alert, title, before), ...(again ? { made_at: again.made_at } : {}) };
  if (before === null) {
    try {
      await send(step);
      await forget(step);
      await dropStep(draft);
      if (again) void flushSteps("now");
      return "sent";
    } catch (error) {
      if (!isForLater(error)) throw error;
    }
  }
  await keep(step);
  await dropStep(draft, { keepPhotos: true });
  return "kept";
}

function queuedFrom(
  { client_id, step, values }: StepDraft,
  { fields }: StepOffer,
  alert: Detail,
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
    // a phone that is fast would tell of the future, which nobody believes
    device_at: new Date(Date.now() + Math.min(0, serverClock.skew)).toISOString(),
    state: "waiting", tries: 0, next_try: null, trouble: null,
  };
}

async function send(step: QueuedStep): Promise<void> {
  for (const sha256 of step.photos) {
    const bytes = await keptPhoto(step.client_id, sha256);
    if (bytes) await api.putBytes(PATHS.photo(step.alert, sha256), bytes, bytes.type);
  }
  await api.post(PATHS.steps(step.alert), bodyOf(step));
}

export async function flushSteps(hurry: Hurry = "planned"): Promise<void> {
  if (busy || signedOut.value || !session.value) return;
  busy = true;
  try {
    await inOneTab(LOCK, () => sendAll(hurry));
  } finally {
    busy = false;
    plan();
  }
}

/** In order, one after the other; the first silence ends the round. */
async function sendAll(hurry: Hurry): Promise<void> {
  for (;;) {
    const step = ready(queue.value, Date.now(), hurry)[0];
    if (!step) return;
    try {
      await send(step);
      await forget(step); // what follows it names it still: that is how the server knows the order
      await dropPhotos(step.client_id);
      delivered.set(delivered.value + 1);
      say(t("step.done", { step: t(`words.step.${step.step}`) }));
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
    return say(t("outbox.said_refused"));
  }
  const retryAfter = error instanceof Problem ? error.retryAfter : null;
  await keep({ ...step, tries: step.tries + 1, trouble, next_try: nextTry(step.tries, Date.now(), retryAfter) });
}

/** Back into its form, with every word and photo; until it is sent again those behind it wait. */
export async function reopen(step: QueuedStep, as = step.step): Promise<void> {
  const { alert, client_id } = step;
  const values = as === step.step ? step.values : asNote(step);
  await keepStep({ key: `${alert}/${as}`, alert, step: as, client_id, values });
}

/** Where the step is not to be had any more, what was written and photographed is still a note. */
function asNote({ values, photos }: QueuedStep): StepDraft["values"] {
  const words = Object.values(values).filter((value): value is string => typeof value === "string");
  return { note: words.join("\n"), ...(photos.length > 0 ? { photos } : {}) };
}

/** Deleted with its photos; what followed it follows what went before it. */
export async function drop(step: QueuedStep): Promise<void> {
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
