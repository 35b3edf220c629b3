// Why it went where it did: the word that raised it first, and no address of a rule in the text.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Why } from "../../../static/src/console/drawer/why";
import type { ConsideredRule, DecisionTrace } from "../../../static/src/shared/shapes";
import { all, hide, root, show, texts } from "../screen";
import { speakConsole } from "../speak";
import { NOW, standStill } from "../time";
import { LABELS } from "./board";

const RULE: ConsideredRule = {
  rule: "gas", label: "燃气", path: "rules[5]", file: "rules.yaml", line: 44, outcome: "matched", seen: null, wanted: null, sentence: "“燃气”符合",
};
const DECISION: DecisionTrace = {
  playbook_version: 3, automatic: true, lead: "JTJ", rule: RULE, sentence: "派给交通局", considered: [RULE], tags: ["life-safety"], notices: [], others: 0, life_word: "煤气味",
};

beforeEach(() => {
  document.body.innerHTML = '<div id="app"></div>';
  speakConsole();
  standStill();
});
afterEach(() => {
  hide();
  vi.useRealTimers();
});

const shown = (decision: DecisionTrace) => show(<Why detail={{ decision, held_because: null, lead: "JTJ" }} now={NOW} labels={LABELS} />);

test("the word that made it a danger to life stands before the reasons", async () => {
  await shown(DECISION);
  expect(texts(".because")).toEqual(["听到“煤气味”，按涉及人身安全办理", "派给交通局"]);
  await shown({ ...DECISION, life_word: null });
  expect(texts(".because")).toEqual(["派给交通局"]);
});

test("where a rule stands in the playbook is for its author, who points at it; ids are in no text", async () => {
  await shown(DECISION);
  expect(root().textContent).not.toMatch(/yaml|rules\[|life-safety/);
  expect(all(".trace li")[0]?.title).toBe("rules.yaml:44 › rules[5]");
});
