// Cuts a reply into sentences and says what is left worth sending when some are taken out. Called by guard-reply.ts.

import type { FoldedText } from "./fold.ts";

export interface Sentence {
  /** In the folded text. */
  start: number;
  end: number;
}

const ending = /[。!?;…]+["'”’」』)）]*\s*|\.(?=\s|$)["'”’)]*\s*|~+(?!\s?\d)\s*|\n+/gu;
const abbreviation = /(?:^|\s)(?:no|mr|mrs|ms|dr|st|vs|e\.g|i\.e|approx|etc|inc|ltd|\d{1,2})\.$/u;
/** Greetings, thanks, apologies and offers of help: polite, but no answer. */
const courtesy =
  /^(?:亲+|亲爱的|您好|你好|hi|hello|hey|dear [a-z]+|there|thanks?(?: you)?(?: so much| very much)?|for (?:your|contacting|reaching|asking)[^.]*|感谢[^。]*|谢谢[^。]*|非常抱歉|抱歉|很抱歉|对不起|不好意思|(?:we(?:'re| are)|i(?:'m| am)) (?:very |so |really )?sorry[^.]*|sorry[^.]*|很高兴[^。]*|祝您[^。]*|好的|是的|没问题|可以的|当然(?:可以)?|sure|of course|yes|no problem|certainly|absolutely|great(?: question| news)?|good (?:question|news|morning|afternoon|evening)|have a (?:nice|great|good|lovely) (?:day|one)|哦|呢|哈|呀|请问还有[^。]*|(?:还有)?(?:什么|其他)?(?:可以)?帮您的?|还有其他[^。]*|如(?:果|有)[^。]*(?:问题|疑问|需要)[^。]*|(?:please )?let (?:me|us) know[^.]*|(?:is there )?anything else[^.]*|feel free to[^.]*|if you have any[^.]*|happy to help[^.]*|best regards|[\s,，。.!?~、:;…\p{Extended_Pictographic}]+)+$/iu;

/** Sentences of a folded text; `whole` are stretches that are not cut (links). */
export function splitSentences({ text }: FoldedText, whole: readonly Sentence[]): Sentence[] {
  const sentences: Sentence[] = [];
  let start = 0;
  let next = 0;
  for (const found of text.matchAll(ending)) {
    const end = found.index + found[0].length;
    while (next < whole.length && (whole[next]?.end ?? 0) <= found.index) next += 1;
    const link = whole[next];
    if (link !== undefined && found.index > link.start && found.index < link.end) continue;
    if (
      found[0].startsWith(".") &&
      abbreviation.test(text.slice(Math.max(start, found.index - 8), found.index + 1))
    )
      continue;
    sentences.push({ start, end });
    start = end;
  }
  if (start < text.length) sentences.push({ start, end: text.length });
  return sentences;
}

/**
 * The reply without the sentences at `removed` (positions in `sentences`), or null when what is left answers nothing:
 * greetings, or the heading of a list that went.
 */
export function sayableRest(
  folded: FoldedText,
  sentences: readonly Sentence[],
  removed: ReadonlySet<number>,
): string | null {
  const kept: string[] = [];
  let isAnswer = false;
  for (const [at, sentence] of sentences.entries()) {
    if (removed.has(at)) continue;
    const text = folded.text.slice(sentence.start, sentence.end).trim();
    const isHeading = /[:、,]$/u.test(text) && isGoneBehind(sentences.length, at, removed);
    if (isHeading) continue;
    const first = folded.from[sentence.start] ?? 0;
    kept.push(folded.original.slice(first, folded.to[sentence.end - 1] ?? first));
    if (/[\p{L}\p{N}]{2}/u.test(text) && !courtesy.test(text.slice(0, 200))) isAnswer = true;
  }
  return isAnswer ? kept.join("").trim() : null;
}

function isGoneBehind(count: number, at: number, removed: ReadonlySet<number>): boolean {
  return at + 1 >= count || removed.has(at + 1);
}
