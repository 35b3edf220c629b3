// What is late, by the cases that the server's law is held to as well (tests/domain/law/test_late.py).
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { isLateNow } from "../../../static/src/shared/late";
import type { CardPromise } from "../../../static/src/shared/shapes";

type Case = { clock: string; state: string; due_at: string | null; flag: string | null; late: boolean };

const kept = JSON.parse(readFileSync("tests/data/late_cases.json", "utf-8")) as { now: string; cases: Case[] };

test.each(kept.cases)("$clock $state, due $due_at, $flag: late is $late", (known) => {
  expect(isLateNow(known as unknown as CardPromise, Date.parse(kept.now))).toBe(known.late);
});
