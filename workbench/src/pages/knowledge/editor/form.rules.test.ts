import { noExtras } from "@yingda/contract";
import { expect, test } from "vitest";
import { bodyOf, clockOf, formOf, isReady, isWhole, lines, minuteOf, newVariant, unsaidIn } from "./form.ts";

test("an FAQ goes through the form unchanged", () => {
  const given = {
    question: "包邮吗",
    answer: "满 99",
    phrasings: ["运费多少", "邮费"],
    negatives: ["退货运费"],
  };
  expect(bodyOf(formOf(given))).toMatchObject({ ...given, isOn: true, extras: noExtras });
});

test("lines are trimmed and each kept once", () => {
  expect(lines(" 甲 \n\n乙\n甲")).toEqual(["甲", "乙"]);
});

test("a variant needs an answer and a condition, and both times", () => {
  const vip = { ...newVariant, answer: "当天发", contactTags: ["VIP"] };
  const window = { fromOn: null, untilOn: null, weekdays: [], fromMinute: 480, untilMinute: null };
  expect(isWhole(vip)).toBe(true);
  expect(isWhole({ ...vip, contactTags: [] })).toBe(false);
  expect(isWhole({ ...vip, answer: " " })).toBe(false);
  expect(isWhole({ ...vip, window })).toBe(false);
  const form = formOf({ question: "几天到", answer: "三天", extras: { variants: [{ ...vip, window }] } });
  expect(isReady(form)).toBe(false);
});

test("times of day there and back; midnight at the end is the end of the day", () => {
  expect(clockOf(minuteOf("08:30", false))).toBe("08:30");
  expect(minuteOf("00:00", true)).toBe(1_440);
  expect(clockOf(1_440)).toBe("00:00");
  expect(minuteOf("", true)).toBeNull();
});

test("forbidden words are found in answers, variants and what stands below them", () => {
  const vip = { ...newVariant, answer: "给您 VIP 价", contactTags: ["VIP"] };
  const contents = [{ kind: "card" as const, title: "史上最低", text: "", imageMediaId: null, url: null }];
  const form = formOf({
    question: "全网最低吗",
    answer: "是ＴＯＰ１",
    extras: { contents, variants: [vip] },
  });
  expect(unsaidIn(form, ["史上最低", "top1", "vip 价", "全网最低"])).toEqual(["史上最低", "top1", "vip 价"]);
  expect(unsaidIn(form, [])).toEqual([]);
});
