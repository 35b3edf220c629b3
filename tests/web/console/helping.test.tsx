// Who comes beside the lead: also the unit that comes first, with its own clocks.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Helping } from "../../../static/src/console/drawer/helping";
import type { AlertPromise, HelpingUnit } from "../../../static/src/shared/shapes";
import { all, hide, show, texts } from "../screen";
import { promise } from "../shapes";
import { speakConsole } from "../speak";
import { NOW, standStill } from "../time";
import { LABELS } from "./board";

const unit = (name: string, mode: HelpingUnit["mode"]): HelpingUnit =>
  ({ unit: name, label: name, mode, state: "called", state_label: "待签收" }) as unknown as HelpingUnit;
const SIGN: AlertPromise = {
  ...promise({ clock: "sign", support: "福田街道", started_at: new Date(NOW).toISOString(), due_at: new Date(NOW + 600_000).toISOString() }),
  unit: "福田街道", stopped_at: null, outcome: null, card: null, basis: null, used_s: null, remaining_s: null,
};

const showHelping = (...helping: HelpingUnit[]): Promise<void> =>
  show(<Helping helping={helping} promises={[SIGN]} lifeSafety={false} now={NOW} labels={LABELS} />);

beforeEach(() => {
  document.body.innerHTML = '<div id="app"></div>';
  speakConsole();
  standStill();
});
afterEach(() => {
  hide();
  vi.useRealTimers();
});

test("the unit of the first response says so, how far it is, and shows its clocks", async () => {
  await showHelping(unit("福田街道", "first"));
  expect(texts(".helper p > *")).toEqual(["先期处置 · 福田街道", "待签收"]);
  expect(texts(".helper .ck > span:first-child")).toEqual(["签收"]);
  expect(all("h3")).toEqual([]); // nobody supports the lead
});

test("beside supports it stands in their list; who was told only is named below", async () => {
  await showHelping(unit("城管局", "required"), unit("福田街道", "first"), unit("水务局", "informed"));
  expect(texts("h3")).toEqual(["协办"]);
  expect(texts(".helper b")).toEqual(["城管局", "先期处置 · 福田街道"]);
  expect(texts("p.soft")).toEqual(["已知会：水务局"]);
});
