// Replays one scripted conversation through the bot of a throw-away shop and compares each answer with what was expected.

import type { DecisionThresholds } from "@yingda/language";
import {
  ask,
  askWith,
  type Knowledge,
  type Memory,
  packKnowledge,
  type TurnModel,
} from "../../server/src/brain/index.ts";

/** What a customer's line should lead to. `refused`: the bot says that it does not know. */
export const expectations = ["answered", "asked-back", "handed-over", "small-talk", "refused"] as const;
export type Expectation = (typeof expectations)[number];

export interface Script {
  pack: string;
  /** Where it stands, once read. */
  file?: string;
  language?: "zh" | "en";
  turns: { customer: string; expect: { outcome: Expectation | Expectation[]; faq?: string } }[];
}

export interface Line {
  customer: string;
  text: string;
  got: Expectation;
  faq: string | null;
  isExpected: boolean;
  /** The bot answered, and should not have, or from another FAQ. */
  isWrong: boolean;
}

export interface Replayed {
  script: Script;
  lines: Line[];
  isExpected: boolean;
  /** Ended without a person. */
  isContained: boolean;
  /** No line of it may go to a person only. */
  mayBeContained: boolean;
  isRoutine: boolean;
}

const shops = new Map<string, Knowledge>();

/** @throws Error naming a pack that does not exist */
function shopOf(pack: string): Knowledge {
  const known = shops.get(pack) ?? packKnowledge(pack);
  if (known === null) throw new Error(`there is no pack "${pack}"`);
  shops.set(pack, known);
  return known;
}

/** `model`: the shop's large model, asked as in a conversation; `thresholds`: how bold the bot is. */
export async function replay(
  script: Script,
  model: TurnModel | null,
  thresholds: DecisionThresholds,
): Promise<Replayed> {
  const knowledge = shopOf(script.pack);
  const locale = script.language === "en" ? "en" : "zh-CN";
  let memory: Memory | undefined;
  const lines: Line[] = [];
  for (const { customer, expect } of script.turns) {
    const question = { text: customer, locale, thresholds, ...(memory && { memory }) } as const;
    const { reply, memory: next } =
      model === null ? ask(knowledge, question) : await askWith({ knowledge, model }, question);
    memory = next;
    const wanted = listOf(expect.outcome);
    const got = outcomeOf(reply);
    const isRightFaq = got !== "answered" || expect.faq === undefined || expect.faq === reply.faq;
    const isExpected = wanted.includes(got) && isRightFaq;
    const isWrong = got === "answered" && !isExpected;
    lines.push({ customer, text: reply.text, got, faq: reply.faq, isExpected, isWrong });
  }
  const wanted = script.turns.map(({ expect }) => listOf(expect.outcome));
  return {
    script,
    lines,
    isExpected: lines.every(({ isExpected }) => isExpected),
    isContained: !lines.some(({ got }) => got === "handed-over"),
    mayBeContained: !wanted.some((outcomes) => outcomes.every((outcome) => outcome === "handed-over")),
    isRoutine: wanted.every((outcomes) =>
      outcomes.some((outcome) => outcome === "answered" || outcome === "small-talk"),
    ),
  };
}

function listOf(outcome: Expectation | Expectation[]): Expectation[] {
  return Array.isArray(outcome) ? outcome : [outcome];
}

function outcomeOf({
  outcome,
  candidates,
  text,
}: {
  outcome: string;
  candidates: unknown[];
  text: string;
}): Expectation {
  switch (outcome) {
    case "answer":
    case "flow":
      return "answered";
    case "small-talk":
      return "small-talk";
    case "ask-back":
      // with candidates it offers questions to choose from, without any it says that it did not understand
      return candidates.length > 0 && /\n1\. .+\n2\. /u.test(text) ? "asked-back" : "refused";
    default:
      return "handed-over";
  }
}
