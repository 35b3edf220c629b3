// A dispatcher takes a step in the drawer: few buttons, a form, one sending, and nothing typed is lost.
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { emptyDraft, holdDraft, heldDraft, sendStep } from "../../../static/src/console/drawer/draft";
import { Steps } from "../../../static/src/console/drawer/steps";
import { Api } from "../../../static/src/shared/api";
import type { AlertPage, StepOffer } from "../../../static/src/shared/shapes";
import { Line, refusal } from "../line";
import { all, button, control, fill, hide, one, press, show, texts } from "../screen";
import { speakConsole } from "../speak";
import { NOW, passes, settle, standStill } from "../time";
import { newDesk } from "./board";
import { field, offer } from "../shapes";

const REASON = field("reason", "text", { required: true });
let line: Line;
let api: Api;

beforeEach(() => {
  document.body.innerHTML = '<div id="app"></div>';
  speakConsole();
  standStill();
  line = new Line();
  line.person = "street";
  api = new Api();
});
afterEach(() => {
  hide();
  holdDraft("A", null);
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const detail = (steps: StepOffer[], version = 4, more: Partial<AlertPage> = {}): AlertPage =>
  ({ id: "A", version, steps, timeline: [], requests: [], ...more }) as unknown as AlertPage;

/** The steps of one alert, and how often it was read anew. */
async function showSteps(shown: AlertPage): Promise<{ reads: () => number; left: string[] }> {
  let reads = 0;
  const left: string[] = [];
  const { desk } = newDesk();
  await show(<Steps desk={desk} detail={shown} api={api} now={NOW} onDone={async () => void (reads += 1)} onLeft={(words) => void left.push(words)} />);
  return { reads: () => reads, left };
}

const sent = (): Record<string, unknown>[] => [...line.steps.values()];

describe("the buttons", () => {
  test("are one main, those beside it, and a menu for the rest, what ends the alert apart", async () => {
    await showSteps(detail([offer("accept", "main"), offer("whistle", "beside"), offer("note", "more"), offer("decline", "apart")]));
    expect([texts(".btn.main"), all("[data-step]").length]).toEqual([["受理派单"], 2]);
    await press(one("[aria-haspopup]"));
    expect(all("[role=menuitem]").map(({ dataset }) => dataset["step"])).toEqual(["note", "decline"]);
    expect(all(".apart [role=menuitem]").map(({ dataset }) => dataset["step"])).toEqual(["decline"]);
    expect(document.activeElement).toBe(one("[data-step=note]"));
  });

  test("of the menu are walked by arrows, left by Escape, and closed by a press elsewhere", async () => {
    await showSteps(detail([offer("note", "more"), offer("decline", "apart")]));
    const [menu] = all("[aria-haspopup]");
    const key = (name: string): boolean => document.activeElement!.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true }));
    await press(menu!);
    key("ArrowDown");
    expect(document.activeElement).toBe(one("[data-step=decline]"));
    key("ArrowDown");
    expect(document.activeElement).toBe(one("[data-step=note]"));
    key("ArrowUp");
    expect(document.activeElement).toBe(one("[data-step=decline]"));
    key("Escape");
    await passes(50);
    expect([all("[role=menu]").length, document.activeElement]).toEqual([0, menu]);
    await press(menu!);
    expect(key("Enter")).toBe(true); // not used up: it presses the button
    one("[role=menu]").dispatchEvent(new Event("pointerdown", { bubbles: true }));
    await passes(50);
    expect(all("[role=menu]")).toHaveLength(1);
    key("Tab");
    await passes(50);
    expect(all("[role=menu]")).toEqual([]);
    await press(menu!);
    document.body.dispatchEvent(new Event("pointerdown", { bubbles: true }));
    await passes(50);
    expect(all("[role=menu]")).toEqual([]);
  });

  test("are none where nothing is to be done, and that is said", async () => {
    await showSteps(detail([]));
    expect([all("button").length, texts("p")]).toEqual([0, ["这件现在不需要您办理。"]]);
  });

  test("of a step without questions take it at once", async () => {
    const { reads } = await showSteps(detail([offer("accept", "main")]));
    await press("受理派单");
    expect(sent()).toEqual([expect.objectContaining({ step: "accept", version: 4 })]);
    expect([reads(), button("受理派单").disabled]).toEqual([1, false]);
  });

  test("of a step by which the alert leaves what this person sees hand on its sentence, and nothing is read anew", async () => {
    const LEFT = "已更正，现归南园街道，不在您的列表里了。";
    line.answer("POST", /steps/, { status: 201, body: { id: "A", number: "1", left: LEFT } });
    const { reads, left } = await showSteps(detail([offer("accept", "main")]));
    await press("受理派单");
    expect([left, reads(), heldDraft("A")]).toEqual([[LEFT], 0, null]);
  });

  test("answer the key for assigning: assign first, else sign, else nothing", async () => {
    await showSteps(detail([offer("sign", "main", REASON), offer("assign", "beside", REASON)]));
    dispatchEvent(new Event("console:assign"));
    await passes(50);
    expect(texts("h3")).toEqual(["派人"]);
    await press("取消");
    hide();
    await showSteps(detail([offer("sign", "main", REASON)]));
    dispatchEvent(new Event("console:assign"));
    await passes(50);
    expect(texts("h3")).toEqual(["签收"]);
    await press("取消");
    hide();
    await showSteps(detail([offer("note", "main", REASON)]));
    dispatchEvent(new Event("console:assign"));
    await passes(50);
    expect(all("form")).toEqual([]);
    await showSteps(detail([offer("assign", "main", REASON)])); // offered meanwhile
    dispatchEvent(new Event("console:assign"));
    await passes(50);
    expect(texts("h3")).toEqual(["派人"]);
  });
});

