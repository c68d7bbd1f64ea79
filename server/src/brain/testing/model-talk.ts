// A shop with a few FAQs, a manual and a price list, and a large model that says what its script says: for tests and the lab.

import type { TurnDecision, TurnInput } from "@yingda/contract";
import { normalise, readMood } from "@yingda/language";
import type { Complete, Completion, PromptAsk } from "../../inference/index.ts";
import { answerByModel } from "../answer-model.ts";
import { decide } from "../decide.ts";
import { knownDocument } from "../documents/search/known-document.ts";
import { type AskedAnswer, type AskTool, askInTime } from "../flows/turn/shop-flows.ts";
import { type KnownFaq, ShopKnowledge } from "../knowledge/knowledge.ts";
import { knownTable } from "../knowledge/tables/known-table.ts";
import { wordsFor } from "../manner/persona.ts";
import { askModelInTime } from "../model/model-call.ts";
import type { ModelTool } from "../tools/model-tools.ts";
import { Tracer, type Turn } from "../turn.ts";
import { findQuestions, listen } from "../understanding/understand.ts";

export interface Scripted {
  /** What was asked, in order. */
  asked: PromptAsk[];
  complete: Complete;
}

/** A text is what the model writes; a failure is why it wrote nothing. */
export function scripted(script: (ask: PromptAsk) => string | Completion | Promise<Completion>): Scripted {
  const asked: PromptAsk[] = [];
  return {
    asked,
    async complete(ask, _signal, options) {
      asked.push(ask);
      const said = await script(ask);
      if (typeof said !== "string") return said;
      for (let end = 1; end <= said.length; end += 1) options?.onText?.(said.slice(0, end));
      return {
        kind: "text",
        text: said,
        model: "custom/scripted",
        prompt: ask.prompt,
        refusedTools: [],
        tookMs: 7,
      };
    },
  };
}

const faq = (slug: string, question: string, answer: string, phrasings: string[] = []): KnownFaq => ({
  slug,
  question,
  questionEn: "",
  answer,
  answerEn: "",
  phrasings,
  negatives: [],
  unborrowed: [],
  checkedOn: "2026-11-01",
});

export const manualPassages = [
  {
    id: "m1",
    heading: ["滤芯"],
    text: "滤芯建议每六个月更换一次。更换前请先关闭进水阀，再按住复位键三秒，指示灯变绿即完成。",
    page: 3,
  },
  { id: "m2", heading: ["清洁"], text: "外壳可用拧干的软布擦拭，不要使用酒精或含氯清洁剂。", page: 5 },
];

/** `more`: FAQs and passages of a test's own. */
export function modelShop(more: { faqs?: KnownFaq[]; passages?: typeof manualPassages } = {}): ShopKnowledge {
  const knowledge = new ShopKnowledge(
    [
      faq("returns", "怎么退货", "签收后 7 天内可以退货，请保持吊牌完好，运费由买家承担。", ["我想退货"]),
      faq("ship", "多久发货", "下单后 48 小时内发货。", ["什么时候发货"]),
      ...(more.faqs ?? []),
    ],
    new Map(),
  );
  knowledge.useDocuments([
    knownDocument({
      id: "manual",
      title: "净水器手册",
      stamp: "1",
      checkedOn: "2026-11-21",
      passages: [...manualPassages, ...(more.passages ?? [])].map((one) => ({ ...one, url: null })),
    }),
  ]);
  knowledge.useTables([
    knownTable({
      name: "配件价目",
      rows: [
        ["型号", "单价", "内部成本"],
        ["K3 滤芯", "¥68", "12"],
        ["K5 滤芯", "¥98", "20"],
      ],
      updated_at: new Date("2026-11-20T00:00:00Z"),
    }),
  ]);
  return knowledge;
}

export const shopFaq = faq;

let usual: ShopKnowledge | null = null;
/** The shop as it is, trained once: nothing may be changed in it. */
export function usualShop(): ShopKnowledge {
  usual ??= modelShop();
  return usual;
}

/** The decision of one turn with the model asked. */
export function decideWith(
  model: Scripted["complete"],
  input: TurnInput,
  knowledge: ShopKnowledge = usualShop(),
  {
    tools = [],
    askTool,
    onSaid,
  }: { tools?: readonly ModelTool[]; askTool?: AskTool; onSaid?: (text: string) => void } = {},
): Promise<TurnDecision> {
  const turnModel = { complete: model, shop: "小店", tools, onSaid };
  return decide({ knowledge, model: turnModel, tools: askTool }, input, new AbortController().signal);
}

/** The step of the large model alone, as if no step before it had an answer; null when it passes. */
export async function decideByModel(
  complete: Scripted["complete"],
  input: TurnInput,
  knowledge: ShopKnowledge = usualShop(),
  more: { tools?: readonly ModelTool[]; askTool?: AskTool; onSaid?: (text: string) => void } = {},
): Promise<Pick<TurnDecision, "outcome" | "actions"> | null> {
  const heard = listen(input);
  const asked = findQuestions(heard, input, knowledge);
  const near = asked.best.matches.map(({ id, confidence }) => ({ faq: id, question: "", confidence }));
  // so that there is a source, whatever is asked
  const candidates = [{ faq: "returns", question: "", confidence: 0.3 }, ...near];
  const turnOfTest: Turn = {
    input,
    heard: { ...heard, mood: readMood(normalise("")) },
    knowledge,
    candidates,
    say: wordsFor(heard.locale, undefined),
    flows: null,
  };
  const { tools = [], askTool, onSaid } = more;
  const work = answerByModel(turnOfTest, { complete, shop: "小店", tools, onSaid }, new Tracer(() => 0));
  const signal = new AbortController().signal;
  type Told = Awaited<ReturnType<typeof askModelInTime>> & AskedAnswer;
  let step = work.next();
  while (step.done !== true) {
    const answer =
      "ask" in step.value
        ? await askModelInTime(complete, step.value, signal)
        : await askInTime(askTool, step.value, signal);
    step = work.next(answer as Told);
  }
  return step.value;
}
