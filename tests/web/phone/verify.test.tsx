// What the phone lists to verify is what the server says that its reader may verify.
import { afterEach, expect, test } from "vitest";
import { card } from "../console/board";
import { hide, show, texts } from "../screen";
import { passes } from "../time";
import { newPhone, openApp, theLine } from "./phone";

newPhone();
afterEach(hide);

test("it comes with the tasks; what merely waits for somebody's look is not asked for", async () => {
  await openApp("grid");
  theLine().answers.set("/api/v1/tasks", { now: "2026-11-23T02:00:00Z", tasks: [card("t")], verify: [card("v", { category: "E0113", status: "verifying", street: "lianhua" })] });
  const { Verify } = await import("../../../mobile_pwa/src/screens/tasks");
  await show(<Verify />);
  await passes(100);
  expect(texts(".card b")).toHaveLength(1);
  expect(theLine().sent("GET").filter((path) => path.includes("verifying"))).toEqual([]);
});
