// Emoji, stickers and faces made of characters are taken out and told; what only looks like one stays.

import fc from "fast-check";
import { expect, test } from "vitest";
import { takeEmoticons } from "./emoticons.ts";
import { normalise } from "./normalise.ts";
import { anyText, hostileTexts, timed } from "./testing/hostile-texts.ts";

test.each([
  ["什么时候发货😊", ["😊"]],
  ["发货👍🏽了吗", ["👍🏽"]],
  ["发到🇨🇳吗", ["🇨🇳"]],
  ["[微笑]在吗[玫瑰]", ["[微笑]", "[玫瑰]"]],
  ["ok [Smile]", ["[Smile]"]],
  ["好的/::)", ["/::)"]],
  ["怎么还没到 T_T", ["T_T"]],
  ["退货orz", ["orz"]],
  ["谢谢^_^", ["^_^"]],
  ["好气哦(╯°□°)╯︵ ┻━┻", ["(╯°□°)╯︵ ┻━┻"]],
  ["求求了(｡•́︿•̀｡)", ["(｡•́︿•̀｡)"]],
  ["什么鬼(>_<)", ["(>_<)"]],
  ["囧", ["囧"]],
  ["love it :) <3", [":)", "<3"]],
  ["坏了 :-(", [":-("]],
  ["QAQ怎么办", ["QAQ"]],
  ["买错了 =_=", ["=_="]],
])("%s", (text, found) => {
  expect(takeEmoticons(text).found).toEqual(found);
});

test.each([
  "价格(含税)多少",
  "size (L) 有吗",
  "10:30能到吗",
  "https://shop.example/p?id=1",
  "订单XD20260817331",
  "3:2的比例",
  "a.b@mail.example",
  "1/2的",
  "重量<3公斤",
  "what is xdrive",
  "[haskell] question",
  "5*3=15",
])("%s has none", (text) => {
  expect(takeEmoticons(text)).toEqual({ text, found: [] });
});

test("a question with faces is the same question", () => {
  for (const face of ["😊", "T_T", "(╯°□°)╯︵ ┻━┻", "^_^", "[流泪]", "orz", "(´・ω・`)", "QAQ", "👨‍👩‍👧"])
    expect(normalise(`怎么还不发货${face}`).text).toBe("怎么还不发货");
});

test("for any text: what was taken out stood in it", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      for (const symbol of takeEmoticons(text).found) expect(text).toContain(symbol);
    }),
    { numRuns: 500 },
  );
});

test.each(hostileTexts)("%s", (_, text) => {
  expect(timed(() => takeEmoticons(text.slice(0, 20_000)))).toBeLessThan(500);
});
