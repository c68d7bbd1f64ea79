// Where the sentences of a passage begin and end, in Chinese and English. Used by the passage index, and by whoever cuts
// passages or quotes from them.

export interface SentenceSpan {
  start: number;
  /** After the closing mark. */
  end: number;
}

/** A full stop ends a sentence only before a space or the end, and not after "No", "e.g" or a single letter. */
const ends =
  /[。！？；!?;\n]+[”"’』」)）]*|(?<!\b(?:no|e\.g|i\.e|etc|vs|mr|mrs|dr|[a-z]))\.(?=\s|$)["”)]*/giu;

/** Spans of the sentences with something in them, in order, without the space around. */
export function splitSentences(text: string): SentenceSpan[] {
  const spans: SentenceSpan[] = [];
  let from = 0;
  for (const mark of text.matchAll(ends)) {
    push(spans, text, from, mark.index + mark[0].length);
    from = mark.index + mark[0].length;
  }
  push(spans, text, from, text.length);
  return spans;
}

function push(spans: SentenceSpan[], text: string, from: number, to: number): void {
  const piece = text.slice(from, to);
  if (!/[\p{L}\p{N}]/u.test(piece)) return;
  const start = from + (piece.length - piece.trimStart().length);
  spans.push({ start, end: start + piece.trim().length });
}
