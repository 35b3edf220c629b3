// An alert that leaves what this person sees leaves no step and no bare error behind in the drawer.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Drawer } from "../../../static/src/console/drawer/drawer";
import { Api } from "../../../static/src/shared/api";
import { Line, refusal } from "../line";
import { all, hide, press, show, texts } from "../screen";
import { offer } from "../shapes";
import { speakConsole } from "../speak";
import { passes, standStill } from "../time";
import { card, newDesk } from "./board";

const LEFT = "已更正，现归南园街道，不在您的列表里了。";
const READ = {
  ...card("A"), photos: [], timeline: [], requests: [], suspension: null, told: null, helping: [], answers: [], followers: [], merged: null, decision: null,
  text: "路面塌了一个坑", steps: [offer("urge", "main")],
};
let line: Line;

beforeEach(() => {
  document.body.innerHTML = '<div id="app"></div>';
  speakConsole();
  standStill();
  line = new Line();
  line.person = "street";
  line.answers.set("/api/v1/alerts/A", READ);
});
afterEach(() => {
  hide();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function opened() {
  const left: string[] = [];
  const { desk, show: put } = newDesk("?alert=A");
  const draw = () => show(<Drawer desk={desk} view={desk.view} api={new Api()} onClose={() => undefined} onLeft={(words) => void left.push(words)} />);
  put(card("A"));
  await draw();
  await passes(50);
  /** Its card changes on the board, as the sockets say. */
  const changes = async () => {
    put(card("A", { version: 9 }));
    await draw();
    await passes(50);
  };
  return { left, changes };
}

test("one's own step: what was done and who has it now is handed on, and nothing is asked for again", async () => {
  const { left } = await opened();
  line.answer("POST", /steps/, { status: 201, body: { id: "A", number: "1", left: LEFT } });
  line.answer("GET", /alerts/, refusal(404, "not_found", "没有找到，或者不在您的查看范围内。"));
  await press("催办");
  expect([left, texts(".oops")]).toEqual([[LEFT], []]);
});

test("somebody else's: what was read stays, it is said that it went, and no step is offered", async () => {
  const { changes } = await opened();
  expect(all("[data-step]")).toHaveLength(1);
  line.answer("GET", /alerts/, refusal(404, "not_found", "没有找到，或者不在您的查看范围内。"));
  await changes();
  expect(texts(".oops")).toEqual(["这件已转到别处，不在您的列表里了。"]);
  expect([all("[data-step]").length, texts(".words")]).toEqual([0, ["路面塌了一个坑"]]);
});

test("what is opened is a sign of somebody, what is read again when others change it is none", async () => {
  const { changes } = await opened();
  expect([line.sent("GET").length, line.byItself]).toEqual([1, []]);
  await changes();
  expect([line.sent("GET").length, line.byItself]).toEqual([2, ["/api/v1/alerts/A"]]);
});

test.each([["closed", "已结案"], ["withdrawn", "已结已撤回"]])("what is %s is said to be over once", async (status, words) => {
  line.answers.set("/api/v1/alerts/A", { ...READ, status, steps: [] });
  await opened();
  expect(texts(".now")).toEqual([words]);
});
