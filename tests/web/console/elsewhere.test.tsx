// The number of an alert that is over, typed into the search, finds it.
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ElsewhereList } from "../../../static/src/console/list/elsewhere-list";
import type { Desk } from "../../../static/src/console/store/desk";
import { numberIn, useElsewhere } from "../../../static/src/console/store/elsewhere";
import type { Api } from "../../../static/src/shared/api";
import { hide, press, one, show, texts } from "../screen";
import { speakConsole } from "../speak";
import { passes, standStill } from "../time";
import { card, LABELS, newDesk } from "./board";

const asked: string[] = [];
let answer: () => Promise<unknown>;
const api = { get: (path: string) => (asked.push(path), answer()) } as unknown as Pick<Api, "get">;
const opened: string[] = [];

function Found({ desk }: { desk: Desk }) {
  return <ElsewhereList found={useElsewhere(api, desk.view)} labels={LABELS} open={(id) => opened.push(id)} />;
}

beforeEach(() => {
  document.body.innerHTML = '<div id="app"></div>';
  speakConsole();
  standStill();
  asked.length = opened.length = 0;
  answer = async () => ({ now: "", alerts: [], next: null });
});
afterEach(() => {
  hide();
  vi.useRealTimers();
});

async function typed(q: string): Promise<void> {
  const { desk, show: put } = newDesk();
  put(card("1123-00001-A"));
  await passes(0);
  desk.filter({ q });
  await show(<Found desk={desk} />);
}

test.each([
  ["440304-20261123-00042-K", "440304-20261123-00042-K"],
  [" 1123-00042-k ", "1123-00042-K"],
  ["１１２３－０００４２－Ｋ", "1123-00042-K"],
  ["1123–00042", "1123-00042"],
  ["井盖", null], ["福田 井盖", null], ["42", null], ["ABCDE", null],
])("%s is the number %s", (written, number) => expect(numberIn(written)).toBe(number));

describe("where the board has nothing", () => {
  test("the server is asked once, after a pause", async () => {
    await typed("1123-00042-K");
    expect([asked, texts(".none")]).toEqual([[], ["正在从已结的事项里找…"]]);
    await passes(500);
    expect(asked).toEqual(["/api/v1/alerts?q=1123-00042-K&limit=20"]);
  });

  test("what was found says that it is over and how, and opens", async () => {
    answer = async () => ({ now: "", alerts: [card("x", { status: "closed" }), card("y", { status: "merged" })], next: null });
    await typed("1123-00042-K");
    await passes(500);
    expect(texts(".found > span:nth-child(2)").map((words) => words.split(" · ")[0])).toEqual(["已结", "已结"]);
    await press(one("[data-id=x]"));
    expect(opened).toEqual(["x"]);
  });

  test("no result says so, and that closed ones were looked through", async () => {
    await typed("1123-00042-K");
    await passes(500);
    expect(texts(".none")).toEqual(["没有编号含“1123-00042-K”的事项，已结的也找过了。"]);
  });

  test("a search that fails says so", async () => {
    answer = () => Promise.reject(new Error("no network"));
    await typed("1123-00042-K");
    await passes(500);
    expect(texts(".none")).toEqual(["暂时没能从已结的事项里找。"]);
  });

  test("what is no number is not asked for", async () => {
    await typed("没有这样的类别");
    await passes(500);
    expect(asked).toEqual([]);
  });
});

test("what the board has is not asked for again", async () => {
  await typed("1123-00001-A");
  await passes(500);
  expect(asked).toEqual([]);
});
