// Dates and times as customers say them, resolved against a Saturday at 13:00 in Shanghai; what was not said is filled in
// towards the future unless the words speak of the past.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyText } from "../testing/hostile-texts.ts";
import {
  addMonths,
  dayNumber,
  instantOf,
  isoDay,
  isoMoment,
  isoWeek,
  partsOfDay,
  wallClockOf,
} from "./calendar.ts";
import { findDateTimes } from "./date-times.ts";
import { sceneOf } from "./entity.ts";
import { findEntities } from "./find-entities.ts";

const now = new Date("2026-11-21T05:00:00Z");

function values(text: string, at = now, zone = "Asia/Shanghai"): string[] {
  return findDateTimes(sceneOf(text).text, at, zone).flatMap(({ finding }) =>
    finding.kind === "date-time" ? [finding.value] : [],
  );
}

describe("days", () => {
  test.each([
    ["今天能到吗", "2026-11-21"],
    ["明天", "2026-11-22"],
    ["大后天", "2026-11-24"],
    ["前天买的", "2026-11-19"],
    ["聽日得唔得", "2026-11-22"],
    ["下周三", "2026-11-25"],
    ["周三", "2026-11-25"],
    ["周三到的", "2026-11-18"],
    ["上周五", "2026-11-13"],
    ["下下周一", "2026-11-30"],
    ["礼拜天", "2026-11-22"],
    ["周末", "2026-11-21/2026-11-22"],
    ["下周末", "2026-11-28/2026-11-29"],
    ["下周", "2026-W48"],
    ["上个月5号", "2026-10-05"],
    ["下月3号", "2026-12-03"],
    ["5号", "2026-12-05"],
    ["10月1号", "2026-10-01"],
    ["十月一日", "2026-10-01"],
    ["1月5号", "2027-01-05"],
    ["1月5号买的", "2026-01-05"],
    ["2026年12月1日", "2026-12-01"],
    ["2026/12/1", "2026-12-01"],
    ["20261201", "2026-12-01"],
    ["12月", "2026-12"],
    ["去年10月", "2025-10"],
    ["本月", "2026-11"],
    ["明年", "2027"],
    ["月底", "2026-11-21/2026-11-30"],
    ["下个月初", "2026-12-01/2026-12-10"],
    ["三天后", "2026-11-24"],
    ["两周前", "2026-11-07"],
    ["一个月后", "2026-12-21"],
    ["过两天", "2026-11-23"],
    ["双十二", "2026-12-12"],
    ["明年春节", "2027-02-06/2027-02-12"],
    ["中秋节", "2027-09-15"],
    ["tomorrow", "2026-11-22"],
    ["the day after tomorrow", "2026-11-23"],
    ["next Friday", "2026-11-27"],
    ["friday", "2026-11-27"],
    ["last monday", "2026-11-16"],
    ["this weekend", "2026-11-21/2026-11-22"],
    ["in two days", "2026-11-23"],
    ["3 weeks ago", "2026-10-31"],
    ["October 1st", "2026-10-01"],
    ["1 Oct 2027", "2027-10-01"],
    ["Dec 24, 2026", "2026-12-24"],
    ["10/31/2026", "2026-10-31"],
    ["31/10/2026", "2026-10-31"],
    ["next month", "2026-12"],
    ["the 5th", "2026-12-05"],
    ["black friday", "2026-11-27"],
  ])("%s is %s", (text, value) => {
    expect(values(text)).toEqual([value]);
  });
});

describe("hours", () => {
  test.each([
    ["后天下午三点", "2026-11-23T15:00+08:00"],
    ["next Friday at 3pm", "2026-11-27T15:00+08:00"],
    ["3pm next friday", "2026-11-27T15:00+08:00"],
    ["半小时后", "2026-11-21T13:30+08:00"],
    ["两个半小时后", "2026-11-21T15:30+08:00"],
    ["in half an hour", "2026-11-21T13:30+08:00"],
    ["三点", "2026-11-21T15:00+08:00"],
    ["三点半", "2026-11-21T15:30+08:00"],
    ["三点二十", "2026-11-21T15:20+08:00"],
    ["8点", "2026-11-21T20:00+08:00"],
    ["明天八点", "2026-11-22T08:00+08:00"],
    ["明天中午12点", "2026-11-22T12:00+08:00"],
    ["晚上十二点", "2026-11-22T00:00+08:00"],
    ["凌晨两点", "2026-11-22T02:00+08:00"],
    ["周五晚上七点", "2026-11-27T19:00+08:00"],
    ["三点到的", "2026-11-20T15:00+08:00"],
    ["15:00", "2026-11-21T15:00+08:00"],
    ["2026年12月1日下午2:30", "2026-12-01T14:30+08:00"],
    ["half past three", "2026-11-21T15:30+08:00"],
    ["quarter to five", "2026-11-21T16:45+08:00"],
    ["tonight at 8", "2026-11-21T20:00+08:00"],
    ["this morning", "2026-11-21T06:00+08:00/2026-11-21T12:00+08:00"],
    ["明早", "2026-11-22T06:00+08:00/2026-11-22T10:00+08:00"],
    ["今晚8点到10点", "2026-11-21T20:00+08:00/2026-11-21T22:00+08:00"],
    ["明天下午2点到4点", "2026-11-22T14:00+08:00/2026-11-22T16:00+08:00"],
    ["9点到6点", "2026-11-21T09:00+08:00/2026-11-21T18:00+08:00"],
    ["between 3 and 5pm tomorrow", "2026-11-22T15:00+08:00/2026-11-22T17:00+08:00"],
    ["晚上10点到早上6点", "2026-11-21T22:00+08:00/2026-11-22T06:00+08:00"],
    ["10月1号到7号", "2026-10-01/2026-10-07"],
    ["12月30号到1月3号", "2026-12-30/2027-01-03"],
    ["周一到周五", "2026-11-23/2026-11-27"],
    ["within 24 hours", "2026-11-21T13:00+08:00/2026-11-22T13:00+08:00"],
  ])("%s is %s", (text, value) => {
    expect(values(text)).toEqual([value]);
  });
});

