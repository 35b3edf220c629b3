// Runs the faces' tests in a small DOM, with a fake IndexedDB.
import { defineConfig } from "vitest/config";

export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  test: {
    include: ["tests/web/**/*.test.{ts,tsx}"],
    setupFiles: ["tests/web/zone.ts"],
    environment: "happy-dom",
    environmentOptions: { happyDOM: { url: "http://localhost/m/" } },
    restoreMocks: true,
  },
});
