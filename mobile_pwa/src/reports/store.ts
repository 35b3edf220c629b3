// The reports that are kept on this phone: read once, changed here, saved at once, synchronised with other tabs.
import { newId } from "../../../static/src/shared/new-id";
import { Cell } from "../core/cell";
import { db, dropPhotos, keepPhoto } from "../core/db";
import type { OwnPhoto, Report } from "../core/rows";
import { isEmpty, newReport } from "./report";

export type Saved = "saved" | "saving" | "failed";

const KEEP_SENT_MS = 3 * 24 * 3600_000;

export const reports = new Cell<readonly Report[]>([]);
export const saved = new Cell<Saved>("saved");

const others = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("shaodao-reports");
let person = "";

if (others) others.onmessage = () => void read();

/** The reports of this person, and of nobody else who used the phone. */
export async function openReports(who: string): Promise<void> {
  person = who;
  await read();
  await sweep();
}

async function read(): Promise<void> {
  const found = await (await db()).getAllFromIndex("reports", "person", person);
  reports.set(found.sort((a, b) => b.made_at - a.made_at));
}

async function sweep(): Promise<void> {
  const before = Date.now() - KEEP_SENT_MS;
  const old = reports.value.filter(
    (report) => (report.state === "sent" && report.changed_at < before) || (report.state === "draft" && isEmpty(report)),
  );
  for (const report of old) await discardReport(report.id);
}

export const reportById = (id: string): Report | null =>
  reports.value.find((report) => report.id === id) ?? null;

/** A new draft; its id stays from here to the server. */
export async function beginReport(): Promise<Report> {
  const report = newReport(newId(), person, Date.now());
  await putReport(report);
  return report;
}

/** Shows a change at once and saves it after. */
export async function changeReport(id: string, patch: Partial<Report>): Promise<void> {
  const report = reportById(id);
  if (report) await putReport({ ...report, ...patch, changed_at: Date.now() });
}

export async function putReport(report: Report): Promise<void> {
  const rest = reports.value.filter(({ id }) => id !== report.id);
  reports.set([...rest, report].sort((a, b) => b.made_at - a.made_at));
  await save(async () => void (await (await db()).put("reports", report)));
}

/** Raises where the phone is full; then the photo is not shown as kept. */
export async function addPhoto(id: string, photo: OwnPhoto, bytes: ArrayBuffer): Promise<void> {
  await save(() => keepPhoto(id, photo.sha256, bytes));
  if (saved.value === "failed") throw new Error("not kept");
  const report = reportById(id);
  if (!report || report.photos.some(({ sha256 }) => sha256 === photo.sha256)) return;
  await changeReport(id, { photos: [...report.photos, photo] });
}

export async function discardReport(id: string): Promise<void> {
  reports.set(reports.value.filter((report) => report.id !== id));
  // after the writes that wait: none of them brings it back
  await save(async () => {
    await (await db()).delete("reports", id);
    await dropPhotos(id);
  });
}

let turn: Promise<void> = Promise.resolve();

/** One write after the other, so that the last change is the one that stays. */
function save(write: () => Promise<void>): Promise<void> {
  saved.set("saving");
  turn = turn.then(write).then(
    () => {
      saved.set("saved");
      others?.postMessage("changed");
    },
    () => saved.set("failed"),
  );
  return turn;
}
