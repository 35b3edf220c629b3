// The account menu: who is signed in, and the languages in which the same view can be read.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AccountMenu } from "../../../static/src/console/header";
import { hide, one, show, texts } from "../screen";
import { speakConsole } from "../speak";
import { standStill } from "../time";

beforeEach(() => {
  document.body.innerHTML = '<div id="app"></div>';
  speakConsole();
  standStill();
});
afterEach(() => {
  hide();
  vi.useRealTimers();
});

const LANGUAGES = [
  { tongue: "zh", code: "zh_Hans_CN", name: "中文", isSpoken: true },
  { tongue: "en", code: "en", name: "English", isSpoken: false },
];

test("names whoever is signed in and offers the other languages by their own names", async () => {
  history.replaceState(null, "", "/console?status=signed");
  await show(<AccountMenu person="王芳" role="街道分拨员" languages={LANGUAGES} onLeave={() => undefined} />);
  expect(texts(".menu p > *")).toEqual(["王芳", "街道分拨员"]);
  expect(texts(".menu a")).toEqual(["超时", "密码和已登录的设备", "English"]);
  const english = one<HTMLAnchorElement>('.menu a[lang="en"]');
  history.replaceState(null, "", "/console?status=signed&alert=a");
  english.addEventListener("click", (event) => event.preventDefault());
  english.click();
  expect([english.pathname, english.search]).toEqual(["/language/en", `?next=${encodeURIComponent("/console?status=signed&alert=a")}`]);
});
