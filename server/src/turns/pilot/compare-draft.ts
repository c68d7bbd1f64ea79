// How much of the bot's draft is in what a person sent. Pure; owners are told these rules in docs/bot.md.

export type Compared = {
  result: "unchanged" | "edited" | "own";
  /** Share of the words that both have, 0 to 1; 1 is the same text. */
  similarity: number;
};

/** From here on it is the draft with changes, not another text. */
const leastAlike = 0.5;
/** Shorter pieces stand in many texts. */
const shortestPiece = 6;
/** "您好", "稍等一下": nothing was answered yet. */
const shortestAnswer = 8;

/**
 * `parts`: the bubbles of the draft; one of them sent alone, or all of them as one text, is the draft unchanged. Spaces and
 * line breaks do not matter; punctuation does not for likeness. Other numbers are never "nearly the same".
 */
export function compareDraft(parts: readonly string[], sent: string): Compared {
  const whole = parts.join("\n");
  const candidates = parts.length > 1 ? [whole, ...parts] : parts;
  let best: Compared = { result: "own", similarity: 0 };
  for (const draft of candidates) {
    const one = compareTexts(draft, sent);
    if (rank[one.result] > rank[best.result] || one.similarity > best.similarity) best = one;
  }
  return best;
}

/** Which of two results says more about the draft. */
export const rank = { own: 1, edited: 2, unchanged: 3 } as const;

/** Whether a text can be an answer at all: a short "one moment" leaves the draft open. */
export function isHolding(sent: string): boolean {
  return [...plain(sent)].length < shortestAnswer;
}

function compareTexts(draft: string, sent: string): Compared {
  if (withoutSpaces(draft) === withoutSpaces(sent)) return { result: "unchanged", similarity: 1 };
  const [a, b] = [plain(draft), plain(sent)];
  if (a === "" || b === "") return { result: "own", similarity: 0 };
  const alike = likeness(a, b);
  const isPart = contains(b, a) || (contains(a, b) && b.length * 2 >= a.length);
  const result = isPart || alike >= leastAlike ? "edited" : "own";
  const similarity = numbersOf(draft) === numbersOf(sent) ? alike : Math.min(alike, leastAlike);
  return { result, similarity: Math.min(similarity, 0.99) };
}

function contains(longer: string, shorter: string): boolean {
  return [...shorter].length >= shortestPiece && longer.includes(shorter);
}

/** Dice's coefficient over pairs of neighbouring characters. */
function likeness(a: string, b: string): number {
  const [left, right] = [pairsOf(a), pairsOf(b)];
  let shared = 0;
  for (const [pair, count] of left) shared += Math.min(count, right.get(pair) ?? 0);
  const all = sizeOf(left) + sizeOf(right);
  return all === 0 ? 0 : (2 * shared) / all;
}

function pairsOf(text: string): Map<string, number> {
  const characters = [...text];
  const pairs = new Map<string, number>();
  for (let at = 0; at + 1 < characters.length; at += 1) {
    const pair = `${characters[at]}${characters[at + 1]}`;
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  return pairs;
}

function sizeOf(pairs: ReadonlyMap<string, number>): number {
  let size = 0;
  for (const count of pairs.values()) size += count;
  return size;
}

function withoutSpaces(text: string): string {
  return text.normalize("NFKC").replace(/\s+/gu, "");
}

function plain(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s\p{P}\p{S}]+/gu, "");
}

function numbersOf(text: string): string {
  return (text.normalize("NFKC").match(/\d+(?:\.\d+)?/gu) ?? []).toSorted().join(" ");
}