describe("about so many days", () => {
  test.each([
    ["两三天前", "2026-11-18/2026-11-19"],
    ["两三天前买的", "2026-11-18/2026-11-19"],
    ["三五天前", "2026-11-16/2026-11-18"],
    ["七八天前收到的", "2026-11-13/2026-11-14"],
    ["十七八天前", "2026-11-03/2026-11-04"],
    ["二三十天前", "2026-10-22/2026-11-01"],
    ["三兩天後", "2026-11-23/2026-11-24"],
    ["过两三天", "2026-11-23/2026-11-24"],
    ["一两周前", "2026-11-07/2026-11-14"],
    ["三四个月前", "2026-07-21/2026-08-21"],
    ["3-5天前", "2026-11-16/2026-11-18"],
    ["3 到 5 天后", "2026-11-24/2026-11-26"],
    ["3、4天前", "2026-11-17/2026-11-18"],
    ["2 to 3 days ago", "2026-11-18/2026-11-19"],
    ["two or three days ago", "2026-11-18/2026-11-19"],
    ["between 2 and 3 days ago", "2026-11-18/2026-11-19"],
    ["in 3-5 days", "2026-11-24/2026-11-26"],
    ["两三个小时前", "2026-11-21T10:00+08:00/2026-11-21T11:00+08:00"],
    ["in two or three hours", "2026-11-21T15:00+08:00/2026-11-21T16:00+08:00"],
    ["二十三天前", "2026-10-29"],
    ["1、30天后", "2026-12-21"],
  ])("%s is %s", (text, value) => {
    expect(values(text)).toEqual([value]);
  });

  test.each([
    "七八天",
    "三五天",
    "几天前",
    "十几天前",
    "几十天前",
    "十来天前",
    "9-5天前",
    "一千二百三十三天前",
    "a few days ago",
  ])("%s names no day", (text) => {
    expect(values(text)).toEqual([]);
  });
});

describe("spaces between a number and its unit", () => {
  test.each([
    ["7 天后", "2026-11-28"],
    ["3 天前", "2026-11-18"],
    ["三 天 前", "2026-11-18"],
    ["过 3 天", "2026-11-24"],
    ["两 个小时后", "2026-11-21T15:00+08:00"],
    ["bought 6 days  ago", "2026-11-15"],
    ["bought it 6 days ago", "2026-11-15"],
    ["got it 3 days back", "2026-11-18"],
  ])("%s is %s", (text, value) => {
    expect(values(text)).toEqual([value]);
  });
});

test.each([
  "超过7天",
  "超过了 7 天",
  "不超过7天",
  "超过7天前",
  "至少3天前",
  "不到7天",
  "七天以上",
  "7天内能退吗",
  "七天之内",
  "用过3天",
  "已经过3天了",
  "没过3天就坏了",
  "买了 6 天",
  "到手 3 天了",
  "more than 7 days",
  "more than 7 days ago",
  "less than a week ago",
  "after more than 7 days",
  "in 7 days or less",
  "within 7 days",
  "within a week of delivery",
])("%s is a length of time and no date", (text) => {
  expect(values(text)).toEqual([]);
});

test("only what is counted from now ends on a day", () => {
  expect(values("未来三天内")).toEqual(["2026-11-21T13:00+08:00/2026-11-25T00:00+08:00"]);
  expect(values("within the next two days")).toEqual(["2026-11-21T13:00+08:00/2026-11-24T00:00+08:00"]);
  expect(values("两小时内")).toEqual(["2026-11-21T13:00+08:00/2026-11-21T15:00+08:00"]);
});

