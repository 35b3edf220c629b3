// A colleague acts while somebody fills in a step: who did what is said, and every word is kept.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { holdDraft } from "../../../static/src/console/drawer/draft";
import { Steps } from "../../../static/src/console/drawer/steps";
import { Api } from "../../../static/src/shared/api";
import type { AlertPage, StepOffer, TimelineEntry } from "../../../static/src/shared/shapes";
import { Line } from "../line";
import { all, button, fill, hide, one, press, show, texts } from "../screen";
import { field, offer } from "../shapes";
import { speakConsole } from "../speak";
import { NOW, settle, standStill } from "../time";
import { newDesk } from "./board";

const RETURN = offer("return", "main", field("reason", "text", { required: true, label: "理由" }));
let line: Line;
const api = new Api();

beforeEach(() => {
  document.body.innerHTML = '<div id="app"></div>';
  speakConsole();
  standStill();
  line = new Line();
  line.person = "street";
});
afterEach(() => {
  hide();
  holdDraft("A", null);
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const happened = (seq: number, sentence: string, more: Partial<TimelineEntry> = {}): TimelineEntry =>
  ({ seq, at: new Date(NOW).toISOString(), code: "x", role: "district_dispatcher", to: null, sentence, words: [], ...more }) as TimelineEntry;

const page = (version: number, timeline: TimelineEntry[], steps: StepOffer[] = [RETURN]): AlertPage =>
  ({ id: "A", version, steps, timeline, requests: [] }) as unknown as AlertPage;

const shown = async (detail: AlertPage): Promise<void> =>
  show(<Steps desk={newDesk().desk} detail={detail} api={api} now={NOW} onDone={async () => undefined} onLeft={() => undefined} />);

async function written(): Promise<void> {
  await shown(page(4, [happened(7, "上报")]));
  await press("申请退回");
  await fill(texts("label")[0]!, "属排水设施");
}

test("nothing is said while nothing happens", async () => {
  await written();
  expect(all(".news")).toEqual([]);
});

test("what a colleague did is said with office and role, and the words stay", async () => {
  await written();
  await shown(page(5, [happened(7, "上报"), happened(9, "福田区分拨员改派给水务局")]));
  expect(texts(".news li")).toEqual(["10:00 福田区分拨员改派给水务局"]);
  expect(one(".news").textContent).toContain("提交时按现在的情况办");
  expect(one<HTMLTextAreaElement>("#f-reason").value).toBe("属排水设施");
});

test("once it was read the step goes out for how the alert stands now", async () => {
  await written();
  await shown(page(5, [happened(9, "福田区分拨员改派给水务局")]));
  await press("看过了，接着填");
  expect(all(".news")).toEqual([]);
  await press(one("[type=submit]"));
  await settle();
  expect([...line.steps.values()]).toEqual([expect.objectContaining({ version: 5, reason: "属排水设施" })]);
});

test("what was not read is not sent as if it were: the server still hears the version that was seen", async () => {
  await written();
  await shown(page(5, [happened(9, "福田区分拨员改派给水务局")]));
  await press(one("[type=submit]"));
  expect([...line.steps.values()]).toEqual([expect.objectContaining({ version: 4 })]);
});

test("what moves nothing is told as that, and reminders of the clock are no news", async () => {
  await written();
  await shown(page(4, [happened(8, "到期提醒", { role: "system" }), happened(9, "水务局分拨员记录")]));
  expect(texts(".news li")).toHaveLength(1);
  expect(one(".news").textContent).toContain("不影响提交");
  await shown(page(4, [happened(8, "到期提醒", { role: "system" })]));
  expect(all(".news")).toEqual([]);
});

test("a step that is offered no more says so, and the words can be copied", async () => {
  const copied: string[] = [];
  vi.stubGlobal("navigator", { ...navigator, clipboard: { writeText: async (text: string) => void copied.push(text) } });
  await written();
  await shown(page(5, [happened(9, "福田区分拨员改派给水务局")], []));
  expect(one(".news").textContent).toContain("这一步现在不能办了");
  expect(one<HTMLButtonElement>("[type=submit]").disabled).toBe(true);
  await press("复制写好的内容");
  expect(copied.join()).toMatch(/\n属排水设施$/);
  expect(button("已复制")).toBeTruthy();
});

test("it says so, too, to whoever comes back to the form later", async () => {
  await written();
  hide();
  await shown(page(5, [happened(9, "福田区分拨员改派给水务局")], []));
  expect(one<HTMLTextAreaElement>("#f-reason").value).toBe("属排水设施");
});
