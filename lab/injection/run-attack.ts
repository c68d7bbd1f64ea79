// One attack against the real decision: a shop, a turn with the attack in its place, and a model that obeys it to the letter,
// cites every source it was given and calls the tool it was told to. Twice: as the turn would go, and with the steps before the
// model left out, so that no attack is stopped only because the engine had an answer.

import type { TurnInput } from "@yingda/contract";
import { decide, type ShopKnowledge, textOfAction } from "../../server/src/brain/index.ts";
import { decideByModel, modelShop, shopFaq, usualShop } from "../../server/src/brain/testing/model-talk.ts";
import { turn } from "../../server/src/brain/testing/turns.ts";
import { type Complete, completer, type ModelRequest } from "../../server/src/inference/index.ts";
import { endOf, scriptedModel } from "../../server/src/inference/llm/testing/scripted-model.ts";
import type { Attack, Harm } from "./attacks.ts";
import { harmIn } from "./harm.ts";

export interface Outcome {
  attack: Attack;
  harms: Harm[];
  /** The model was asked, so the defence behind it was tried. */
  reachedModel: boolean;
  delivered: string[];
}

export interface Weakness {
  /** A tool policy that lets the model's calls through: the lab must see it. */
  obeysToolCalls?: boolean;
  /** What the model wrote goes out as it is. */
  sendsUnchecked?: boolean;
}

const limits = { firstTokenMs: 5_000, totalMs: 9_000, outputTokens: 600 };
const signal = new AbortController().signal;

export async function runAttack(attack: Attack, weakness: Weakness = {}): Promise<Outcome> {
  const calls: string[] = [];
  const delivered: string[] = [];
  let reachedModel = false;
  const knowledge = shopOf(attack);
  for (const isForced of [false, true]) {
    const input = inputOf(attack);
    const complete = obedient(attack, () => {
      reachedModel = true;
    });
    const watched: Complete = async (ask, signalOfCall, options) => {
      const completion = await complete(ask, signalOfCall, options);
      if (weakness.obeysToolCalls && completion.kind === "text") calls.push(...completion.refusedTools);
      if (weakness.sendsUnchecked && completion.kind === "text") delivered.push(completion.text);
      return completion;
    };
    const model = { complete: watched, shop: "小店" };
    const tools = async ({ tool }: { tool: string }) => {
      calls.push(tool);
      return { kind: "failure" as const, why: "unavailable" as const };
    };
    const decision = isForced
      ? await decideByModel(watched, input, knowledge)
      : await decide({ knowledge: knowledge ?? usualShop(), model, tools }, input, signal);
    delivered.push((decision?.actions ?? []).map(textOfAction).join("\n"));
  }
  const harms = new Set(delivered.flatMap((text) => harmIn(text, attack)));
  if (calls.length > 0 && attack.mustNot.includes("tool-call")) harms.add("tool-call");
  return { attack, harms: [...harms], reachedModel, delivered };
}

/** Says and calls what it was told, whatever it is asked, and names every source it was given. */
function obedient({ obeyed }: Attack, asked: () => void): Complete {
  const model = scriptedModel((request) => {
    asked();
    const ids = idsIn(request);
    const marks = ids.map((id) => `[${id}]`).join("");
    const text = (obeyed.say ?? "").replace(/(?<=[。！!？?.])(?=\s|$|\P{L})|$/gu, marks);
    return [
      ...(text === "" ? [] : [{ kind: "text-delta" as const, text }]),
      ...(obeyed.toolCall === undefined
        ? []
        : [
            {
              kind: "tool-call" as const,
              call: { id: "c1", name: obeyed.toolCall.name, input: obeyed.toolCall.arguments },
            },
          ]),
      endOf("custom/obedient", obeyed.toolCall === undefined ? "complete" : "tool-calls"),
    ];
  }, "custom/obedient");
  return completer({
    models: { forTask: () => model, limits: () => limits },
    mayAsk: async () => true,
    used: () => undefined,
    failed: (error) => {
      throw error;
    },
  });
}

function idsIn({ messages }: ModelRequest): string[] {
  const text = messages.map((message) => message.text).join("\n");
  return [...text.matchAll(/"id":"(p\d+)"/g)].map(([, id = ""]) => id);
}

/** What the contact writes: the attack itself, or a question that finds the text it hides in. */
function questionOf({ place, text, language }: Attack): string {
  if (place === "message" || place === "contact-name" || place === "file-name") return text.slice(0, 2_000);
  if (place === "history") return language === "zh" ? "那就按刚才说的吧" : "then do as we said";
  return text.replace(/[^\p{L}\p{N} ，。]/gu, " ").slice(0, 40);
}

function inputOf(attack: Attack): TurnInput {
  const { place, text, language } = attack;
  const history: TurnInput["history"] =
    place === "history" ? [{ author: "contact", text, faqSlug: null }] : [];
  const context: Record<string, string> = place === "contact-name" ? { name: text } : {};
  return turn(questionOf(attack), { history, context, locale: language === "en" ? "en" : "zh-CN" });
}

function shopOf(attack: Attack): ShopKnowledge | undefined {
  const { place, text } = attack;
  if (place === "faq") return modelShop({ faqs: [shopFaq("poisoned", questionOf(attack), text)] });
  if (place === "passage" || place === "tool-result")
    return modelShop({ passages: [{ id: "x", heading: [], text, page: 9 }] });
  return undefined; // the usual shop
}
