// Turns to decide on in tests: what was said, everything else as usual; answered by the clothing pack, with its blanks
// filled by the samples (`knowledge`) or not at all (`empty`).

import type { Content, TurnDecision, TurnInput } from "@yingda/contract";
import { decideNow } from "../decide.ts";
import { packKnowledge } from "../knowledge/pack-knowledge.ts";

function pack(blanks?: ReadonlyMap<string, string>) {
  const loaded = packKnowledge("apparel", blanks);
  if (loaded === null) throw new Error("the pack is missing");
  return loaded;
}

export const knowledge = pack();
export const empty = pack(new Map());

const signal = new AbortController().signal;

export function turn(
  said: string | Content | (string | Content)[],
  changes: Partial<TurnInput> = {},
): TurnInput {
  const lines = Array.isArray(said) ? said : [said];
  return {
    tenantId: "t",
    conversationId: "c",
    inboxId: "i",
    channel: "web",
    utterances: lines.map((line, index) => ({
      messageId: `m${index}`,
      content: typeof line === "string" ? { kind: "text", text: line } : line,
      at: new Date(0),
    })),
    history: [],
    locale: "zh-CN",
    handoffAvailability: "open",
    queue: { place: null, expectedWaitSeconds: null },
    thresholds: { answer: 0.75, askBack: 0.25 },
    flowState: null,
    turnsWithoutProgress: 0,
    context: {},
    ...changes,
  };
}

export function decideOn(
  said: Parameters<typeof turn>[0],
  changes: Partial<TurnInput> = {},
  deps = knowledge,
): TurnDecision {
  return decideNow({ knowledge: deps }, turn(said, changes), signal);
}
