// An alert takes the shape of its worst clock.
import { expect, test } from "vitest";
import { timeWords } from "../../../static/src/console/words/times";
import { boundsWords } from "../../../static/src/shared/field-words";
import { shareOf } from "../../../static/src/shared/progress";
import { pausedShort, pausedWords } from "../../../static/src/shared/promise-words";
import type { CardPromise, Clock, LimitAmount } from "../../../static/src/shared/shapes";
import { leftSpoken } from "../../../static/src/shared/time";
import { isAwaited, byUrgency, speakingTo, urgencyOf, type WithPromises } from "../../../static/src/shared/urgency";
import { speakCity, speakConsole } from "../speak";
import { field, promise as clockOf } from "../shapes";

const START = Date.parse("2026-11-23T00:00:00Z");
const at = (minutes: number): number => START + minutes * 60_000;
const promise = (clock: Clock, minutes: number): CardPromise =>
  clockOf({ clock, started_at: new Date(START).toISOString(), due_at: new Date(at(minutes)).toISOString() });
const HOURLY: LimitAmount = { value: 8, unit: "hours" };
const alert = (...promises: CardPromise[]): WithPromises => ({
  status: "signed", life_safety: false, whistle: null, card: null, promises,
});

test.each([
  [49, "ok"],
  [50, "blue"],
  [79, "blue"],
  [80, "near"],
  [99, "near"],
  [100, "yellow"],
])("after %d of 100 minutes it is %s", (minutes, state) => {
  expect(urgencyOf(alert(promise("dispose", 100)), at(minutes)).state).toBe(state);
});

test("what was asked in time and is not decided is not late, and says what it waits for", () => {
  speakConsole();
  const pending = { ...promise("dispose", 100), flag: "pending" };
  const urgency = urgencyOf(alert(pending), at(101));
  expect(urgency.state).toBe("near");
  expect(isAwaited(urgency)).toBe(true);
  expect(timeWords(urgency, "signed")).toBe("待区级审批");
  expect(isAwaited(urgencyOf(alert(pending), at(99)))).toBe(false);
});

test("whoever has not rated is not late: the report does not count it either", () => {
  expect(urgencyOf(alert(promise("rate", 100)), at(101)).state).toBe("near");
});

test.each(["returned", "suspended"] as const)("late before it stood, it stays late without a card: %s", (status) => {
  const stands: CardPromise = { ...promise("dispose", 100), state: "paused" };
  expect(urgencyOf({ ...alert(stands), status }, at(101)).state).toBe("yellow");
  expect(urgencyOf({ ...alert(stands), status }, at(100)).state).toBe("yellow");
  expect(urgencyOf({ ...alert({ ...stands, due_at: null }), status }, at(101)).state).not.toBe("yellow");
});

test("a field says between which values it takes an answer", () => {
  speakCity("zh");
  const amount = { least: 1, most: 5, unit: "work_days" } as const;
  expect(boundsWords(field("by", "number", amount))).toBe("1 到 5 个工作日");
  expect(boundsWords(field("by", "date", { least: "2026-11-24", most: "2027-11-23" }))).toBe("最晚 2027-11-23");
  expect(boundsWords(field("by", "number"))).toBe("");
});

test("the clock that burns most speaks for the alert", () => {
  const urgency = urgencyOf(alert(promise("arrive", 30), promise("dispose", 600)), at(31));
  expect(urgency.promise?.clock).toBe("arrive");
  expect(urgency.state).toBe("yellow");
});

test("a card that the server gave is never made smaller", () => {
  const held = { ...alert(promise("dispose", 100)), card: "orange" as const };
  expect(urgencyOf(held, at(10)).state).toBe("orange");
});

test("danger to life is red the moment it is late", () => {
  const danger = { ...alert(promise("arrive", 30)), life_safety: true };
  expect(urgencyOf(danger, at(30)).state).toBe("red");
});

test("a clock without a due time has used nothing", () => {
  expect(shareOf({ ...promise("dispose", 100), due_at: null }, at(500))).toBe(0);
});

test("an alert without a clock is calm", () => {
  expect(urgencyOf(alert(), at(0))).toMatchObject({ state: "ok", left: null, promise: null, share: 0 });
});

test("what is due first speaks for the alert, however little of its limit is used; its light is the worst of all", () => {
  const nearly = { ...promise("dispose", 1000) };
  for (const begun of [890, 860]) { // a quarter used, and more than half
    const sooner = { ...promise("contact", 930), started_at: new Date(at(begun)).toISOString() };
    const worst = urgencyOf(alert(sooner, nearly), at(900));
    expect([worst.promise?.clock, worst.state]).toEqual(["contact", "near"]);
  }
});

test("suspended: no clock ticks", () => {
  const rested = { ...alert(promise("dispose", 100)), status: "suspended" as const };
  expect(urgencyOf(rested, at(500))).toMatchObject({ state: "paused", left: null });
});

