import {
  type Action,
  type Content,
  channelCapabilities,
  type Message,
  outcomes,
  type TurnDecision,
} from "@yingda/contract";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ownDecision } from "./own-decision.ts";
import { planTurn } from "./plan-turn.ts";
import { localeOf, sayWhen } from "./texts.ts";
import { emptyMemory, pickedChoice } from "./turn-input.ts";

const web = channelCapabilities.web;
const plainText = { contentKinds: ["text"], mergeReplies: false };

function decision(actions: Action[], given: Partial<TurnDecision> = {}): TurnDecision {
  return {
    outcome: "answer",
    isSendable: true,
    faq: "return-policy",
    confidence: 0.9,
    actions,
    understanding: {
      language: "zh",
      sentiment: "neutral",
      urgency: "normal",
      wantsHuman: false,
      candidates: [],
    },
    trace: [],
    ...given,
  };
}
const say = (text: string): Action => ({
  kind: "reply",
  content: { kind: "text", text },
  faq: null,
  citations: [],
});
const citation = { kind: "faq", slug: "return-policy", title: "退货", checkedOn: null } as const;

describe("what a decision becomes", () => {
  test("an answer keeps its proof and asks whether it solved it", () => {
    const action: Action = {
      kind: "reply",
      content: { kind: "text", text: "七天内可退。" },
      faq: "return-policy",
      citations: [citation],
    };
    const plan = planTurn(decision([action]), emptyMemory, web, "zh-CN");
    expect(plan.contents).toEqual([
      {
        kind: "choices",
        text: "七天内可退。",
        citations: [citation],
        choices: [
          { id: "solved", label: "解决了", action: "solved" },
          { id: "not-solved", label: "没解决", action: "not-solved" },
        ],
      },
    ]);
    expect(plan.handoff).toBeNull();
  });

  test("below a flow's question, which follows the answer to another one, nobody asks whether it is solved", () => {
    const state = {
      kind: "flow",
      flow: "order-status",
      run: {},
      at: "2026-11-22T01:00:00Z",
      dueAt: null,
    } as const;
    const actions: Action[] = [
      say("48 小时内发货。"),
      say("我们继续：请告诉我订单号。"),
      { kind: "set-flow-state", state },
    ];
    const { contents } = planTurn(decision(actions), emptyMemory, web, "zh-CN");
    expect(contents.map(({ kind }) => kind)).toEqual(["text", "text"]);
  });

  test("where there are no buttons the answer stays plain text", () => {
    const plan = planTurn(decision([say("好的。")]), emptyMemory, plainText, "zh-CN");
    expect(plan.contents).toEqual([{ kind: "text", text: "好的。" }]);
  });

  test("an ask-back offers buttons, or numbered lines where there are none", () => {
    const ask: Action = {
      kind: "ask-back",
      text: "您想问哪一个？",
      choices: [
        { id: "a", label: "退货", action: "say" },
        { id: "b", label: "换货", action: "say" },
      ],
      candidates: [],
    };
    const asked = decision([ask], { outcome: "ask-back" });
    expect(planTurn(asked, emptyMemory, web, "zh-CN").contents[0]).toMatchObject({
      kind: "choices",
      text: "您想问哪一个？",
    });
    expect(planTurn(asked, emptyMemory, plainText, "zh-CN").contents).toEqual([
      { kind: "text", text: "您想问哪一个？\n1. 退货\n2. 换货" },
    ]);
  });

  test("a hand-over brings its words, its reason and its summary, once", () => {
    const handoff: Action = {
      kind: "handoff",
      reason: "asked-for-human",
      summary: "想找人工",
      text: "正在转接",
    };
    const plan = planTurn(decision([handoff, handoff], { outcome: "handoff" }), emptyMemory, web, "zh-CN");
    expect(plan.handoff).toEqual({ reason: "asked-for-human", summary: "想找人工" });
    expect(plan.contents).toContainEqual({ kind: "text", text: "正在转接" });
  });

  test("a held answer is not said: the contact hears that a colleague is asked", () => {
    const hold: Action = {
      kind: "hold",
      reason: "held",
      summary: "缺少退货地址",
      text: "我帮您问一下同事",
      faq: "return-address",
    };
    const plan = planTurn(decision([hold], { outcome: "held" }), emptyMemory, web, "zh-CN");
    expect(plan.contents).toEqual([{ kind: "text", text: "我帮您问一下同事" }]);
    expect(plan.handoff).toEqual({ reason: "held", summary: "缺少退货地址" });
  });

  test("nobody there: the form is a button", () => {
    const offer: Action = { kind: "offer-leave-message", reason: "no-answer", text: "可以留言" };
    const plan = planTurn(decision([offer], { outcome: "leave-message" }), emptyMemory, web, "en");
    expect(plan.contents).toEqual([
      {
        kind: "choices",
        text: "可以留言",
        choices: [{ id: "leave-message", label: "Leave a message", action: "leave-message" }],
      },
    ]);
    expect(plan.offeredForm).toBe(true);
  });

  test("texts are merged where replies cost quota, with all their proofs", () => {
    const one: Action = {
      kind: "reply",
      content: { kind: "text", text: "一" },
      faq: null,
      citations: [citation],
    };
    const plan = planTurn(
      decision([one, say("二")], { outcome: "small-talk" }),
      emptyMemory,
      { ...plainText, mergeReplies: true },
      "zh-CN",
    );
    expect(plan.contents).toEqual([{ kind: "text", text: "一\n\n二", citations: [citation] }]);
  });

  test("progress is counted from turn to turn", () => {
    const before = { flowState: null, withoutProgress: 1 };
    expect(planTurn(decision([], { outcome: "ask-back" }), before, web, "zh-CN").memory.withoutProgress).toBe(
      2,
    );
    expect(planTurn(decision([]), before, web, "zh-CN").memory.withoutProgress).toBe(0);
  });

  test("an open question is remembered only when the brain says so", () => {
    const state = { kind: "asked-back" as const, candidates: [{ slug: "a", question: "退货" }] };
    const plan = planTurn(
      decision([{ kind: "set-flow-state", state }], { outcome: "ask-back" }),
      emptyMemory,
      web,
      "zh-CN",
    );
    expect(plan.memory.flowState).toEqual(state);
    const after = planTurn(decision([say("好")]), { flowState: state, withoutProgress: 0 }, web, "zh-CN");
    expect(after.memory.flowState).toBeNull();
  });

  const anyAction: fc.Arbitrary<Action> = fc.oneof(
    fc.string({ minLength: 1 }).map(say),
    fc.constant<Action>({ kind: "handoff", reason: "complaint", summary: "s", text: "t" }),
    fc.constant<Action>({ kind: "hold", reason: "held", summary: "s", text: "t", faq: null }),
    fc.constant<Action>({ kind: "offer-leave-message", reason: "no-answer", text: "t" }),
    fc.constant<Action>({ kind: "set-flow-state", state: null }),
    fc.constant<Action>({ kind: "request-ticket", number: "T1", summary: "s" }),
  );

  test("whatever the brain decides, there is at most one hand-over and every bubble is one the channel takes", () => {
    fc.assert(
      fc.property(
        fc.array(anyAction, { maxLength: 6 }),
        fc.constantFrom(...outcomes),
        fc.boolean(),
        fc.boolean(),
        (actions, outcome, hasButtons, mergeReplies) => {
          const channel = { contentKinds: hasButtons ? ["text", "choices"] : ["text"], mergeReplies };
          const plan = planTurn(decision(actions, { outcome }), emptyMemory, channel, "zh-CN");
          for (const { kind } of plan.contents) expect(channel.contentKinds).toContain(kind);
          const wantsPerson = actions.some(
            ({ kind }) => kind === "handoff" || kind === "hold" || kind === "request-ticket",
          );
          expect(plan.handoff !== null).toBe(wantsPerson);
          if (mergeReplies)
            expect(plan.contents.length).toBeLessThanOrEqual(1 + (hasButtons ? actions.length : 0));
        },
      ),
    );
  });
});

