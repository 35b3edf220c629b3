// The reports that are kept on this phone: read once, changed here, saved at once, synchronised with other tabs.
import { newId } from "../../../static/src/shared/new-id";
import { Cell } from "../core/cell";
import { db, photoRow, withRoom } from "../core/db";
import type { OwnPhoto, PhotoRow, Report } from "../core/rows";
import { session } from "../core/session";
import { hasUnreadLosses, isEmpty, newReport } from "./report";

export type Saved = "saved" | "saving" | "failed";
type Patch = Partial<Report>;

/** With their photos: a server that was restored from a backup may have lost them. */
const KEEP_SENT_MS = 7 * 24 * 3600_000;
/** An empty form may be waiting for its first photo: the system ends pages while the camera is open. */
const KEEP_EMPTY_MS = 24 * 3600_000;

export const reports = new Cell<readonly Report[]>([]);
export const saved = new Cell<Saved>("saved");
/** Whether they were read: before that, one that is missing is only not known yet. */
export const reportsRead = new Cell<boolean>(false);

/** What is shown and not on disk yet, by report. It stands over whatever is read. */
const unkept = new Map<string, Patch>();
const others = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("shaodao-reports");
let person = "";

if (others) others.onmessage = () => void read();

/** The reports of this person, and of nobody else who used the phone. */
export async function openReports(who: string): Promise<void> {
  if (who !== person) reportsRead.set(false);
  person = who;
  await read();
  await sweep();
}

async function read(): Promise<void> {
  const who = person;
  const found = await (await db()).getAllFromIndex("reports", "person", who);
  if (who !== person) return;
  const rows = new Map(found.map((report) => [report.id, report]));
  for (const [id, patch] of unkept) {
    const report = over(rows.get(id), patch);
    if (report?.person === who) rows.set(id, report);
  }
  reports.set(sorted([...rows.values()]));
  reportsRead.set(true);
}

async function sweep(): Promise<void> {
  const now = Date.now();
  const old = reports.value.filter((report) => {
    const { state, delivered_at, changed_at } = report;
    if (state === "sent") return (delivered_at ?? changed_at) < now - KEEP_SENT_MS && !hasUnreadLosses(report);
    return state === "draft" && isEmpty(report) && changed_at < now - KEEP_EMPTY_MS;
  });
  for (const report of old) await discardReport(report.id);
}

export const reportById = (id: string): Report | null =>
  reports.value.find((report) => report.id === id) ?? null;

/** Whether what is shown of a report is on disk: nothing may be promised before. */
export const isKept = (id: string): boolean => !unkept.has(id);

/** A new draft; its id stays from here to the server. */
export async function beginReport(): Promise<Report> {
  const who = session.value?.person;
  if (who && who !== person) await openReports(who); // somebody else signed in this moment
  const report = newReport(newId(), person, Date.now());
  await change(report.id, report);
  return report;
}

/** Shows a change at once and saves it after. */
export async function changeReport(id: string, patch: Patch): Promise<void> {
  if (reportById(id)) await change(id, { ...patch, changed_at: Date.now() });
}

async function change(id: string, patch: Patch): Promise<void> {
  lay(id, patch);
  await inTurn(keepAll);
}

/** Changes a report as it stands on disk, whatever another tab made of it; null changes nothing.
 *  Shown once it is kept; on a full phone it is shown all the same, and kept when there is room. */
export async function settleReport(id: string, decide: (report: Report) => Patch | null): Promise<void> {
  await inTurn(async () => {
    await keepAll();
    await keepReport(id, decide).catch(() => {
      const report = reportById(id);
      const patch = report && decide(report);
      if (patch) lay(id, patch);
    });
  });
}

/** Keeps a photo and its place in the report, both or neither. Raises where the phone is full. */
export async function addPhoto(id: string, photo: OwnPhoto, bytes: ArrayBuffer): Promise<void> {
  const row = photoRow(id, photo.sha256, bytes);
  const isThere = ({ photos }: Report): boolean => photos.some(({ sha256 }) => sha256 === photo.sha256);
  const add = (report: Report): Patch | null =>
    isThere(report) ? null : { photos: [...report.photos, photo], changed_at: Date.now() };
  let failure: unknown = null;
  await inTurn(async () => {
    await keepAll();
    await keepReport(id, add, row).catch((error: unknown) => void (failure = error));
  });
  if (failure === null) return;
  saved.set("failed");
  throw failure;
}

export async function discardReport(id: string): Promise<void> {
  unkept.delete(id);
  hide(id);
  await inTurn(async () => {
    const transaction = (await db()).transaction(["reports", "photos"], "readwrite");
    await transaction.objectStore("reports").delete(id);
    const photos = transaction.objectStore("photos");
    for (const key of await photos.index("owner").getAllKeys(id)) await photos.delete(key);
    await transaction.done;
  });
}

let turn: Promise<void> = Promise.resolve();
let queued = 0;

/** One write after the other; ends when it is on disk, or has failed. */
function inTurn(write: () => Promise<void>): Promise<void> {
  queued += 1;
  saved.set("saving");
  turn = turn.then(write).catch(() => undefined).then(() => {
    queued -= 1;
    saved.set(queued > 0 ? "saving" : unkept.size > 0 ? "failed" : "saved");
    others?.postMessage("changed");
  });
  return turn;
}

async function keepAll(): Promise<void> {
  for (const [id, patch] of [...unkept]) {
    await keepReport(id, () => patch).then(
      () => void (unkept.get(id) === patch && unkept.delete(id)),
      () => undefined, // the phone is full: it stays laid over, and is tried again with the next change
    );
  }
}

const keepReport = (id: string, decide: (report: Report) => Patch | null, photo?: PhotoRow): Promise<void> =>
  withRoom(() => writeReport(id, decide, photo));

/** Reads, changes and writes a report in one transaction, and shows what stands there once that is complete. */
async function writeReport(id: string, decide: (report: Report) => Patch | null, photo?: PhotoRow): Promise<void> {
  const transaction = (await db()).transaction(["reports", "photos"], "readwrite", { durability: "strict" });
  const before = await transaction.objectStore("reports").get(id);
  const base = before ?? over(undefined, unkept.get(id) ?? {});
  const patch = base && decide(base);
  const after = base && patch ? { ...base, ...patch } : null;
  await Promise.all([
    after && photo && transaction.objectStore("photos").put(photo), // first: it is what a full phone has no room for
    after && transaction.objectStore("reports").put(after),
    transaction.done,
  ]);
  const stands = after ?? before;
  if (stands) show({ ...stands, ...unkept.get(id) });
  else hide(id); // another tab threw it away
}

/** Nothing where only a change is known, and not the report that it changes. */
function over(report: Report | undefined, patch: Patch): Report | null {
  if (report) return { ...report, ...patch };
  return "id" in patch ? (patch as Report) : null;
}

function lay(id: string, patch: Patch): void {
  unkept.set(id, { ...unkept.get(id), ...patch });
  const shown = over(reportById(id) ?? undefined, patch);
  if (shown) show(shown);
}

function show(report: Report): void {
  if (report.person === person) reports.set(sorted([...reports.value.filter(({ id }) => id !== report.id), report]));
}

const hide = (id: string): void => reports.set(reports.value.filter((report) => report.id !== id));

const sorted = (found: readonly Report[]): Report[] => [...found].sort((a, b) => b.made_at - a.made_at);