test("emergencies stand first, then what is late, then what is due first", () => {
  const now = at(60);
  const emergency = urgencyOf({ ...alert(promise("accept", 100)), whistle: "emergency" }, now);
  const late = urgencyOf(alert(promise("sign", 50)), now);
  const soon = urgencyOf(alert(promise("arrive", 150)), now);
  const later = urgencyOf(alert(promise("dispose", 160)), now);
  expect([later, soon, emergency, late].sort(byUrgency)).toEqual([emergency, late, soon, later]);
});

test("what is due in 20 minutes never stands below what is due in 9 days, with danger to life or without", () => {
  const days = 24 * 60;
  const longAgo = (due: number): CardPromise => ({ ...promise("dispose", due), started_at: new Date(at(-90 * days)).toISOString() });
  for (const life_safety of [false, true]) {
    const [soon, far] = [promise("sign", 80), longAgo(9 * days + 60)].map((one) => urgencyOf({ ...alert(one), life_safety }, at(60)));
    expect([soon!.state, far!.state]).toEqual(["blue", "near"]); // the share of the limit is another matter
    expect([far!, soon!].sort(byUrgency)).toEqual([soon, far]);
  }
});

test("of what is late the longest late stands first, whatever card it wears; what waits for a decision is not late", () => {
  const now = at(60);
  const orange = urgencyOf({ ...alert(promise("sign", 50)), card: "orange" }, now);
  const yellow = urgencyOf(alert(promise("sign", 20)), now);
  const undecided = urgencyOf(alert({ ...promise("dispose", 10), flag: "pending" }), now);
  const soon = urgencyOf(alert(promise("arrive", 61)), now);
  expect([soon, undecided, orange, yellow].sort(byUrgency)).toEqual([yellow, orange, undecided, soon]);
});

// Friday 17:00, eight office hours: one is used by 18:00, the weekend counts nothing.
const FRIDAY = Date.parse("2026-11-20T09:00:00Z");
const HOUR = 3600;
const office: CardPromise = clockOf({
  clock: "dispose",
  state: "running",
  started_at: new Date(FRIDAY).toISOString(),
  due_at: new Date(FRIDAY + 73 * HOUR * 1000).toISOString(),
  course: {
    given_s: 8 * HOUR,
    corners: [[HOUR, HOUR], [64 * HOUR, HOUR], [67 * HOUR, 4 * HOUR], [69 * HOUR, 4 * HOUR], [73 * HOUR, 8 * HOUR]],
  },
});
const friday = (hours: number): number => FRIDAY + hours * HOUR * 1000;

test.each([
  [0.5, 1 / 16],
  [1, 1 / 8],
  [40, 1 / 8],
  [65, 2 / 8],
  [68, 4 / 8],
  [73, 1],
])("a promise in office hours fills by its own time: after %d hours %d", (hours, share) => {
  expect(shareOf(office, friday(hours))).toBeCloseTo(share, 6);
});

test("over the weekend the light stays what it was on Friday", () => {
  expect(urgencyOf(alert(office), friday(60)).state).toBe("ok");
  expect(urgencyOf(alert(office), friday(67)).state).toBe("blue");
  expect(urgencyOf(alert(office), friday(71.4)).state).toBe("near");
  expect(urgencyOf(alert(office), friday(71.39)).state).toBe("blue");
});

const resting: CardPromise = {
  ...office,
  state: "paused",
  due_at: null,
  course: null,
  limit: { value: 8, unit: "work_hours" },
  paused: {
    reason: "returned", owner: "district", since: "2026-11-23T02:00:00Z",
    until: "2026-11-25T10:00:00Z", given_s: 8 * HOUR, left_s: 12_000,
  },
};

test("a clock that stands keeps its length, whatever time it is", () => {
  const urgency = urgencyOf(alert(resting), friday(500));
  expect(urgency).toMatchObject({ state: "paused", left: null, promise: null });
  expect(urgency.paused?.clock).toBe("dispose");
  expect(urgency.share).toBeCloseTo(1 - 12_000 / (8 * HOUR), 6);
});

test("a clock that stands without a calendar has no length that is known", () => {
  for (const unknown of [{ given_s: null }, { left_s: null }, { given_s: 0 }]) {
    expect(shareOf({ ...resting, paused: { ...resting.paused!, ...unknown } }, friday(500))).toBe(0);
  }
  speakCity("zh");
  expect(pausedShort({ ...resting, paused: { ...resting.paused!, left_s: null } })).toBe("已暂停");
});

test("beside a clock that stands another one may burn", () => {
  const ruling = { ...promise("ruling", 30) };
  const urgency = urgencyOf(alert(resting, ruling), at(31));
  expect(urgency.promise?.clock).toBe("ruling");
  expect(urgency.state).toBe("yellow");
  expect(urgency.paused?.clock).toBe("dispose");
});

