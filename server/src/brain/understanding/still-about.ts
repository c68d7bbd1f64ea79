// A line that says too little by itself and goes on about what was just answered ("did all that, same"): the question before
// is offered once more, not answered once more. Pure; used by understand.ts, only for lines that are not sure.

import type { MatchResult } from "@yingda/language";
import type { Before } from "./in-context.ts";

/** How sure both lines together must be of the question before. */
const likely = 0.5;
const wholeHan = 8;
const wholeWords = 7;
const asksZh =
  /[?？吗呢]|怎|如何|多少|多久|多长|多大|几[个天点时号月]|什么|啥|哪|谁|能不能|可不可以|有没有|是不是|会不会/u;
const asksEn =
  /\?|\b(?:what|how|when|where|who|which|why|do|does|did|is|are|can|could|will|would|may|any)\b/iu;

/** The FAQ of the line before, where both lines together ask it more surely than the line asks anything alone. */
export function stillAbout(
  text: string,
  alone: number,
  before: Before,
  together: MatchResult,
): string | null {
  const [first] = together.matches;
  if (first === undefined || first.id !== before.faq) return null;
  if (first.confidence < likely || first.confidence <= alone) return null;
  return isWholeQuestion(text) ? null : first.id;
}

/** Says itself what it asks: "do you mean" the question before would be no answer to it. */
function isWholeQuestion(text: string): boolean {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  if (han > 0) return han >= wholeHan && asksZh.test(text);
  return text.split(/\s+/u).length >= wholeWords && asksEn.test(text);
}
