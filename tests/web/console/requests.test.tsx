// What waits for a decision: its tab, its row, and the request beside the form that decides on it.
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { holdDraft } from "../../../static/src/console/drawer/draft";
import { RequestNotes } from "../../../static/src/console/drawer/request-note";
import { Steps } from "../../../static/src/console/drawer/steps";
import { ListPane } from "../../../static/src/console/list/list-pane";
import { Row } from "../../../static/src/console/list/row";
import { unitName } from "../../../static/src/console/words/names";
import { spokenRow } from "../../../static/src/console/words/spoken-row";
import { Api } from "../../../static/src/shared/api";
import type { AlertPage, HeldRole, OpenRequest } from "../../../static/src/shared/shapes";
import { hide, one, press, show, texts } from "../screen";
import { field, offer } from "../shapes";
import { speakConsole } from "../speak";
import { NOW, passes, standStill } from "../time";
import { card, LABELS, newDesk } from "./board";

const EXTEND: OpenRequest = {
  kind: "extend", decided_by: ["grant_extension", "refuse_extension"], unit: "JTJ", who: "交通局分拨员",
  asked_at: new Date(NOW - 3600_000).toISOString(), by: "2 work_days", until: null, from_at: "2026-11-24T10:00:00Z", to_at: "2026-11-26T10:00:00Z",
  sentence: "已申请延期 2 个工作日，等区里定", words: ["要等管材"],
};
const VOID: OpenRequest = {
  ...EXTEND, kind: "void", decided_by: ["confirm_void", "refuse_void"], who: "莲花街道分拨员",
  by: null, from_at: null, to_at: null, sentence: "已申请作废，等另一个人定", words: ["演练时误发的"],
};

class NoWatcher {
  observe(): void {}
  disconnect(): void {}
}

