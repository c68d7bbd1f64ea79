// Which questions and answers are for anybody: no customer's things go into what is kept, and nothing that leans on a dialogue.
import { expect, test } from "vitest";
import { wordsFor } from "../manner/persona.ts";
import { decideWith, scripted, usualShop } from "../testing/model-talk.ts";
import { turn } from "../testing/turns.ts";
import type { Turn } from "../turn.ts";
import { listen } from "../understanding/understand.ts";
import { isForAnybody, keptAs } from "./kept-question.ts";

const turnOf = (
  text: string,
  history: { author: "contact" | "bot"; text: string; faqSlug: null }[] = [],
): Turn => {
  const input = turn(text, { history });
  const heard = listen(input);
  return {
    input,
    heard,
    knowledge: usualShop(),
    candidates: [],
    say: wordsFor(heard.locale, undefined),
    flows: null,
  };
};

test("one spelling of a question; another number is another question", () => {
  expect(keptAs(turnOf("滤芯多久换一次？"))).toBe(keptAs(turnOf("滤芯多久换一次 ")));
  expect(keptAs(turnOf("买2件便宜吗"))).not.toBe(keptAs(turnOf("买3件便宜吗")));
});

test.each([
  "我的订单 A20261101888 能退吗",
  "打我电话 13800138000 行吗",
  "寄到 zhang@example.com 可以吗",
  "我叫张三，滤芯多久换",
  "我165穿什么码",
])("what names a customer's things is not kept: %s", (text) => {
  expect(keptAs(turnOf(text))).toBeNull();
});

test("a line that leans on the dialogue is not kept", () => {
  const before = [{ author: "contact" as const, text: "有蓝色的吗", faqSlug: null }];
  expect(keptAs(turnOf("那红色的呢", before))).toBeNull();
});

test("an answer with words that only the customer said is theirs alone", () => {
  const asked = turnOf("小雅姐家的滤芯多久换");
  const source = ["滤芯建议每六个月更换一次。"];
  expect(isForAnybody(asked, "滤芯建议每六个月更换一次。", source)).toBe(true);
  expect(isForAnybody(asked, "小雅姐，滤芯建议每六个月更换一次。", source)).toBe(false);
  const later = turnOf("滤芯多久换", [{ author: "contact", text: "你好", faqSlug: null }]);
  expect(isForAnybody(later, "滤芯建议每六个月更换一次。", source)).toBe(false);
});

test("what the guard let through whole may be kept, anything else may not", async () => {
  let kept = 0;
  const model = (text: string) =>
    scripted((ask) => {
      const rows = (ask.prompt === "answer-over-passages" ? ask.inputs.data.passages : []) as {
        id: string;
        text: string;
      }[];
      const id = rows.find((row) => row.text.includes("进水阀"))?.id ?? "p0";
      return {
        kind: "text",
        text: `${text}[${id}]`,
        model: "custom/scripted",
        prompt: ask.prompt,
        refusedTools: [],
        tookMs: 1,
        keep: () => {
          kept += 1;
        },
      };
    }).complete;
  await decideWith(model("更换滤芯前请先关闭进水阀。"), turn("换滤芯之前要关水吗"));
  expect(kept).toBe(1);
  await decideWith(model("更换滤芯前请先关闭进水阀。整机终身质保。"), turn("换滤芯之前要关水吗"));
  await decideWith(model("滤芯建议每九个月更换一次。"), turn("换滤芯之前要关水吗"));
  expect(kept).toBe(1);
});
