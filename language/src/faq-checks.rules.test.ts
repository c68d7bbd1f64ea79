// A list of FAQs is checked before customers meet it. Each problem has its twin that is none.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findAnswerConflict } from "./answer-conflicts.ts";
import { checkFaqs, type Faq, type FaqProblem } from "./faq-checks.ts";
import { anyText, hostileTexts, timed } from "./testing/hostile-texts.ts";

function faq(id: string, question: string, answer: string, phrasings: string[] = []): Faq {
  return { id, question, answer, phrasings };
}

function kinds(faqs: Faq[], options = {}): string[] {
  return checkFaqs(faqs, { wantedPhrasings: 0, ...options }).map((problem) => problem.kind);
}

test("a sound list has no problems", () => {
  const sound = [
    faq("ship", "多久发货", "48小时内发货。", ["什么时候发货", "几天能寄出", "今天能发吗", "付款后多久寄"]),
    faq("return", "怎么退货", "在订单里申请退货。", ["可以退吗", "不想要了", "退货流程", "七天无理由吗"]),
  ];
  expect(checkFaqs(sound)).toEqual([]);
});

test("empty and open ones", () => {
  expect(
    checkFaqs(
      [
        faq("a", "  ？", "好的"),
        faq("b", "多久发货", "…"),
        faq("c", "运费多少", "运费{{运费}}元，{{ 时间 }}到"),
      ],
      { wantedPhrasings: 0 },
    ),
  ).toEqual([
    { kind: "empty", severity: "error", id: "a", part: "question" },
    { kind: "empty", severity: "error", id: "b", part: "answer" },
    { kind: "open-blank", severity: "error", id: "c", blanks: ["运费", "时间"] },
  ] satisfies FaqProblem[]);
});

test("few and repeated phrasings count by what they say", () => {
  expect(checkFaqs([faq("a", "多久发货", "48小时内", ["请问多久发货？", "什么时候寄"])])).toEqual([
    { kind: "repeated-phrasing", severity: "hint", id: "a", phrasing: "请问多久发货？" },
    { kind: "few-phrasings", severity: "hint", id: "a", count: 2, wanted: 5 },
  ] satisfies FaqProblem[]);
});

describe("two FAQs", () => {
  test("with one phrasing in common", () => {
    expect(
      checkFaqs(
        [faq("a", "多久发货", "两天", ["什么时候到"]), faq("b", "多久到货", "三天", ["什么时候到？"])],
        { wantedPhrasings: 0 },
      ),
    ).toContainEqual({
      kind: "shared-phrasing",
      severity: "error",
      ids: ["a", "b"],
      phrasing: "什么时候到？",
    });
  });

  test.each([
    ["怎么申请退货退款", "怎么申请退款退货"],
    ["支持七天无理由退货吗", "支持七天无理由退货不"],
    ["how do i return an item", "how can i return an item"],
  ])("that ask the same: %s / %s", (a, b) => {
    expect(kinds([faq("a", a, "在订单里申请"), faq("b", b, "在订单里申请")])).toContain("duplicate");
  });

  test.each([
    ["退货运费谁出", "换货运费谁出"],
    ["满99包邮吗", "满199包邮吗"],
    ["显示E4怎么办", "显示E5怎么办"],
    ["怎么开发票", "怎么改发票"],
    ["会员怎么开通", "会员怎么取消"],
  ])("that only look alike: %s / %s", (a, b) => {
    expect(kinds([faq("a", a, "请看订单"), faq("b", b, "请看订单")])).toEqual([]);
  });

  test("that mean the same in other words are seen with vectors", () => {
    const embed = (text: string) => Float32Array.from(/火星|红色星球/u.test(text) ? [1, 0] : [0, 1]);
    const list = [
      faq("a", "能寄去火星吗", "不能"),
      faq("b", "红色星球送不送", "不能"),
      faq("c", "多久发货", "两天"),
    ];
    expect(kinds(list)).toEqual([]);
    expect(checkFaqs(list, { wantedPhrasings: 0, embed })).toMatchObject([
      { kind: "duplicate", ids: ["a", "b"], similarity: 1 },
    ]);
  });
});

