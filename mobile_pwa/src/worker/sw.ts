// Keeps the app's own files, so that it opens without a network. Never touches the interface.
/// <reference lib="webworker" />
const worker = self as unknown as ServiceWorkerGlobalScope;

const BASE = import.meta.env.BASE_URL;
// by its address, at which the server fills in language, brand and zone; the file has none of them
const PAGE = BASE;
const SHELL = "shaodao-shell-__VERSION__";
// written in by the build
const FILES = "__PRECACHE__" as unknown as string[];

worker.addEventListener("install", (event) => {
  event.waitUntil(keepFiles());
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(dropOldShells().then(() => worker.clients.claim()));
});

worker.addEventListener("message", (event) => {
  if (event.data === "take over") void worker.skipWaiting();
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (!url.pathname.startsWith(BASE)) return;
  event.respondWith(answer(request));
});

/** Hashed files may come from the browser's cache; what keeps its name must not. */
async function keepFiles(): Promise<void> {
  const shell = await caches.open(SHELL);
  await shell.addAll(
    FILES.map((url) => new Request(url, { cache: url.includes("/assets/") ? "default" : "reload" })),
  );
}

async function dropOldShells(): Promise<void> {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith("shaodao-shell-") && name !== SHELL);
  await Promise.all(old.map((name) => caches.delete(name)));
}

async function answer(request: Request): Promise<Response> {
  const shell = await caches.open(SHELL);
  const wanted = request.mode === "navigate" ? PAGE : request;
  return (await shell.match(wanted, { ignoreVary: true })) ?? fetch(request);
}
