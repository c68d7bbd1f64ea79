// A brain that says what a test wants, for tests of turns: what it is asked is kept, and it can be made to wait.
import type { Action, TurnDecision, TurnInput } from "@yingda/contract";
import { textOf } from "@yingda/contract";
import type { Brain } from "../src/turns/index.ts";

/** Decides by the last line: "?…" is not understood, "人工" wants a person, "!" fails, anything else is answered. */
export class ScriptedBrain implements Brain {
  readonly asked: TurnInput[] = [];
  /** Said one by one before the whole answer. */
  deltas: string[] = [];
  /** Waited for before each decision, when set. */
  gate: Promise<unknown> = Promise.resolve();
  async decide(
    _ctx: unknown,
    input: TurnInput,
    _signal: AbortSignal,
    onDelta: (text: string) => void,
  ): Promise<TurnDecision> {
    this.asked.push(input);
    for (const text of this.deltas) onDelta(text);
    await this.gate;
    const said = input.utterances.map(({ content }) => textOf(content)).join(" + ");
    if (said.includes("!")) throw new Error("the model is gone");
    if (said.includes("人工"))
      return decided(
        "handoff",
        [{ kind: "handoff", reason: "asked-for-human", summary: said, text: "正在转接" }],
        true,
      );
    if (said.includes("?")) {
      const candidates = [{ faq: "a", question: "退货", confidence: 0.4 }];
      return decided("ask-back", [
        {
          kind: "ask-back",
          text: "您想问？",
          choices: [{ id: "a", label: "退货", action: "say" }],
          candidates,
        },
        {
          kind: "set-flow-state",
          state: { kind: "asked-back", candidates: [{ slug: "a", question: "退货" }] },
        },
      ]);
    }
    return decided(
      "answer",
      [{ kind: "reply", content: { kind: "text", text: `答：${said}` }, faq: "a", citations: [] }],
      true,
      "a",
    );
  }
}
function decided(
  outcome: TurnDecision["outcome"],
  actions: Action[],
  isSendable = false,
  faq: string | null = null,
): TurnDecision {
  return {
    outcome,
    isSendable,
    faq,
    confidence: 0.9,
    actions,
    understanding: {
      language: "zh",
      sentiment: "neutral",
      urgency: "normal",
      wantsHuman: false,
      candidates: [],
    },
    trace: [
      {
        step: "test",
        saw: "客户的原话",
        decided: outcome,
        because: { code: "scripted", values: {} },
        tookMs: 0,
      },
    ],
  };
}