describe("answers that contradict each other", () => {
  test.each([
    ["付款后48小时内发货", "付款后24小时内发货", "number"],
    ["7天无理由退货", "支持十五天无理由退货", "number"],
    ["满99元包邮", "满¥199包邮", "number"],
    ["we ship within 2 days", "we ship within three days", "number"],
    ["可以的，直接申请就行", "抱歉，不可以哦", "yes-no"],
    ["支持开专票", "目前不支持开专票", "yes-no"],
    ["Yes, we do.", "No, sorry.", "yes-no"],
    ["亲，拆封后不支持退货", "亲，拆封后也支持退货的", "negation"],
  ])("%s / %s", (a, b, differsIn) => {
    expect(findAnswerConflict(a, b)).toMatchObject({ differsIn });
    expect(findAnswerConflict(b, a)).toMatchObject({ differsIn });
  });

  test.each([
    ["48小时内发货", "48小时内发出，周末顺延"],
    ["48小时内发货", "一般两天"],
    ["满99元包邮", "满九十九块包邮"],
    ["请在订单页申请", "打开订单页，点申请"],
    ["可以的", "可以，直接申请"],
    ["", "48小时"],
  ])("and such that do not: %s / %s", (a, b) => {
    expect(findAnswerConflict(a, b)).toBeNull();
  });

  test("are told only for questions that ask nearly the same", () => {
    const list = [
      faq("a", "一般多久可以发货", "24小时内发货"),
      faq("b", "下单后多久可以发货", "72小时内发货"),
      faq("c", "退款多久到账", "3小时内"),
    ];
    expect(checkFaqs(list, { wantedPhrasings: 0 })).toMatchObject([
      { kind: "contradiction", ids: ["a", "b"], differsIn: "number", values: ["24小时", "72小时"] },
    ]);
  });
});

test("errors come first", () => {
  const list = [faq("a", "怎么退货", "申请"), faq("b", "怎么退货", ""), faq("c", "", "好")];
  const found = checkFaqs(list).map(({ severity }) => severity);
  expect(found).toEqual([...found].sort((a, b) => "ewh".indexOf(a[0] ?? "") - "ewh".indexOf(b[0] ?? "")));
  expect(found[0]).toBe("error");
});

test("a long list within seconds", () => {
  const parts = ["发货", "退货", "换货", "运费", "发票", "尺码", "优惠", "会员", "地址", "取消"];
  const list = Array.from({ length: 1_000 }, (_, i) =>
    faq(
      `f${i}`,
      `${parts[i % 10]}的${parts[(i * 3 + 1) % 10]}怎么办${i}`,
      `${i}天`,
      ["多久", "怎么", "能不能"].map((ask) => `${ask}${parts[i % 10]}${parts[(i * 7) % 10]}${i}`),
    ),
  );
  expect(timed(() => void checkFaqs(list))).toBeLessThan(8_000);
});

test("any list: no throw, and every problem names FAQs of it", () => {
  const entry = fc.record({
    id: fc.constantFrom("a", "b", "c", "d"),
    question: anyText,
    answer: anyText,
    phrasings: fc.array(anyText, { maxLength: 3 }),
  });
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 6 }), (list) => {
      for (const problem of checkFaqs(list)) {
        const ids = "ids" in problem ? problem.ids : [problem.id];
        for (const id of ids) expect(list.some((own) => own.id === id)).toBe(true);
        expect(new Set(ids).size).toBe(ids.length);
      }
    }),
    { numRuns: 200 },
  );
});

test.each(hostileTexts)("%s", (_, text) => {
  expect(
    timed(
      () =>
        void checkFaqs([faq("a", text, text, [text]), faq("b", text, "48小时"), faq("c", "多久发货", text)]),
    ),
  ).toBeLessThan(2_500);
});