describe("without the brain", () => {
  const line = {
    id: "m",
    kind: "inbound",
    content: { kind: "text", text: "我要退货！" },
    createdAt: "2026-11-20T02:00:00Z",
  } as unknown as Message;
  const open = { availability: "open", place: 1, expectedWaitSeconds: null, opensAt: null } as const;

  test("somebody is there: connecting, with what was said for the agent", () => {
    const { actions, outcome } = ownDecision("bot-failed", {
      lines: [line],
      availability: open,
      locale: "zh-CN",
      timeZone: "Asia/Shanghai",
    });
    expect(outcome).toBe("handoff");
    expect(actions).toEqual([
      {
        kind: "handoff",
        reason: "bot-failed",
        summary: "机器人没能回答（出错或超时）。\n我要退货！",
        text: "正在为您转接人工客服，请稍候。",
      },
    ]);
  });

  test("in a queue the place is said", () => {
    const availability = { ...open, availability: "queueing", place: 3 } as const;
    const { actions } = ownDecision("not-solved", {
      lines: [line],
      availability,
      locale: "en",
      timeZone: "Asia/Shanghai",
    });
    expect(actions[0]).toMatchObject({
      text: "I'm connecting you to a colleague. You are number 3 in line.",
    });
  });

  test("closed: the form, and when the shop opens by its own clock", () => {
    const availability = {
      availability: "closed",
      place: null,
      expectedWaitSeconds: null,
      opensAt: new Date("2026-11-23T01:00:00Z"),
    } as const;
    const { actions, outcome } = ownDecision("bot-off", {
      lines: [line],
      availability,
      locale: "zh-CN",
      timeZone: "Asia/Shanghai",
    });
    expect(outcome).toBe("leave-message");
    expect(actions[0]).toMatchObject({ kind: "offer-leave-message" });
    expect("text" in (actions[0] ?? {}) && (actions[0] as { text: string }).text).toContain(
      "11月23日周一 09:00",
    );
  });
});

test("a pressed button is one choice; a text is none", () => {
  const choice = { id: "human", label: "转人工", action: "human" as const };
  const pressed: Content = { kind: "choices", text: "转人工", choices: [choice] };
  expect(pickedChoice(pressed)).toEqual(choice);
  expect(pickedChoice({ kind: "text", text: "转人工" })).toBeNull();
  expect(pickedChoice({ kind: "choices", text: "", choices: [choice, choice] })).toBeNull();
});

test("languages", () => {
  expect(localeOf("zh-Hant", "en")).toBe("zh-CN");
  expect(localeOf("en-US", "zh-CN")).toBe("en");
  expect(localeOf("fr", "zh-CN")).toBe("en");
  expect(localeOf(null, "zh-CN")).toBe("zh-CN");
  expect(sayWhen(new Date("2026-11-23T01:00:00Z"), "en", "Asia/Shanghai")).toContain("09:00");
});