test.each([
  "便宜一点",
  "一点也不好",
  "早上好",
  "good morning",
  "7日无理由",
  "等了三天",
  "每周一次",
  "i may go",
  "she sat down",
  "5号电池",
  "三号线",
  "三点建议",
  "三点五公斤",
  "16:9的屏幕",
])("%s names no date", (text) => {
  expect(values(text)).toEqual([]);
});

test("what was not said is told, and the stretch is an interval of instants", () => {
  const [entity] = findEntities("3点", { now });
  expect(entity).toMatchObject({
    granularity: "hour",
    assumed: ["half-day", "day"],
    startsAt: "2026-11-21T07:00:00.000Z",
    endsAt: "2026-11-21T08:00:00.000Z",
  });
});

test("the zone decides what today is", () => {
  expect(values("today at 9am", now, "America/New_York")).toEqual(["2026-11-21T09:00-05:00"]);
  expect(values("明天", new Date("2026-11-21T17:00:00Z"))).toEqual(["2026-11-23"]);
  expect(values("明天", new Date("2026-11-21T17:00:00Z"), "Europe/London")).toEqual(["2026-11-22"]);
  expect(() => values("明天", now, "Nowhere/City")).toThrow(RangeError);
});

const zones = ["Asia/Shanghai", "America/New_York", "Europe/London", "Asia/Kathmandu", "Australia/Lord_Howe"];
const instants = fc.date({ min: new Date("2000-01-01"), max: new Date("2060-01-01"), noInvalidDate: true });

test("clocks of every zone: there and back", () => {
  fc.assert(
    fc.property(instants, fc.constantFrom(...zones), (instant, zone) => {
      const clock = wallClockOf(instant, zone);
      const back = instantOf(clock, zone);
      // the hour that is shown twice in autumn may come back as the other one
      expect(Math.abs(back.getTime() - Math.floor(instant.getTime() / 1_000) * 1_000)).toBeLessThanOrEqual(
        3_600_000,
      );
      expect(wallClockOf(back, zone)).toEqual(clock);
      expect(new Date(isoMoment(clock, zone)).getTime()).toBe(back.getTime());
    }),
  );
});

test("days, weeks and months add up", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: dayNumber(1990, 1, 1), max: dayNumber(2100, 1, 1) }),
      fc.integer({ min: -40, max: 40 }),
      (day, months) => {
        const { year, month, day: ofMonth, weekday } = partsOfDay(day);
        expect(dayNumber(year, month, ofMonth)).toBe(day);
        expect(weekday % 7).toBe(new Date(day * 86_400_000).getUTCDay());
        expect(isoDay(day)).toBe(new Date(day * 86_400_000).toISOString().slice(0, 10));
        expect(isoWeek(day)).toMatch(/^\d{4}-W(?:0[1-9]|[1-4]\d|5[0-3])$/u);
        expect(partsOfDay(addMonths(day, months)).day).toBeLessThanOrEqual(ofMonth);
      },
    ),
  );
});

test("an ISO date written in any of the usual ways is read as itself", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: dayNumber(2001, 1, 1), max: dayNumber(2099, 12, 31) }),
      fc.constantFrom("-", "/", ".", "年"),
      (day, mark) => {
        const { year, month, day: ofMonth } = partsOfDay(day);
        const text =
          mark === "年" ? `${year}年${month}月${ofMonth}日` : `${year}${mark}${month}${mark}${ofMonth}`;
        expect(values(text)).toEqual([isoDay(day)]);
      },
    ),
  );
});

test("two ends of a distance are the days that each alone would be", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 40 }),
      fc.constantFrom("到", "-", " ~ ", "至"),
      (low, more, mark) => {
        const high = low + more;
        expect(values(`${low}${mark}${high} 天前`)).toEqual([
          `${values(`${high}天前`)[0]}/${values(`${low}天前`)[0]}`,
        ]);
        expect(values(`${high}${mark}${low}天前`)).toEqual([]);
      },
    ),
  );
});

test("for any text and any instant: no throw, the stretch is not empty, the value is ISO", () => {
  fc.assert(
    fc.property(anyText, instants, fc.constantFrom(...zones), (text, at, zone) => {
      for (const entity of findEntities(text, { now: at, timeZone: zone })) {
        if (entity.kind !== "date-time") continue;
        expect(new Date(entity.startsAt).getTime()).toBeLessThan(new Date(entity.endsAt).getTime());
        expect(entity.value).toMatch(
          /^\d{4}(?:-(?:\d\d|W\d\d)(?:-\d\d)?)?(?:T[\d:]+[+-]\d\d:\d\d)?(?:\/\d{4}-\d\d-\d\d(?:T[\d:]+[+-]\d\d:\d\d)?)?$/u,
        );
      }
    }),
    { numRuns: 400 },
  );
});
