// The phone's IndexedDB: reports, photos, drafts of steps, queued steps, and the server's last answers.
import { type DBSchema, type IDBPDatabase, type IDBPObjectStore, type IDBPTransaction, openDB, type StoreNames } from "idb";
import type { KeptAnswer, PhotoRow, QueuedStep, Report, StepDraft } from "./rows";

interface Schema extends DBSchema {
  reports: { key: string; value: Report; indexes: { person: string } };
  photos: { key: string; value: PhotoRow; indexes: { owner: string } };
  steps: { key: string; value: StepDraft };
  queue: { key: string; value: QueuedStep };
  answers: { key: string; value: KeptAnswer };
}

export type Db = IDBPDatabase<Schema>;

const VERSION = 3;
let opened: Promise<Db> | null = null;

export function db(): Promise<Db> {
  opened ??= openDB<Schema>("shaodao", VERSION, {
    async upgrade(made, before, _after, transaction) {
      if (before < 1) {
        made.createObjectStore("reports", { keyPath: "id" }).createIndex("person", "person");
        made.createObjectStore("photos", { keyPath: "key" }).createIndex("owner", "owner");
        made.createObjectStore("steps", { keyPath: "key" });
        made.createObjectStore("answers", { keyPath: "key" });
      }
      if (before < 2) made.createObjectStore("queue", { keyPath: "client_id" });
      if (before === 1 || before === 2) await nameDrafts(transaction);
    },
    // another tab has a newer app: close, or its upgrade waits for ever
    blocking: (_old, _new, event) => (event.target as IDBDatabase).close(),
    terminated: () => (opened = null),
  });
  return opened;
}

/** Drafts of steps had no person: they belong to whoever was signed in last. */
async function nameDrafts(transaction: IDBPTransaction<Schema, StoreNames<Schema>[], "versionchange">): Promise<void> {
  const kept = await transaction.objectStore("answers").get("session");
  const person = (kept?.body as { person?: string } | undefined)?.person ?? "";
  const steps = transaction.objectStore("steps");
  for (const draft of await steps.getAll()) {
    await steps.delete(draft.key);
    await steps.put({ ...draft, person, key: `${person} ${draft.key}` });
  }
}

/** Writes; where the phone is full, once more after the photos that were delivered have gone. */
export async function withRoom<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (await dropDelivered().catch(() => false)) return write();
    throw error;
  }
}

/** They stay only for a server that may lose them. False where there were none. */
async function dropDelivered(): Promise<boolean> {
  const transaction = (await db()).transaction(["reports", "photos"], "readwrite");
  const photos = transaction.objectStore("photos");
  let dropped = false;
  for (const { id, state } of await transaction.objectStore("reports").getAll()) {
    if (state !== "sent") continue;
    for (const key of await photos.index("owner").getAllKeys(id)) {
      await photos.delete(key);
      dropped = true;
    }
  }
  await transaction.done;
  return dropped;
}

type Writable<Name extends StoreNames<Schema>> = IDBPObjectStore<Schema, [Name], Name, "readwrite">;

/** Writes one row, and ends when the transaction is complete, on disk: before that it may still be lost. */
export async function writeRow<Name extends StoreNames<Schema>>(name: Name, write: (store: Writable<Name>) => Promise<unknown>): Promise<void> {
  await withRoom(async () => {
    const transaction = (await db()).transaction(name, "readwrite", { durability: "strict" });
    await Promise.all([write(transaction.store as unknown as Writable<Name>), transaction.done]);
  });
}

const keyOf = (owner: string, sha256: string): string => `${owner}/${sha256}`;

export const photoRow = (owner: string, sha256: string, bytes: ArrayBuffer): PhotoRow => ({ key: keyOf(owner, sha256), owner, bytes });

export async function keepPhoto(owner: string, sha256: string, bytes: ArrayBuffer): Promise<void> {
  await writeRow("photos", (store) => store.put(photoRow(owner, sha256, bytes)));
}

export async function keptPhoto(owner: string, sha256: string): Promise<Blob | null> {
  const row = await (await db()).get("photos", keyOf(owner, sha256));
  return row ? new Blob([row.bytes], { type: "image/jpeg" }) : null;
}

export async function dropPhotos(owner: string): Promise<void> {
  const transaction = (await db()).transaction("photos", "readwrite");
  for (const key of await transaction.store.index("owner").getAllKeys(owner)) await transaction.store.delete(key);
  await transaction.done;
}

/** Keeps the server's last answer to a question. Errors are ignored: it is only a copy. */
export async function keepAnswer(key: string, body: unknown): Promise<void> {
  await (await db()).put("answers", { key, at: Date.now(), body }).catch(() => undefined);
}

export async function keptAnswer<T>(key: string): Promise<{ at: number; body: T } | null> {
  const row = await (await db()).get("answers", key).catch(() => undefined);
  return row ? { at: row.at, body: row.body as T } : null;
}

export async function forgetAnswers(): Promise<void> {
  await (await db()).clear("answers");
}
