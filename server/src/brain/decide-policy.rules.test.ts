// Turns in a shop with policies: computed with the rule cited, asked back for what is missing, gone on from, and left to
// the FAQs where they are meant.

import type { PolicyId, TurnDecision, TurnInput } from "@yingda/contract";
import { describe, expect, test } from "vitest";
import { becauseSentences } from "./explain.ts";
import { packKnowledge } from "./knowledge/pack-knowledge.ts";
import { shippedPolicy, shippedPolicyKeys } from "./policies/index.ts";
import { decideOn, turn } from "./testing/turns.ts";

const shop = packKnowledge("apparel") ?? expect.fail("the pack is missing");
shop.usePolicies(
  new Map(
    shippedPolicyKeys.map((key) => [
      key as PolicyId,
      { policy: shippedPolicy(key), checkedOn: "2026-11-20" },
    ]),
  ),
);
/** A Saturday noon in Shanghai. */
const now = new Date("2026-11-21T04:00:00Z");
const said = (text: string, changes: Partial<TurnInput> = {}) => {
  const input = turn(text, changes);
  return decideOn(
    text,
    { ...changes, utterances: input.utterances.map((line) => ({ ...line, at: now })) },
    shop,
  );
};
const textOf = ({ actions: [first] }: TurnDecision) =>
  first?.kind === "reply" && first.content.kind === "text"
    ? first.content.text
    : first?.kind === "ask-back"
      ? first.text
      : "";
const stateOf = ({ actions }: TurnDecision): TurnInput["flowState"] => {
  const change = actions.find(({ kind }) => kind === "set-flow-state");
  return change?.kind === "set-flow-state" ? change.state : null;
};
const codeOf = ({ trace }: TurnDecision) => trace.at(-1)?.because.code ?? "";

describe("computed", () => {
  test("with the rule cited and the computation shown, at once", () => {
    const decision = said("上周三签收的裙子还能退吗");
    expect(decision).toMatchObject({ outcome: "ask-back" }); // eight to fourteen days: only a gold member could
    expect(textOf(decision)).toContain("金卡会员");
    const fresh = said("前天收到的裙子，还能退吗？");
    expect(fresh).toMatchObject({ outcome: "answer", isSendable: true, faq: null });
    expect(textOf(fresh)).toContain("可以退");
    expect(textOf(fresh)).toContain("签收后 7 天内");
    expect(textOf(fresh)).toContain("2026-11-19");
    expect(fresh.actions[0]).toMatchObject({
      citations: [
        { kind: "policy", policy: "return-window", rule: "within-window", checkedOn: "2026-11-20" },
      ],
    });
    expect(codeOf(fresh)).toBe("policy-decided");
  });

  test("days are the shop's own, unless the policy names a zone", () => {
    const asked = "Can I still return it? I received it on November 13";
    // the evening before in New York: the seventh day there, the eighth in Shanghai
    const there = said(asked, { timeZone: "America/New_York" });
    expect(there).toMatchObject({ outcome: "answer" });
    expect(textOf(there)).toContain("7 days ago (2026-11-13)");
    expect(said(asked, { timeZone: "Asia/Shanghai" })).toMatchObject({ outcome: "ask-back" });
    const known = shop.policies.find(({ policy }) => policy.key === "return-window") ?? expect.fail("gone");
    const own = { ...known.policy, timeZone: "Asia/Shanghai", hasOwnZone: true };
    shop.setPolicy("return-window" as PolicyId, { ...known, policy: own });
    expect(said(asked, { timeZone: "America/New_York" })).toMatchObject({ outcome: "ask-back" });
    shop.setPolicy("return-window" as PolicyId, known);
  });

  test("in English", () => {
    const decision = said("I received it two days ago, can I still return it?", { locale: "en" });
    expect(decision.outcome).toBe("answer");
    expect(textOf(decision)).toContain("within 7 days of receipt");
  });

  test("a missing input is asked for, and its bare answer decides", () => {
    const asked = said("这条裙子还能退吗，想退掉");
    expect(asked).toMatchObject({ outcome: "ask-back", isSendable: false });
    expect(textOf(asked)).toBe("请问您是哪天签收的？");
    expect(codeOf(asked)).toBe("policy-asks");
    const answered = said("昨天", { flowState: stateOf(asked) });
    expect(answered.outcome).toBe("answer");
    expect(textOf(answered)).toContain("2026-11-20");
  });

  test("of several missing inputs one after the other, with the choices to press", () => {
    const asked = said("上周三签收的，能退吗");
    expect(asked.actions[0]).toMatchObject({
      kind: "ask-back",
      choices: [{ label: "金卡会员" }, { label: "其他客户" }, { action: "human" }],
    });
    expect(textOf(said("金卡会员", { flowState: stateOf(asked) }))).toContain("15 天内");
    expect(textOf(said("不是", { flowState: stateOf(asked) }))).toContain("已经过了退货期");
  });

  test("the next question goes on from it, until half an hour has passed", () => {
    const first = said("前天收到的，能退吗");
    const flowState = stateOf(first);
    expect(textOf(said("那上个月5号收到的呢", { flowState }))).toContain("2026-10-05");
    const old = flowState?.kind === "policy" ? { ...flowState, at: "2026-11-21T03:00:00Z" } : null;
    expect(codeOf(said("那上个月5号收到的呢", { flowState: old }))).not.toBe("policy-decided");
  });

  test("thanks in between does not forget it", () => {
    const flowState = stateOf(said("前天收到的，能退吗"));
    expect(stateOf(said("谢谢", { flowState }))).toEqual(flowState);
  });
});

describe("left to the FAQs", () => {
  test.each(["怎么退货", "退款多久到账", "昨天买的怎么还没发货", "你好"])("%s", (text) => {
    expect(codeOf(said(text))).not.toMatch(/^policy-/u);
  });

  test("another matter while an input is waited for", () => {
    const asked = said("这条裙子还能退吗，想退掉");
    const other = said("你们店在哪里", { flowState: stateOf(asked) });
    expect(codeOf(other)).not.toMatch(/^policy-/u);
    expect(stateOf(other)?.kind).not.toBe("policy");
  });

  test("an upset contact is not asked for dates", () => {
    const decision = said("垃圾店，到底能不能退，我要投诉你们");
    expect(codeOf(decision)).not.toBe("policy-asks");
  });
});

test("every code has a sentence", () => {
  for (const code of ["no-policy", "policy-decided", "policy-asks"])
    expect(becauseSentences[code]?.["zh-CN"]).toBeTruthy();
});
