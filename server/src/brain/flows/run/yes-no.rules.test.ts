// A yes lets a flow act: what is a yes, what is none, and what leaves or skips.

import { describe, expect, test } from "vitest";
import { isNeverMind, isSkip, readYesNo } from "./yes-no.ts";

test.each([
  "好的",
  "可以，谢谢",
  "是的！",
  "对对，没错",
  "好的可以",
  "嗯",
  "確認",
  "1",
  "就这样吧",
  "yes",
  "Yes please",
  "ok go ahead",
  "sure, thanks",
  "Yep!",
  "that's right",
  "OK, do it",
])("%s is a yes", (text) => {
  expect(readYesNo(text)).toBe("yes");
});

test.each(["不是", "不用了，谢谢", "先不要", "不对", "2", "no", "No thanks", "nope", "not really", "don't"])(
  "%s is a no",
  (text) => {
    expect(readYesNo(text)).toBe("no");
  },
);

test.each([
  "可以吗",
  "好的，但是换成黑色",
  "是不是要运费",
  "行不行",
  "要不要钱",
  "对了，运费谁出",
  "等一下",
  "好的，不要",
  "yes but in black",
  "ok?",
  "can you",
  "not sure",
  "yesterday",
  "",
  "……",
  "好像不对",
  "no problem with it, but when?",
])("%s is neither", (text) => {
  expect(readYesNo(text)).toBeNull();
});

describe("leaving", () => {
  test.each([
    "算了",
    "算了，不改了",
    "那算了吧",
    "不，算了",
    "never mind",
    "Cancel it.",
    "forget it",
    "先算了",
  ])("%s leaves", (text) => {
    expect(isNeverMind(text)).toBe(true);
  });

  test.each(["算了一下运费是多少", "取消订单要多久", "不", "can I cancel my order?", "我姓算", ""])(
    "%s does not",
    (text) => {
      expect(isNeverMind(text)).toBe(false);
    },
  );
});

test.each(["没有", "没有代码", "不知道", "跳过", "none", "I don't have it", "no photo", "skip"])(
  "%s skips",
  (text) => {
    expect(isSkip(text)).toBe(true);
  },
);

test.each(["没有反应，一直响", "no power at all", "E4", ""])("%s does not skip", (text) => {
  expect(isSkip(text)).toBe(false);
});