test("a clock that stands says what is left, why, by whom and until when", () => {
  speakCity("zh");
  const words = pausedWords(resting, FRIDAY, (id) => (id === "district" ? "福田区" : null));
  expect(words).toBe("已暂停 · 剩工作时间 3 小时 20 分钟 · 待区裁决 · 经办：福田区 · 至 11 月 25 日 18:00");
  const elapsed = { ...resting, limit: HOURLY };
  expect(pausedShort(elapsed)).toBe("已暂停 · 剩 3 小时 20 分钟");
  const late = { ...resting, paused: { ...resting.paused!, left_s: -7200, until: null, owner: null } };
  expect(pausedWords(late, FRIDAY, () => null)).toBe("已暂停 · 超 2 个工作小时 · 待区裁决");
  expect(pausedShort({ ...late, limit: HOURLY })).toBe("已暂停 · 超 2 小时");
});

// Due on Friday 2026-11-20 at 17:00 in the city, six office hours long; the server knows the fortnight.
const HOURS = 3600;
const FRIDAY_NINE = Date.parse("2026-11-20T01:00:00Z");
const overdue: CardPromise = clockOf({
  clock: "dispose",
  state: "running",
  started_at: new Date(FRIDAY_NINE).toISOString(),
  due_at: "2026-11-20T09:00:00Z",
  limit: { value: 6, unit: "work_hours" },
  course: {
    given_s: 6 * HOURS,
    corners: [[8 * HOURS, 6 * HOURS], [9 * HOURS, 7 * HOURS], [72 * HOURS, 7 * HOURS], [75 * HOURS, 10 * HOURS]],
  },
});
const after = (hours: number): number => FRIDAY_NINE + hours * HOURS * 1000;

test.each([
  ["on Friday at 17:30", 8.5, 6.5 / 6, "超 30 分钟"],
  ["on Friday at closing time", 9, 7 / 6, "超 1 个工作小时"],
  ["on Sunday", 48, 7 / 6, "超 1 个工作小时"],
  ["on Monday at opening time", 72, 7 / 6, "超 1 个工作小时"],
  ["on Monday at noon", 75, 10 / 6, "超 4 个工作小时"],
  ["on Monday in the lunch break", 76, 10 / 6, "超 4 个工作小时"],
])("what is late by office hours grows by them alone, bar and words alike: %s", (_, hours, share, words) => {
  speakConsole();
  const urgency = urgencyOf(alert(overdue), after(hours));
  expect(urgency.share).toBeCloseTo(share, 6);
  expect(timeWords(urgency, "signed")).toBe(`处置 ${words}`);
  expect(urgency.state).toBe("yellow");
});

test("it is spoken in the same hours, in either language", () => {
  const urgency = urgencyOf(alert(overdue), after(48));
  speakCity("zh");
  expect(leftSpoken(urgency.left ?? 0, urgency.late)).toBe("超时 1 个工作小时");
  speakCity("en");
  expect(leftSpoken(urgency.left ?? 0, urgency.late)).toBe("1 work h late");
});

test("due at closing time, a row says over the weekend when that was, as long as it counts nothing", () => {
  speakConsole();
  const due = { ...overdue, due_at: "2026-11-20T10:00:00Z", limit: { value: 7, unit: "work_hours" as const } };
  const course = { given_s: 7 * HOURS, corners: [[9 * HOURS, 7 * HOURS], [72 * HOURS, 7 * HOURS], [75 * HOURS, 10 * HOURS]] as [number, number][] };
  const words = (hours: number): string => timeWords(urgencyOf(alert({ ...due, course }), after(hours)), "signed");
  expect(words(12)).toBe("处置 今天 18:00 到期，上班后继续计时");
  expect(words(27)).toBe("处置 昨天 18:00 到期，上班后继续计时");
  expect(words(71)).toBe("处置 11 月 20 日 18:00 到期，上班后继续计时");
  expect(words(73)).toBe("处置 超 1 个工作小时");
});

test("until the server has said how it goes on, it is just due", () => {
  const course = { given_s: 6 * HOURS, corners: [[3 * HOURS, 3 * HOURS], [5 * HOURS, 3 * HOURS], [8 * HOURS, 6 * HOURS]] as [number, number][] };
  const urgency = urgencyOf(alert({ ...overdue, course }), after(8.01));
  expect([urgency.share, urgency.late]).toEqual([1, 0]);
});

test("what counts every hour is late by every hour", () => {
  speakConsole();
  const urgency = urgencyOf(alert({ ...overdue, course: null, limit: HOURLY }), after(24));
  expect([urgency.share, urgency.late, timeWords(urgency, "signed")]).toEqual([3, null, "处置 超 16 小时"]);
});

test("a unit that is late speaks before the date that the reporter was told; where none is, the date speaks", () => {
  const told = promise("overall", 10);
  const speaks = (...promises: CardPromise[]): string[] => speakingTo(alert(...promises), () => true, at(60)).promises.map(({ clock }) => clock);
  expect(speaks(told, promise("ruling", 50))).toEqual(["ruling"]);
  expect(speaks(told, promise("ruling", 90))).toEqual(["overall"]);
});
