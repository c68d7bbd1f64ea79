// Days beside a verb: what has been lies behind now, what is asked for lies ahead. Seen from a Saturday at 13:00 in Shanghai.

import { describe, expect, test } from "vitest";
import { timed } from "../testing/hostile-texts.ts";
import { findDateTimes } from "./date-times.ts";
import { sceneOf } from "./entity.ts";
import { findEntities } from "./find-entities.ts";

const now = new Date("2026-11-21T05:00:00Z");

function values(text: string, at = now): string[] {
  return findDateTimes(sceneOf(text).text, at, "Asia/Shanghai").flatMap(({ finding }) =>
    finding.kind === "date-time" ? [finding.value] : [],
  );
}

describe("a day with a verb of the past lies in the past", () => {
  test.each([
    ["周日买的", "2026-11-15"],
    ["周日买的还能退吗", "2026-11-15"],
    ["周三买了能退吗", "2026-11-18"],
    ["星期三收到的", "2026-11-18"],
    ["周三寄的", "2026-11-18"],
    ["周三下的单", "2026-11-18"],
    ["周三付的钱", "2026-11-18"],
    ["周三来过", "2026-11-18"],
    ["周三来的", "2026-11-18"],
    ["周三拿到的", "2026-11-18"],
    ["周三发货了吗", "2026-11-18"],
    ["周三到货的", "2026-11-18"],
    ["周三送到了", "2026-11-18"],
    ["周三送过来的", "2026-11-18"],
    ["周三收到咗", "2026-11-18"],
    ["周三用会员价买的", "2026-11-18"],
    ["我是周三在你们店里买的", "2026-11-18"],
    ["周三已经收到", "2026-11-18"],
    ["周三下午3点20分下的单", "2026-11-18T15:20+08:00"],
    ["周末买的", "2026-11-14/2026-11-15"],
    ["bought on Sunday", "2026-11-15"],
    ["arrived Monday", "2026-11-16"],
    ["delivered on Thursday", "2026-11-19"],
    ["has it been shipped on monday", "2026-11-16"],
    ["paid Friday", "2026-11-20"],
    ["I got it Monday", "2026-11-16"],
    ["came on monday", "2026-11-16"],
    ["picked it up on monday", "2026-11-16"],
    ["returned it on monday", "2026-11-16"],
    ["on Monday I bought a shirt", "2026-11-16"],
    ["I bought a shirt and a hat on Monday", "2026-11-16"],
    ["I've received it on Monday", "2026-11-16"],
    ["I paid for it on Friday", "2026-11-20"],
    ["didn’t arrive Tuesday", "2026-11-17"],
    ["可能周三收到的", "2026-11-18"],
    ["周一到周三买的", "2026-11-16/2026-11-18"],
    ["周三寄回去了", "2026-11-18"],
    ["bought it over the weekend", "2026-11-14/2026-11-15"],
  ])("%s is %s", (text, value) => {
    expect(values(text)).toEqual([value]);
  });

  test.each([
    ["周日能送到吗", "2026-11-22"],
    ["I ordered it, so I’ll collect on Monday", "2026-11-23"],
    ["周日送到吗", "2026-11-22"],
    ["周三发货吗", "2026-11-25"],
    ["周三能发过来吗", "2026-11-25"],
    ["周三发过来吗", "2026-11-25"],
    ["周三就能收到吗", "2026-11-25"],
    ["周三才能收到吗", "2026-11-25"],
    ["周三收到能退吗", "2026-11-25"],
    ["周三到的话", "2026-11-25"],
    ["周三到了再付款", "2026-11-25"],
    ["等周三到了", "2026-11-25"],
    ["能周三发的吗", "2026-11-25"],
    ["我要周三到的", "2026-11-25"],
    ["周三发我买的那件", "2026-11-25"],
    ["已经付款周三能发吗", "2026-11-25"],
    ["我买的周三能到吗", "2026-11-25"],
    ["will it arrive on Monday", "2026-11-23"],
    ["will be delivered on Thursday", "2026-11-26"],
    ["can I get it delivered Thursday", "2026-11-26"],
    ["I want it shipped on Thursday", "2026-11-26"],
    ["to be paid on Thursday", "2026-11-26"],
    ["I bought it and want to return it on Friday", "2026-11-27"],
    ["I ordered it but should be away Friday", "2026-11-27"],
    ["I ordered it for delivery on Friday", "2026-11-27"],
    ["can you deliver on Friday the item I ordered", "2026-11-27"],
    ["I've got to return it by Friday", "2026-11-27"],
    ["I was told to return it by Friday", "2026-11-27"],
    ["this weekend", "2026-11-21/2026-11-22"],
  ])("%s is %s, to come", (text, value) => {
    expect(values(text)).toEqual([value]);
  });

  test("two days of one message, each with its own verb", () => {
    expect(values("周三买的周日能到吗")).toEqual(["2026-11-18", "2026-11-22"]);
    expect(values("周一下的单，周三到的")).toEqual(["2026-11-16", "2026-11-18"]);
    expect(values("ordered on Tuesday will it arrive on Friday")).toEqual(["2026-11-17", "2026-11-27"]);
  });

  test("today's own weekday is a week ago unless today is said", () => {
    expect(values("周六买的")).toEqual(["2026-11-14"]);
    expect(values("bought on saturday")).toEqual(["2026-11-14"]);
    expect(values("今天周六买的")).toEqual(["2026-11-21", "2026-11-21"]);
    expect(values("bought it today, Saturday")).toEqual(["2026-11-21", "2026-11-21"]);
    expect(values("周六能送到吗")).toEqual(["2026-11-21"]);
    const sunday = new Date("2026-11-22T05:00:00Z");
    expect(values("周末买的", sunday)).toEqual(["2026-11-21/2026-11-22"]);
  });
});

test.each([
  "周三",
  "周三会员",
  "周三买的",
  "bought on sunday ",
  "sunday i ",
  "to be delivered ",
  "3、4天前",
  "一二三到",
  "3 - ",
  "two or ",
  "between 2 and ",
  "超过 7 天前",
  "within 7 days or more ",
])("%s without end is read in a moment", (text) => {
  expect(timed(() => findEntities(text.repeat(2_000), { now }))).toBeLessThan(1_000);
});