beforeEach(() => {
  document.body.innerHTML = '<div id="app"></div>';
  speakConsole();
  standStill();
  vi.stubGlobal("ResizeObserver", NoWatcher);
});
afterEach(() => {
  hide();
  holdDraft("A", null);
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const page = (more: Partial<AlertPage>): AlertPage =>
  ({ id: "A", version: 1, steps: [], timeline: [], requests: [], suspension: null, ...more }) as unknown as AlertPage;

const DISTRICT: HeldRole = { role: "district_dispatcher", unit: "district" };
const STREET: HeldRole = { role: "street_dispatcher", unit: "lianhua" };

async function tabs(decides: boolean, role = DISTRICT): Promise<string[]> {
  const { desk, show: put } = newDesk("", [role]);
  put(card("a", { asked: ["extend"] }), card("b", { asked: ["void", "extend"], status: "signed" }), card("c"));
  await passes(0);
  await show(
    <ListPane desk={desk} view={desk.view} active={null} setActive={() => undefined} decides={decides} elsewhere={{ state: "none" }} open={() => undefined} />,
  );
  return texts(".duty button");
}

describe("the tab of what waits", () => {
  test("stands right after all, with the number of alerts", async () => {
    expect((await tabs(false)).slice(0, 2)).toEqual(["全部3", "待审批2"]);
  });

  test("stands first for whoever decides", async () => {
    expect((await tabs(true)).slice(0, 2)).toEqual(["待审批2", "全部3"]);
  });

  test.each([
    ["the district decides on more time, on putting off and on what is void", DISTRICT, ["extend", "suspend", "void", "release"]],
    ["its street on what is void, and on the release of whom it called", STREET, ["void", "release"]],
    ["another street on nothing", { ...STREET, unit: "futian" }, []],
    ["the lead on the release of whom it called", { role: "department_dispatcher", unit: "JTJ" }, ["release"]],
    ["a unit that helps on nothing", { role: "department_dispatcher", unit: "SWJ" }, []],
  ] as [string, HeldRole, string[]][])("holds what its reader decides and nothing else: %s", async (_who, role, held) => {
    const { desk, show: put } = newDesk("?status=asked", [role]);
    put(card("extend", { asked: ["extend"] }), card("suspend", { asked: ["suspend"] }), card("void", { asked: ["void"] }), card("release", { asked: ["ask_release"] }));
    await passes(0);
    expect([desk.view.order.toSorted(), desk.view.counts.get("asked")]).toEqual([held.toSorted(), held.length]);
  });

  test("is not there for whoever decides on nothing", async () => {
    expect((await tabs(false, { role: "department_dispatcher", unit: "SWJ" })).join()).not.toContain("待审批");
  });

  test("leaves what waits, in any status, and is kept in the address", async () => {
    const { desk, show: put } = newDesk("", [DISTRICT]);
    put(card("a", { asked: ["extend"] }), card("b", { asked: ["void"], status: "signed" }), card("c"));
    await passes(0);
    desk.filter({ tab: "asked" });
    expect([[...desk.view.order].sort(), location.search]).toEqual([["a", "b"], "?status=asked"]);
    expect(desk.view.shown.map(({ id }) => id).sort()).toEqual(["a", "b"]); // on the map, too
    expect(desk.view.counts.get("all")).toBe(3);
  });
});

describe("a row", () => {
  const row = async (more: Parameters<typeof card>[1]): Promise<string> => {
    const { desk, show: put } = newDesk();
    const shown = card("a", more);
    put(shown);
    await passes(0);
    await show(<Row desk={desk} card={shown} index={0} count={1} top={0} chosen={false} active={false} onPress={() => undefined} onFocus={() => undefined} />);
    return `${one(".r1").textContent} ${one(".r3").textContent}`;
  };

  test("says which requests wait, and who holds the alert", async () => {
    const words = await row({ asked: ["extend"], handler_name: "张伟" });
    expect(words).toBe("道路破损延期待批 待签收 · 交通局 · 张伟a");
  });

  test("of several requests says how many, so that nothing is cut off", async () => {
    expect(await row({ asked: ["extend", "void"], handler_name: "张伟" })).toBe("道路破损2 项待批 待签收 · 交通局 · 张伟a");
  });

  test("of what nobody holds says so", async () => {
    expect(await row({ lead: null, status: "reported", street: null })).toContain("无人接手");
  });

  test("of what waits for its street says which", async () => {
    const words = await row({ lead: null, status: "reported", street: "street-lianhua" });
    expect(words).toContain(`待${unitName(LABELS, "street-lianhua")}受理`);
    expect(words).not.toContain("无人接手");
  });

  test("says the same aloud", () => {
    const { desk } = newDesk();
    const spoken = spokenRow(card("a", { asked: ["suspend"], handler_name: "张伟" }), desk.urgency(null), LABELS, NOW);
    expect(spoken).toContain("挂账待批");
    expect(spoken).toContain("交通局 · 张伟");
  });
});

describe("in the drawer", () => {
  test("each request says who asked, when and why; two may wait at once", async () => {
    await show(<RequestNotes detail={page({ requests: [VOID, EXTEND] })} now={NOW} />);
    expect(texts(".asked h3")).toEqual(["已申请作废，等另一个人定", "已申请延期 2 个工作日，等区里定"]);
    expect(texts(".asked p")).toEqual(["莲花街道分拨员提出，09:00", "演练时误发的", "批准后，处置时限由 11 月 24 日 18:00 改到 11 月 26 日 18:00", "交通局分拨员提出，09:00", "要等管材"]);
  });

  test.each([
    ["grant_extension", "批准后，处置时限由 11 月 24 日 18:00 改到 11 月 26 日 18:00交通局分拨员提出，09:00要等管材"],
    ["refuse_extension", "批准后，处置时限由 11 月 24 日 18:00 改到 11 月 26 日 18:00交通局分拨员提出，09:00要等管材"],
    ["confirm_void", "莲花街道分拨员提出，09:00演练时误发的"],
  ] as const)("the form of %s shows the request that it decides", async (step, why) => {
    const { desk } = newDesk();
    const detail = page({ requests: [VOID, EXTEND], steps: [offer(step, "main", field("reason", "text"))] });
    await show(<Steps desk={desk} detail={detail} api={new Api()} now={NOW} onDone={async () => undefined} onLeft={() => undefined} />);
    await press(one(`[data-step=${step}]`));
    expect(texts(".step-form .asked p").join("")).toBe(why);
    expect(texts(".step-form .asked")).toHaveLength(1);
  });
});
