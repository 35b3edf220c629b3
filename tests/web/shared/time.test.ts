// Times are said as a person would say them.
import { beforeEach, describe, expect, test } from "vitest";
import {
  dayOf, dayTime, duration, instantOf, leftSpoken, leftWords, localTime, ServerClock,
} from "../../../static/src/shared/time";
import { speakCity } from "../speak";

const MIN = 60_000;
const HOUR = 60 * MIN;
const NOON = Date.parse("2026-11-23T04:00:00Z"); // 12:00 in Shenzhen

beforeEach(() => speakCity("zh"));

describe("a stretch of time has at most two units", () => {
  test.each([
    [30_000, "不到 1 分钟"],
    [4 * MIN, "4 分钟"],
    [3 * HOUR + 7 * MIN, "3 小时 07 分钟"],
    [2 * HOUR, "2 小时"],
    [26 * HOUR + 59 * MIN, "1 天 2 小时"],
    [48 * HOUR, "2 天"],
  ])("%d ms is %s", (ms, words) => expect(duration(ms)).toBe(words));
});

test("what is left and what is late are said with their word", () => {
  expect(leftWords(4 * MIN)).toBe("剩 4 分钟");
  expect(leftWords(-26 * HOUR)).toBe("超 1 天 2 小时");
  speakCity("en");
  expect(leftWords(-26 * HOUR)).toBe("1 d 2 h late");
});

describe("around its due time a promise says so, and not how many minutes", () => {
  const FRIDAY = "2026-11-20T10:00:00Z"; // 18:00, closing time
  test.each([
    [30_000, null, "马上到期"],
    [-30_000, null, "刚刚到期"],
    [-30_000, 30_000, "刚刚到期"],
    [-3 * HOUR, 0, "今天 18:00 到期，上班后继续计时"],
    [-18 * HOUR, 59_000, "昨天 18:00 到期，上班后继续计时"],
    [-42 * HOUR, 0, "11 月 20 日 18:00 到期，上班后继续计时"],
    [-63 * HOUR, MIN, "超 1 分钟"],
  ])("%d ms left, %s ms of office time late: %s", (left, late, words) => {
    expect(leftWords(left, late, FRIDAY)).toBe(words);
  });

  test("in English too", () => {
    speakCity("en");
    expect(leftWords(-18 * HOUR, 0, FRIDAY)).toBe("due yesterday 18:00; counts on in office hours");
    expect(leftSpoken(-3 * HOUR, 0, FRIDAY)).toBe("due today 18:00; counts on in office hours");
  });
});

test("a time is said in the city's zone, with its day only where it is another day", () => {
  expect(dayTime("2026-11-23T06:38:00Z", NOON)).toBe("14:38");
  expect(dayTime("2026-11-23T16:05:00Z", NOON)).toBe("11 月 24 日 00:05");
  expect(dayTime("2027-11-22T16:00:00Z", NOON)).toBe("2027 年 11 月 23 日 00:00");
});

test("a local time becomes the city's instant and back", () => {
  expect(instantOf("2026-11-25T18:00")).toBe("2026-11-25T10:00:00.000Z");
  expect(localTime("2026-11-25T10:00:00Z")).toBe("2026-11-25T18:00");
  expect(dayOf(Date.parse("2026-11-25T17:00:00Z"))).toBe("2026-11-26");
  expect(instantOf("")).toBeNull();
});

test("the server's clock counts, however wrong the machine's own is", () => {
  const clock = new ServerClock(-300_000);
  expect(Math.round(clock.skew / 1000)).toBe(-300);
  clock.learn(new Date(Date.now() + 60_000).toISOString(), performance.now());
  expect(Math.round(clock.skew / 1000)).toBe(60);
});
