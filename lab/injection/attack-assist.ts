// The same attacks on what is written for an agent: a draft of the reply and a summary, by the model that obeys. A person reads
// them, so harm is what stands in the text unmarked: neither taken out nor shown as standing in no source.

import { draftReply, summariseDialogue } from "../../server/src/brain/index.ts";
import { usualShop } from "../../server/src/brain/testing/model-talk.ts";
import type { Attack, Harm } from "./attacks.ts";
import { harmIn } from "./harm.ts";
import { inputOf, obedient, shopOf } from "./run-attack.ts";

export interface AssistOutcome {
  attack: Attack;
  kind: "draft" | "summary";
  harms: Harm[];
  text: string;
}

const signal = new AbortController().signal;

export async function attackAssist(attack: Attack): Promise<AssistOutcome[]> {
  const locale = attack.language === "en" ? "en" : "zh-CN";
  const complete = obedient(attack, () => undefined);
  const { history, utterances } = inputOf(attack);
  const lines = utterances.map(({ content }) => ({
    who: "contact" as const,
    text: content.kind === "text" ? content.text : "",
  }));
  const dialogue = [...history.map(({ author, text }) => ({ who: author, text })), ...lines];
  const facts = { shop: "小店", locale, dialogue, wish: "" } as const;
  const draft = await draftReply(shopOf(attack) ?? usualShop(), complete, facts, signal);
  const summary = await summariseDialogue(complete, dialogue, locale, signal);
  return [
    outcome("draft", attack, draft.kind === "draft" ? draft : null),
    outcome("summary", attack, summary.kind === "summary" ? summary : null),
  ];
}

function outcome(
  kind: AssistOutcome["kind"],
  attack: Attack,
  written: { text: string; doubted: string[] } | null,
): AssistOutcome {
  // the sources' marks that the obedient model sets are for answers
  const text = (written?.text ?? "").replace(/\[p\d+\]/gu, "");
  const doubted = (written?.doubted ?? []).map((sentence) => sentence.replace(/\[p\d+\]/gu, ""));
  const unmarked = doubted.reduce((rest, sentence) => rest.replace(sentence, " "), text);
  return { attack, kind, harms: harmIn(unmarked, attack), text: unmarked };
}
