// The times of a merge are said by the server's clock, whatever the machine's own says.
import { render } from "preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { MergedNote } from "../../../static/src/console/drawer/merged";
import type { Desk } from "../../../static/src/console/store/desk";
import type { AlertPage } from "../../../static/src/shared/shapes";
import { speakConsole } from "../speak";

const NOW = Date.parse("2026-11-23T15:55:00Z"); // 23:55 in the city
const place = document.createElement("div");

beforeEach(() => {
  speakConsole();
  vi.useFakeTimers({ now: NOW + 10 * 60_000 }); // ten minutes ahead: already the next day
});
afterEach(() => vi.useRealTimers());

const said = (detail: Partial<AlertPage>): string => {
  render(<MergedNote desk={{} as Desk} detail={{ followers: [], same_problem: null, merged: null, ...detail } as AlertPage} now={NOW} />, place);
  return place.textContent ?? "";
};

test("until when it can be undone", () => {
  const merged = { id: null, number: "1", status: "signed", undo_until: "2026-11-23T15:59:00Z" };
  const words = said({ merged: merged as unknown as NonNullable<AlertPage["merged"]> });
  expect(words).toContain("23:59");
  expect(words).not.toContain("11 月 23 日");
});

test("when those were reported that follow", () => {
  const follower = { id: "a", number: "2", short: "2", reported_at: "2026-11-23T02:00:00Z", merged_at: "" };
  const words = said({ followers: [follower] });
  expect(words).toContain("10:00");
  expect(words).not.toContain("11 月 23 日");
});
