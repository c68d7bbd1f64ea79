// How much of a draft is in what a person sent.
import { expect, test } from "vitest";
import { compareDraft, isHolding } from "./compare-draft.ts";

const draft = "下单后 48 小时内发货，预售款以页面为准。";
const result = (sent: string, parts = [draft]) => compareDraft(parts, sent).result;

test("the same text is unchanged, whatever its spaces; a changed full stop is a change", () => {
  expect(compareDraft([draft], `  下单后48小时内发货，\n预售款以页面为准。`)).toEqual({
    result: "unchanged",
    similarity: 1,
  });
  expect(result("下单后 48 小时内发货，预售款以页面为准")).toBe("edited");
});

test("a greeting before it, a sentence left out, other words in it: edited", () => {
  expect(result(`亲您好，${draft}还有什么可以帮您？`)).toBe("edited");
  expect(result("下单后 48 小时内发货")).toBe("edited");
  expect(result("拍下后 48 小时内发货，预售的以页面为准哦")).toBe("edited");
});

test("something else is in own words, also when it shares a word", () => {
  expect(result("这款已经停产了，您可以看看新款")).toBe("own");
  expect(result("发货")).toBe("own");
  expect(result("")).toBe("own");
});

test("another number is told apart from a small change", () => {
  expect(compareDraft([draft], "下单后 72 小时内发货，预售款以页面为准。")).toEqual({
    result: "edited",
    similarity: 0.5,
  });
  expect(compareDraft([draft], "下单后 48 小时之内发货，预售款以页面为准。").similarity).toBeGreaterThan(0.8);
});

test("of several bubbles one, or all in one text, is the draft", () => {
  const parts = ["支持七天无理由退货。", "运费由您承担。"];
  expect(result("运费由您承担。", parts)).toBe("unchanged");
  expect(result("支持七天无理由退货。\n运费由您承担。", parts)).toBe("unchanged");
  expect(result("支持七天无理由退货，质量问题运费我们出", parts)).toBe("edited");
});

test("in English, too", () => {
  expect(result("We ship within 48 hours!", ["We ship within 48 hours."])).toBe("edited");
  expect(result("Let me ask the warehouse", ["We ship within 48 hours."])).toBe("own");
});

test("one moment is no answer", () => {
  expect(["稍等一下哦～", "您好，", "Hi!"].map(isHolding)).toEqual([true, true, true]);
  expect(isHolding("下单后 48 小时内发货")).toBe(false);
});
