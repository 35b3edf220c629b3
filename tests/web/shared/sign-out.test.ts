// Whoever is signed in leaves by the button in the bar on top.
import { readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import everyPage from "../../../dispatch/blueprints/pages.json";
import { offerSignOut } from "../../../static/src/shared/sign-out";
import { Line } from "../line";
import { speakConsole } from "../speak";

let line: Line;
const left: string[] = [];

beforeEach(() => {
  document.body.innerHTML = "<button data-sign-out hidden>退出</button>";
  speakConsole();
  line = new Line();
  line.person = "boss";
  left.length = 0;
  vi.spyOn(location, "assign").mockImplementation((address) => void left.push(String(address)));
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const button = () => document.querySelector<HTMLButtonElement>("button")!;

test("it is offered where scripts run, ends the session and leads to the door", async () => {
  expect(button().hidden).toBe(true);
  offerSignOut();
  expect(button().hidden).toBe(false);
  button().click();
  await vi.waitFor(() => expect(left).toEqual(["/login"]));
  expect(line.sent("DELETE")).toEqual(["/api/v1/session"]);
});

test("without a network nobody is led away, and it may be pressed again", async () => {
  line.state = "down";
  offerSignOut();
  button().click();
  expect(button().disabled).toBe(true);
  await vi.waitFor(() => expect(button().disabled).toBe(false));
  expect(left).toEqual([]);
});

test("every page that shows the bar lets people out by it", () => {
  const rows = Object.values(everyPage.pages) as { template?: string; script?: string }[];
  const barred = rows.filter((row) => row.template && /\btop\(say/.test(readFileSync(`templates/${row.template}`, "utf8")));
  expect(barred.length).toBeGreaterThan(3);
  const shut = barred.filter((row) => !readFileSync(row.script ?? everyPage.every_page.script, "utf8").includes("offerSignOut()"));
  expect(shut.map((row) => row.template)).toEqual([]);
});
