// Work that one tab at a time does.

/** Runs `work` in one tab, not at all in the others. Browsers without locks run it in each of them:
 * the server knows every report and step by its id. */
export async function inOneTab(name: string, work: () => Promise<void>): Promise<void> {
  const locks = navigator.locks as LockManager | undefined;
  if (!locks) return work();
  await locks.request(name, { ifAvailable: true }, async (lock) => {
    if (lock) await work();
  });
}
