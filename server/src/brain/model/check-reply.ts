// What of a generated reply may be sent: only sentences that stand in the sources it cites, and of them only those whose
// numbers and promises the guard finds there. Everything generated goes through here, whoever asked the model.

import { guardReply } from "../guard/guard-reply.ts";
import type { ModelSource } from "./gather-sources.ts";
import { groundedShare } from "./grounded.ts";
import type { CitedReply } from "./read-cited.ts";

export type Checked =
  | { kind: "sayable"; text: string; sources: ModelSource[]; removed: string[] }
  | { kind: "nothing"; why: "uncited" | "ungrounded" | "unsupported"; removed: string[] };

/** Of its words; below, a sentence came from elsewhere. See grounded.rules.test.ts for what it lets through. */
export const leastShare = 0.34;
/** Short sentences that claim nothing, word for word. */
export const courtesies =
  /^(?:您好|你好|好的|是的|可以|可以的|不可以|不能|没有|有的|不客气|抱歉|很抱歉|不好意思|没问题|hi|hello|yes|no|sure|of course|certainly|sorry|you(?:'|’)re welcome)[\s,，。.!！~～]*$/iu;

/** In: a model's reply taken apart, all sources it was given, and what the contact wrote. */
export function checkReply(
  { sentences, ids }: CitedReply,
  given: readonly ModelSource[],
  customerWords: readonly string[],
  locale: string,
): Checked {
  const sources = given.filter(({ id }) => ids.includes(id));
  if (sources.length === 0) return { kind: "nothing", why: "uncited", removed: sentences };
  const texts = sources.map(({ title, text }) => `${title}\n${text}`);
  const kept = sentences.filter((sentence) => isGrounded(sentence, texts));
  const removed = sentences.filter((sentence) => !kept.includes(sentence));
  if (kept.every((sentence) => courtesies.test(sentence)))
    return { kind: "nothing", why: "ungrounded", removed };
  const { sayable } = guardReply({
    reply: joined(kept),
    // a title says what a text is about ("包邮吗"), and nothing that could be promised
    sources: sources.map(({ id, text }) => ({ id, text })),
    customerWords,
    locale,
  });
  if (sayable === null || sayable.trim() === "")
    return { kind: "nothing", why: "unsupported", removed: sentences };
  const left = kept.filter((sentence) => !sayable.includes(sentence.trim()));
  return { kind: "sayable", text: sayable.trim(), sources, removed: [...removed, ...left] };
}

function isGrounded(sentence: string, texts: readonly string[]): boolean {
  const share = groundedShare(sentence, texts);
  return share === null ? courtesies.test(sentence) : share >= leastShare;
}

/** Han sentences stand together, others behind a space. */
function joined(sentences: readonly string[]): string {
  return sentences.reduce(
    (text, sentence) =>
      text === "" || /[。！？；…”]$/u.test(text) ? text + sentence : `${text} ${sentence}`,
    "",
  );
}