describe("the form", () => {
  const RETURN = offer("return", "main", REASON, field("clause", "text"));
  const open = async (shown = detail([RETURN])): Promise<{ reads: () => number }> => {
    const steps = await showSteps(shown);
    await press("申请退回");
    return steps;
  };

  test("takes the place of the buttons, names its fields, and has the first one in focus", async () => {
    await open();
    expect(all(".foot button").map((each) => each.textContent)).toEqual(["申请退回", "取消"]);
    expect(texts("label")[1]).toMatch(/选填$/);
    expect(texts(".help")[0]).toContain("第 12 条");
    expect(all("[aria-describedby]")).toEqual([one("#f-clause")]);
    expect(document.activeElement).toBe(one("#f-reason"));
  });

  test("is sent once; then it is gone and the alert is read anew", async () => {
    const { reads } = await open();
    await fill(texts("label")[0]!, "属排水设施");
    await press(one("[type=submit]"));
    expect(sent()).toEqual([expect.objectContaining({ step: "return", version: 4, reason: "属排水设施" })]);
    expect(sent()[0]).not.toHaveProperty("clause");
    expect([reads(), all("form").length, heldDraft("A")]).toEqual([1, 0, null]);
  });

  test("with a field that was left empty says so at the field, in words of the city, and is not sent", async () => {
    await open();
    await fill(texts("label")[0]!, "  ");
    one("#f-clause").focus();
    await press(one("[type=submit]"));
    expect([texts("#f-reason-fault"), document.activeElement]).toEqual([["请填写这一项。"], one("#f-reason")]);
    expect([sent(), one<HTMLFormElement>("form").noValidate]).toEqual([[], true]);
    await fill(texts("label")[0]!, "属排水设施");
    expect(texts(".fault")).toEqual([]);
  });

  test("that the server refuses brings its sentence into view and to the focus, at its field where there is one", async () => {
    const seen: Element[] = [];
    vi.spyOn(Element.prototype, "scrollIntoView").mockImplementation(function (this: Element) { seen.push(this); });
    await open();
    await fill(texts("label")[0]!, "属排水设施");
    line.refuse("POST", /steps/, 422, "什么都没有更正。");
    await press(one("[type=submit]"));
    await passes(100);
    expect([document.activeElement, seen.at(-1)]).toEqual([one(".oops"), one(".oops")]);
    line.refuse("POST", /steps/, 422, "填错了。", { faults: [{ field: "reason", code: "too_short", detail: "请写清楚些" }] });
    await press(one("[type=submit]"));
    await passes(100);
    expect([document.activeElement, seen.at(-1)]).toEqual([one("#f-reason"), one("#f-reason").closest(".field")]);
  });

  test("cannot be pressed again while it is on its way", async () => {
    await open();
    await fill(texts("label")[0]!, "属排水设施");
    const release = line.hold();
    await press(one("[type=submit]"));
    expect([one<HTMLButtonElement>("[type=submit]").disabled, one("[type=submit]").textContent]).toEqual([true, "正在提交…"]);
    release();
    await settle();
    expect(sent()).toHaveLength(1);
  });

  test("that is refused says why, each fault at its field, and keeps every word", async () => {
    line.refuse("POST", /steps/, 422, "请补充", { faults: [{ field: "reason", code: "too_short", detail: "请写清楚些" }] });
    const { reads } = await open();
    await fill(texts("label")[0]!, "不是我们的");
    await press(one("[type=submit]"));
    expect([texts("[role=alert]"), texts("#f-reason-fault")]).toEqual([["请补充"], ["请写清楚些"]]);
    expect(all("[aria-invalid=true]")).toEqual([one("#f-reason")]);
    expect([one<HTMLTextAreaElement>("#f-reason").value, reads()]).toEqual(["不是我们的", 0]);
    line.relent();
    await press(one("[type=submit]"));
    expect([sent().length, all("[role=alert]").length]).toEqual([1, 0]);
  });

  test("that came too late reads the alert anew, and goes out for its new version at the next press", async () => {
    line.answer("POST", /steps/, refusal(409, "moved_on", "已改派"), 1);
    const { reads } = await open();
    await fill(texts("label")[0]!, "属排水设施");
    await press(one("[type=submit]"));
    expect([reads(), texts("[role=alert]")]).toEqual([1, ["已改派"]]);
    await showSteps(detail([RETURN], 7));
    await press(one("[type=submit]"));
    expect(sent()).toEqual([expect.objectContaining({ version: 7, reason: "属排水设施" })]);
  });

  test("asks what the server asks now, if that changed while it was open", async () => {
    await open();
    await showSteps(detail([offer("return", "main", REASON, field("proposed", "text"))]));
    expect(all("textarea").map(({ id }) => id)).toEqual(["f-reason", "f-proposed"]);
  });

  test("of a step that is not open any more stays readable and cannot be sent", async () => {
    await open();
    await fill(texts("label")[0]!, "写好了");
    await showSteps(detail([offer("note", "main")]));
    expect([one<HTMLTextAreaElement>("#f-reason").value, one<HTMLButtonElement>("[type=submit]").disabled]).toEqual(["写好了", true]);
  });

  test("is found again, half filled in, by whoever looks at another alert meanwhile; cancelled it is gone", async () => {
    await open();
    await fill(texts("label")[0]!, "写到一半");
    hide();
    await showSteps(detail([RETURN]));
    expect(one<HTMLTextAreaElement>("#f-reason").value).toBe("写到一半");
    await press("取消");
    expect([heldDraft("A"), texts(".btn.main")]).toEqual([null, ["申请退回"]]);
  });

  test("without an answer says that the server cannot be reached, and keeps everything", async () => {
    await open();
    await fill(texts("label")[0]!, "属排水设施");
    line.state = "mute";
    await press(one("[type=submit]"));
    expect(texts("[role=alert]")[0]).toMatch(/^服务器暂时连不上/);
    line.state = "up";
    await press(one("[type=submit]"));
    expect(sent()).toHaveLength(1); // by the id of the draft: the one whose answer was lost
  });
});

