// A summary of a conversation for the colleague who takes it over: only what was said in it, the rest taken out or marked.

import type { Complete, Completion } from "../../inference/index.ts";
import type { Locale } from "../knowledge/knowledge.ts";
import type { DialogueRow } from "./dialogue.ts";
import { type Marked, markUnsupported, sentencesOf } from "./mark-unsupported.ts";

export type Summary =
  | ({ kind: "summary"; model: string } & Marked)
  | { kind: "unsupported" }
  | Extract<Completion, { kind: "failure" }>;

/** `dialogue`: oldest first. */
export async function summariseDialogue(
  complete: Complete,
  dialogue: readonly DialogueRow[],
  locale: Locale,
  signal: AbortSignal,
): Promise<Summary> {
  const isEnglish = locale === "en";
  const inputs = { words: { language: isEnglish ? "English" : "中文" }, data: { dialogue } };
  const reply = await complete({ prompt: "summarise", language: isEnglish ? "en" : "zh", inputs }, signal);
  if (reply.kind === "failure") return reply;
  const said = dialogue.map(({ text }) => text);
  const marked = markUnsupported(reply.text, said, [], locale);
  if (marked === null) return { kind: "unsupported" };
  const doubted = new Set([...marked.doubted, ...claimedByContact(marked.text, dialogue, locale)]);
  return { kind: "summary", model: reply.model, ...marked, doubted: [...doubted] };
}

/** A sentence that is told of the customer may tell what they want or say. */
const ofCustomer =
  /^\s*[-•*\d.、]*\s*(?:该|这位)?(?:客户|顾客|买家|对方|用户)|^\s*[-•*\d.]*\s*(?:the )?(?:customer|client|contact|buyer)\b/iu;

/** Promises that stand in the contact's lines alone, told as if the shop had made them. */
function claimedByContact(text: string, dialogue: readonly DialogueRow[], locale: Locale): string[] {
  const of = (isContact: boolean) =>
    dialogue.filter(({ who }) => (who === "contact") === isContact).map((row) => row.text);
  const removed = markUnsupported(text, of(false), of(true), locale)?.removed ?? sentencesOf(text);
  return removed.filter((sentence) => !ofCustomer.test(sentence));
}
