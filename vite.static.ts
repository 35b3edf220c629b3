// Builds the faces that Flask serves: console, reports and pages, hashed, with a manifest.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { defineConfig, type Plugin } from "vite";
import table from "./dispatch/blueprints/pages.json" with { type: "json" };
import { compressed } from "./vite.compressed.ts";

const { script, sprite, icon } = table.every_page;
/** By the name of its page, each script that is not every page's. */
const SCRIPTS = Object.fromEntries(
  Object.entries(table.pages).flatMap(([name, page]) => ("script" in page ? [[name, page.script]] : [])),
);

/** Files that the server itself puts into its pages; no script asks for them. */
function filesOfPages(): Plugin {
  return {
    name: "files-of-pages",
    buildStart() {
      for (const file of [sprite, icon]) {
        const source = readFileSync(file);
        this.emitFile({ type: "asset", name: basename(file), originalFileName: file, source });
      }
    },
  };
}

export default defineConfig({
  base: "/static/dist/",
  publicDir: false,
  plugins: [filesOfPages(), compressed()],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: "static/dist",
    emptyOutDir: true,
    manifest: "manifest.json",
    target: "es2022",
    assetsInlineLimit: 0, // a strict CSP and long caching want files, not data: addresses
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { page: script, ...SCRIPTS },
    },
  },
  worker: { format: "es" },
});
