// What a large model thinks of an answer that came out otherwise than wanted: would the owner accept it all the same? An opinion
// beside the figures and never among them: asked only where a model may judge, of so many lines of a run, and lost on any failure.

import type { Expected, RehearsalLine } from "@yingda/contract";
import type { Knowledge } from "../../brain/index.ts";
import { type Complete, judgementShape, readShape } from "../../inference/index.ts";
import type { Locale } from "../texts.ts";

/** Of one run; what is looked at by hand is less. */
export const mostOpinions = 50;
const budgetMs = 20_000;

export type Judge = (line: RehearsalLine, wanted: Expected | null) => Promise<RehearsalLine>;

/** Gives lines that were not as wanted their opinion; any other line, and all without a model, come back as they are. */
export function judgeBy(complete: Complete | null, knowledge: Knowledge, locale: Locale): Judge {
  let left = complete === null ? 0 : mostOpinions;
  return async (line, wanted) => {
    if (complete === null || left === 0 || line.isExpected !== false) return line;
    left -= 1;
    const slugs = [line.faq, wanted?.faq ?? null].filter((slug) => slug !== null);
    const sources = [...new Set(slugs)].flatMap((slug) => {
      const known = knowledge.answer(slug, locale);
      return known === null ? [] : [{ title: known.title, text: known.text }];
    });
    const reply = await complete(
      {
        prompt: "judge",
        language: locale === "en" ? "en" : "zh",
        inputs: { words: {}, data: { sources, question: line.customer, reply: line.text } },
        shape: judgementShape,
      },
      AbortSignal.timeout(budgetMs),
    );
    const judged = reply.kind === "text" ? readShape(judgementShape, reply.text) : null;
    if (reply.kind !== "text" || judged?.kind !== "fits") return line;
    const { isSupported, isOnTopic, reason } = judged.value;
    const opinion = { accepts: isSupported && isOnTopic, reason: reason.slice(0, 300), model: reply.model };
    return { ...line, opinion };
  };
}
