// Installs the service worker, and takes a newer version of the app when the person agrees.
import { Cell } from "./cell";

export const newVersion = new Cell<boolean>(false);
let waiting: ServiceWorker | null = null;

/** Without a service worker the app works while it is open; with one, also without a network. */
export function installWorker(): void {
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  if (!workers || import.meta.env.DEV) return;
  let wasControlled = workers.controller !== null;
  workers.addEventListener("controllerchange", () => {
    if (wasControlled) location.reload();
    wasControlled = true;
  });
  workers
    .register(`${import.meta.env.BASE_URL}sw.js`, { scope: import.meta.env.BASE_URL })
    .then(watch)
    .catch(() => undefined);
}

export const takeNewVersion = (): void => waiting?.postMessage("take over");

function watch(registration: ServiceWorkerRegistration): void {
  const look = (): void => {
    if (!registration.waiting || !navigator.serviceWorker.controller) return;
    waiting = registration.waiting;
    newVersion.set(true);
  };
  look();
  registration.addEventListener("updatefound", () =>
    registration.installing?.addEventListener("statechange", look),
  );
}
