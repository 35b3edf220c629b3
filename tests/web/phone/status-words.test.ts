// What the reporter reads of a status that waits for somebody: until when, where there is a date.
import { beforeEach, expect, test } from "vitest";
import { statusWords } from "../../../mobile_pwa/src/parts/status-words";
import { serverClock } from "../../../mobile_pwa/src/core/server";
import type { CardPromise, Status } from "../../../static/src/shared/shapes";
import { promise } from "../shapes";
import { speakPhone } from "../speak";

beforeEach(() => speakPhone());

const said = (status: Status, ...promises: CardPromise[]): string => statusWords({ status, lead: null, promises });
const inHours = (hours: number): string => new Date(serverClock.now() + hours * 3_600_000).toISOString();
const verify = (hours: number): CardPromise => promise({ clock: "verify", due_at: inHours(hours) });

test("of a result that nobody has verified yet: that it waits, and until when", () => {
  expect(said("verifying", verify(48))).toMatch(/^等待核实，\d+ 月 \d+ 日 \d\d:\d\d 前$/);
});

test("without a date, or past it: only that it waits", () => {
  expect([said("verifying"), said("verifying", verify(-1)), said("suspended")]).toEqual(["待核实", "待核实", "挂账"]);
});
