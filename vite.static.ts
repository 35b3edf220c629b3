// Builds the faces that Flask serves: console, reports and pages, hashed, with a manifest.
import { defineConfig } from "vite";

export default defineConfig({
  base: "/static/dist/",
  publicDir: false,
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
