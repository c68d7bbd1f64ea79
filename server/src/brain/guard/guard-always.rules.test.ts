// What holds for any text: the guard never throws, its work grows with the length, a further source takes nothing away, and
// what it leaves over is itself sendable.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { guardReply } from "./guard-reply.ts";

const pieces = [
  ..."一二三两半十百天年月日元块折个件时点周到至内起满减送退换赔不没保证免费，。！\n",
  ..."0123456789.,-~%¥$:/ ",
  ...[
    "3 天",
    "¥99",
    "9折",
    "保证",
    "免费",
    "包邮",
    "退货",
    "换货",
    "不支持",
    "下午三点",
    "11月11日",
    "周一至周五",
    "1. ",
    "E04",
  ],
  ...[
    "we guarantee ",
    "free shipping ",
    "3-5 days ",
    "10% off ",
    "not ",
    "call 400-123-4567 ",
    "www.abc.com ",
    "a week ",
  ],
];
const text = fc.array(fc.constantFrom(...pieces), { maxLength: 24 }).map((parts) => parts.join(""));
const anyText = fc.oneof(text, fc.string({ unit: "binary", maxLength: 80 }));
const sourceTexts = fc.array(anyText, { maxLength: 3 });
const toSources = (texts: readonly string[]) => texts.map((one, at) => ({ id: String(at), text: one }));

test("any text is judged, and claims lie where they say", () => {
  fc.assert(
    fc.property(anyText, sourceTexts, (reply, texts) => {
      const { claims } = guardReply({ reply, sources: toSources(texts), customerWords: texts });
      for (const { text: quoted, start, end } of claims) expect(reply.slice(start, end)).toBe(quoted);
    }),
    { numRuns: 400 },
  );
});

/** A source that says no may take something away: it denies what another only did not mention. */
const denial = /不|没|无|非|勿|禁|谢绝|恕|概|别|除|含|另|not|no|never|n't|with|except|exclude|contain|made/iu;

test("a further source that denies nothing takes no support away", () => {
  fc.assert(
    fc.property(text, sourceTexts, anyText, (reply, texts, more) => {
      fc.pre(!denial.test(more));
      const before = guardReply({ reply, sources: toSources(texts) });
      const after = guardReply({ reply, sources: toSources([...texts, more]) });
      if (before.isSendable) expect(after.isSendable).toBe(true);
      for (const { start, kind, value, supportedBy } of before.claims) {
        const same = after.claims.find(
          (one) => one.start === start && one.kind === kind && one.value === value,
        );
        if (supportedBy !== null) expect(same?.supportedBy).toBeTruthy();
      }
    }),
    { numRuns: 400 },
  );
});

test("a right product, sum or discount of a source's price is sent and a wrong one is not", () => {
  fc.assert(
    fc.property(fc.integer({ min: 11, max: 90 }), fc.integer({ min: 3, max: 9 }), (price, count) => {
      const sources = toSources([`蜂蜜每瓶${price}元`, `我要${count}瓶`]);
      const says = (sum: number) => guardReply({ reply: `${count}瓶一共${sum}元。`, sources }).isSendable;
      expect(says(price * count)).toBe(true);
      expect(says(price * count + 1)).toBe(false);
      const english = toSources([`Honey $${price} a jar`, `${count} jars please`]);
      const tells = (sum: number) =>
        guardReply({ reply: `${count} jars come to ${count} × $${price} = $${sum}.`, sources: english })
          .isSendable;
      expect(tells(price * count)).toBe(true);
      expect(tells(price * count - 1)).toBe(false);
    }),
  );
});

test("of two things each keeps its own price, whatever the prices are", () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 400 }), fc.integer({ min: 2, max: 400 }), (red, blue) => {
      fc.pre(red !== blue);
      const zh = toSources([`红色保温杯${red}元，蓝色保温杯${blue}元。`]);
      expect(guardReply({ reply: `蓝色的${blue}元，红色的${red}元。`, sources: zh }).isSendable).toBe(true);
      expect(guardReply({ reply: `蓝色的${red}元。`, sources: zh }).isSendable).toBe(false);
      const en = toSources([`Red flask $${red}, blue flask $${blue}.`]);
      expect(guardReply({ reply: `The blue flask is $${red}.`, sources: en }).isSendable).toBe(false);
    }),
  );
});

test("what is left over may be sent", () => {
  fc.assert(
    fc.property(text, sourceTexts, (reply, texts) => {
      const sources = toSources(texts);
      const { sayable } = guardReply({ reply, sources });
      if (sayable !== null) expect(guardReply({ reply: sayable, sources }).isSendable).toBe(true);
    }),
    { numRuns: 400 },
  );
});

test("a number without any source is never sent", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 99_999 }),
      fc.constantFrom("元", "天", "%", "小时", " USD", " days", ""),
      (n, unit) => {
        expect(guardReply({ reply: `一共${n}${unit}`, sources: [] }).isSendable).toBe(false);
        expect(guardReply({ reply: `It is ${n}${unit}.`, sources: [] }).isSendable).toBe(false);
      },
    ),
  );
});

describe("100 kB of anything is read in the time of its length", () => {
  test.each([
    ["a character", "啊"],
    ["a digit", "1"],
    ["Chinese digits", "一二三四五"],
    ["amounts", "三天内"],
    ["prices", "¥99 "],
    ["promises", "保证免费退款"],
    ["English promises", "we guarantee free refund "],
    ["telephones", "138-0000-0000 "],
    ["codes", "a-1-"],
    ["weekdays", "monday to "],
    ["denials", "不支持 not "],
    ["list marks", "1. a\n"],
    ["tildes", "~"],
    ["spaces", " "],
    ["half", "半"],
  ])("%s", (_, piece) => {
    const long = piece.repeat(Math.floor(99_999 / piece.length));
    const started = performance.now();
    guardReply({ reply: long, sources: [{ id: "s", text: long }] });
    expect(performance.now() - started).toBeLessThan(8_000); // well under a second on a quiet machine
  });

  test("a reply longer than any message is held", () => {
    const reply = "好".repeat(100_001);
    expect(guardReply({ reply, sources: [] })).toMatchObject({
      isSendable: false,
      sayable: null,
      claims: [],
    });
  });
});
