// Builds the faces that Flask serves: console, reports and pages, hashed, with a manifest.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { defineConfig, type Plugin } from "vite";
import { compressed } from "./vite.compressed.ts";

/** Files that the server itself puts into its pages; no script asks for them. */
const NAMED_BY_PAGES = ["static/src/shared/icons.svg", "static/src/pages/app-icon.svg"];

function filesOfPages(): Plugin {
  return {
    name: "files-of-pages",
    buildStart() {
      for (const file of NAMED_BY_PAGES) {
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
      input: {
        console: "static/src/console/main.tsx",
        overdue: "static/src/reports/overdue.ts",
        login: "static/src/pages/login.ts",
        welcome: "static/src/pages/welcome.ts",
        page: "static/src/pages/page.ts",
      },
    },
  },
  worker: { format: "es" },
});
