// A question that leans on what was said before ("那红色的呢", "what about on Sundays?"): when a model is asked to make it
// whole for the search, and whether what it made of it may be searched with. Pure.

import type { PromptAsk } from "../../inference/index.ts";
import type { Turn } from "../turn.ts";
import { dialogueRows } from "./dialogue.ts";

/** Longer lines say what they are about. */
const longest = 30;
const leans =
  /^(?:那|那么|还有|另外|它|这个|那个|这款|那款|这种|要是|如果是|换成|比如)|(?:呢|也是吗|也行吗|也可以吗)[?？。!！~]*$|(?:它|这个|那个|刚才|上面|前面)|^(?:and|what about|how about|then|so|but)\b|\b(?:it|that|those|these|them|this one|that one|the same|instead)\b/iu;
/** Numbers, models, names in Latin letters: nothing of the kind may come in that nobody said. */
const details = /[a-z]*\d[\w.-]*|[A-Za-z]{4,}/gu;

export function isFollowUp({ heard, input }: Turn): boolean {
  const hasBefore = input.history.some(({ author }) => author === "contact");
  return hasBefore && heard.text.length <= longest && leans.test(heard.text.trim());
}

export function rewriteAsk(turn: Turn): PromptAsk {
  const { heard } = turn;
  return {
    prompt: "rewrite-follow-up",
    language: heard.locale === "en" ? "en" : "zh",
    inputs: { words: {}, data: { dialogue: dialogueRows(turn), question: heard.text } },
  };
}

/** The whole question, or null when it says what nobody said, is no question or changes nothing. */
export function wholeQuestion({ heard, input }: Turn, text: string): string | null {
  const [line = ""] = text.trim().split("\n");
  const question = line.trim().replace(/^[“"「]|[”"」]$/gu, "");
  if (question === "" || question === heard.text.trim() || question.length > 200) return null;
  const said = [...input.history.map((one) => one.text), heard.text].join("\n").toLowerCase();
  const isOurs = (question.match(details) ?? []).every((detail) => said.includes(detail.toLowerCase()));
  return isOurs || heard.locale === "en" ? question : null;
}
