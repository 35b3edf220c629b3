// What the phone keeps of the app to open it without a network.
import { expect, test, vi } from "vitest";
import { addressOf } from "../../../vite.pwa";

test("the page is kept as the server fills it in, never as the bare file", () => {
  expect(["assets/a-1.js", "index.html", "manifest.webmanifest"].map(addressOf)).toEqual([
    "/m/assets/a-1.js", "/m/", "/m/manifest.webmanifest",
  ]);
});

test("whoever opens an address of the app again gets that page", async () => {
  const heard = new Map<string, (event: object) => void>();
  const filled = new Response("filled in");
  const match = vi.fn(async (wanted: unknown) => (wanted === import.meta.env.BASE_URL ? filled : undefined));
  vi.stubGlobal("caches", { open: async () => ({ match }), keys: async () => [] });
  const listen = vi.spyOn(self, "addEventListener").mockImplementation(((name: string, hear: never) => heard.set(name, hear)) as never);
  await import("../../../mobile_pwa/src/worker/sw");
  listen.mockRestore();
  let answered: unknown;
  const request = { method: "GET", url: `${location.origin}${import.meta.env.BASE_URL}`, mode: "navigate" };
  heard.get("fetch")?.({ request, respondWith: (answer: unknown) => { answered = answer; } });
  expect(await answered).toBe(filled);
  vi.unstubAllGlobals();
});
