// Who signs in at the dialog: the same person goes on, another one takes the page over, told in a sentence.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { SignInAgain } from "../../../static/src/console/sign-in-again";
import { isAnother, takenOver, takeOver } from "../../../static/src/console/take-over";
import { Api } from "../../../static/src/shared/api";
import type { OpenSession } from "../../../static/src/shared/shapes";
import { Line, sessionOf } from "../line";
import { button, fill, hide, one, show, texts } from "../screen";
import { speakConsole } from "../speak";
import { settle, standStill } from "../time";

let line: Line;
const done: (OpenSession | null)[] = [];

beforeEach(async () => {
  document.body.innerHTML = '<div id="app"></div>';
  sessionStorage.clear();
  speakConsole();
  standStill();
  line = new Line();
  done.length = 0;
  await show(<SignInAgain open api={new Api()} onDone={(session) => done.push(session)} />);
});
afterEach(() => {
  hide();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function signsIn(login: string): Promise<void> {
  await fill("账号", login);
  await fill("密码", "secret");
  button("登录并继续").form?.dispatchEvent(new Event("submit", { cancelable: true, bubbles: true }));
  await settle();
}

test("whoever signs in is handed on, and the next time their account stands there", async () => {
  await signsIn("hua");
  expect(done.map((session) => session?.person)).toEqual(["hua"]);
  expect(sessionStorage.getItem("login")).toBe("hua");
});

test("a refusal is said and nobody is handed on", async () => {
  line.refuse("POST", /session/, 401, "账号或密码不对");
  await signsIn("hua");
  expect([done, texts("[role=alert]")]).toEqual([[], ["账号或密码不对"]]);
  expect(one("dialog")).toBeTruthy();
});

test("whoever has a second factor is asked for its code, not refused, and goes on with it", async () => {
  line.refuse("POST", /session/, 422, "请输入验证码", { code: "code_wanted" });
  await signsIn("hua");
  expect([done, texts("[role=alert]")]).toEqual([[], []]);
  await signsIn("hua");
  expect(texts("[role=alert]")).toEqual(["请输入验证码"]); // who types none is told what is missing
  line.relent();
  await fill("验证码", "123456");
  await signsIn("hua");
  expect(line.went.at(-1)?.body).toEqual({ login: "hua", password: "secret", code: "123456" });
  expect(done.map((session) => session?.person)).toEqual(["hua"]);
});

test("whoever must set one up first is led to the account, and the console does not go on", async () => {
  const went: string[] = [];
  vi.stubGlobal("location", { assign: (path: string) => went.push(path) });
  line.answer("POST", /session/, { status: 200, body: { ...sessionOf("hua"), must_enrol: true } });
  await signsIn("hua");
  expect([went, done]).toEqual([["/account"], []]);
});

test("another person is another by id, whatever the names are", () => {
  expect(isAnother({ person: "a", name: "王" }, { person: "b", name: "王" })).toBe(true);
  expect(isAnother({ person: "a", name: "王" }, { person: "a", name: "王芳" })).toBe(false);
});

test("the page begins anew without the view of the one before, and says once whose it is", () => {
  const went: string[] = [];
  vi.stubGlobal("location", { pathname: "/console", search: "?alert=a", assign: (path: string) => went.push(path) });
  takeOver({ person: "a", name: "王明" }, { person: "b", name: "李华" });
  expect(went).toEqual(["/console"]);
  expect(takenOver()).toMatch(/^现在是李华在用.*王明没提交的内容没有带过来/);
  expect(takenOver()).toBeNull();
});