describe("a draft", () => {
  test("has what the server proposes filled in, and an id of its own", () => {
    const reassign = offer("reassign", "main", field("lead", "unit", { required: true, proposed: "SWJ" }), { ...REASON, proposed: null });
    const [one, other] = [emptyDraft(reassign, 4), emptyDraft(reassign, 4)];
    expect(one).toMatchObject({ step: "reassign", version: 4, values: { lead: "SWJ" } });
    expect(one.values).not.toHaveProperty("reason");
    expect(one.clientId).not.toBe(other.clientId);
  });

  test("names its photos by their digests in the step, and then their bytes follow", async () => {
    const files = ["abc", "abc", "d"].map((text) => new File([text], "x.jpg", { type: "image/png" }));
    const draft = emptyDraft(offer("note", "main"), 4);
    await sendStep(api, "A", { ...draft, values: { photos: files, empty: "", nothing: null, no: false } });
    const [abc] = ["ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"];
    expect(sent()).toEqual([{ step: "note", client_id: draft.clientId, version: 4, no: false, photos: [abc, abc, expect.stringMatching(/^[0-9a-f]{64}$/)] }]);
    expect(line.went.map(({ method }) => method)).toEqual(["GET", "POST", "PUT", "PUT"]);
    expect(line.photos.size).toBe(2);
  });
});

test("a label stands for its control", async () => {
  await showSteps(detail([offer("return", "main", REASON)]));
  await press("申请退回");
  expect(control(texts("label")[0]!)).toBe(one("#f-reason"));
});
