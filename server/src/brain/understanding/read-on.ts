// Reads a line that says too little by itself together with the line before it: "and roughly how many weeks" after "do you
// post to Canada". What both mean together counts where it is another matter than the line before alone; where it is the
// same one, the contact goes on about what was just answered. Used by understand.ts, only for lines that are not sure.

import type { TurnInput } from "@yingda/contract";
import { classifySmallTalk, type MatchResult, normalise } from "@yingda/language";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { favourGoingOn } from "./going-on.ts";

export interface ReadOn {
  /** Surer than the line alone, and about something else than the line before. */
  together: MatchResult | null;
  /** The FAQ that the line before asked, when the line only goes on about it. */
  stillAbout: string | null;
}

/** The contact's last line with a matter, and the FAQ that was said to it. */
interface Before {
  text: string;
  faq: string | null;
}

/** Longer than this, a line says by itself what it is about. */
const longestLine = 100;
const longestBefore = 200;
/** To offer the question just answered; to answer another one it takes the inbox's own threshold. */
const likely = 0.5;
const wholeHan = 8;
const wholeWords = 7;
const asksZh =
  /[?？吗呢]|怎|如何|多少|多久|多长|多大|几[个天点时号月]|什么|啥|哪|谁|能不能|可不可以|有没有|是不是|会不会/u;
const asksEn =
  /\?|\b(?:what|how|when|where|who|which|why|do|does|did|is|are|can|could|will|would|may|any)\b/iu;
const nothing: ReadOn = { together: null, stillAbout: null };

/** What the line means together with the one before; `alone`: how sure it is by itself. */
export function readOn(
  text: string,
  alone: number,
  { history, thresholds }: TurnInput,
  knowledge: Knowledge,
): ReadOn {
  const before = lineBefore(history);
  if (before === null || text === "" || text.length > longestLine) return nothing;
  const together = favourGoingOn(knowledge.retrieve(`${before.text}\n${text}`, []), history, knowledge);
  const [first] = together.matches;
  if (first === undefined || first.confidence < likely || first.confidence <= alone) return nothing;
  const said = before.faq ?? meantBefore(before.text, thresholds.answer, knowledge);
  if (first.id !== said && first.confidence < thresholds.answer) return nothing;
  if (first.id !== said) return { together, stillAbout: null };
  return isWholeQuestion(text) ? nothing : { together: null, stillAbout: first.id };
}

/** Says itself what it asks: "do you mean" the question before would be no answer to it. */
function isWholeQuestion(text: string): boolean {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  if (han > 0) return han >= wholeHan && asksZh.test(text);
  return text.split(/\s+/u).length >= wholeWords && asksEn.test(text);
}

/** A line that a table or a flow answered, or nobody, may still be sure of an FAQ by itself. */
function meantBefore(text: string, threshold: number, knowledge: Knowledge): string | null {
  const [first] = knowledge.retrieve(text, []).matches;
  return first !== undefined && first.confidence >= threshold ? first.id : null;
}

function lineBefore(history: TurnInput["history"]): Before | null {
  const at = history.findLastIndex(
    ({ author, text }) => author === "contact" && classifySmallTalk(normalise(text))?.isWhole !== true,
  );
  const line = history[at];
  if (line === undefined || line.text.length > longestBefore) return null;
  return { text: line.text, faq: history[at + 1]?.faqSlug ?? null };
}
