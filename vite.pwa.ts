// Builds the phone's app under /m/: hashed assets, the icons in the page, the list of what to keep.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig, type Plugin } from "vite";
import table from "./dispatch/blueprints/pages.json" with { type: "json" };
import { compressed, filesBelow } from "./vite.compressed.ts";

const { app: ROOT, address: BASE } = table.pages.mobile;

/** The sprite stands in the page itself: icons are there with the first paint, and offline. */
function spriteInPage(): Plugin {
  return {
    name: "sprite-in-page",
    transformIndexHtml: (html) =>
      html.replace("<!--sprite-->", readFileSync(table.every_page.sprite, "utf8").trim()),
  };
}

/** The service worker learns the names of all files that were built; their digest is its version. */
function precacheList(): Plugin {
  return {
    name: "precache-list",
    enforce: "post",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        const worker = bundle["sw.js"];
        if (worker?.type !== "chunk") return;
        const built = Object.keys(bundle).filter((name) => name !== "sw.js");
        const urls = [...built, ...filesBelow(join(ROOT, "public"))].sort();
        const digest = createHash("sha256").update(urls.join()).update(pageOf(bundle)).update(worker.code);
        worker.code = worker.code
          .replace("__VERSION__", digest.digest("hex").slice(0, 12))
          .replace(/["'`]__PRECACHE__["'`]/, JSON.stringify(urls.map(addressOf)));
      },
    },
  };
}

/** The page is kept as the server fills it in, at its own address; the bare file never. */
export const addressOf = (file: string): string => (file === "index.html" ? BASE : BASE + file);

function pageOf(bundle: Parameters<Extract<Plugin["generateBundle"], Function>>[1]): string {
  const page = bundle["index.html"];
  return page?.type === "asset" ? String(page.source) : "";
}

export default defineConfig({
  root: ROOT,
  base: BASE,
  publicDir: "public",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  plugins: [spriteInPage(), precacheList(), compressed()],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0, // a strict CSP and long caching want files, not data: addresses
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { index: `${ROOT}/index.html`, sw: `${ROOT}/src/worker/sw.ts` },
      output: {
        // the worker's address stays, so that its new version is found
        entryFileNames: (chunk) => (chunk.name === "sw" ? "sw.js" : "assets/[name]-[hash].js"),
      },
    },
  },
});
