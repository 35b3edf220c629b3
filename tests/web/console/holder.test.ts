// Row and drawer name whoever owes the next step.
import { beforeEach, expect, test } from "vitest";
import { holderLine, holderWords } from "../../../static/src/console/words/holder";
import type { Card } from "../../../static/src/shared/shapes";
import { labelPair, promise } from "../shapes";
import { speakConsole } from "../speak";
import { card, LABELS } from "./board";

beforeEach(() => speakConsole());

const VERIFY = promise({ clock: "verify", unit: "lianhua" });
const RULING = promise({ clock: "ruling" });

const FUTIAN = { ...LABELS, district: "futian", units: { ...LABELS.units, futian: labelPair("福田区") } };

test.each([
  ["reported, also with a unit that the rules propose", { status: "reported" }, "待莲花街道受理", "待莲花街道受理"],
  ["dispatched", { status: "dispatched" }, "交通局", "在办：交通局"],
  ["with its handler", { status: "signed", handler_name: "张伟" }, "交通局 · 张伟", "在办：交通局 · 张伟"],
  ["returned", { status: "returned", promises: [RULING] }, "福田区", "在办：福田区"],
  ["waiting for the street's look", { status: "verifying", handler_name: "张伟", promises: [VERIFY] }, "莲花街道", "在办：莲花街道"],
  ["waiting for the district's look", { status: "verifying", promises: [{ ...VERIFY, unit: null }] }, "福田区", "在办：福田区"],
  ["while a support's clock runs", { status: "dispatched", promises: [{ ...VERIFY, clock: "sign", support: "SWJ", unit: "SWJ" }] }, "交通局", "在办：交通局"],
  ["waiting for its reporter", { status: "resolved" }, "", ""],
  ["in nobody's hands", { status: "dispatched", lead: null }, "无人接手", "无人接手"],
] as [string, Partial<Card>, string, string][])("%s", (_how, over, words, line) => {
  const held = card("a", over);
  expect([holderWords(FUTIAN, held), holderLine(FUTIAN, held)]).toEqual([words, line]);
});
