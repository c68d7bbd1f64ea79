// How a customer feels and how much it burns, by weighted words, emoji and shouting. A word list on purpose: it works
// on two-word messages, its reasons can be shown, and a wrong word can be deleted. Called by the brain on every turn.

import { unifyCharacters } from "./characters.ts";
import type { NormalisedText } from "./normalise.ts";
import { lazily, readDataLines } from "./own-data.ts";

export interface Mood {
  sentiment: "negative" | "neutral" | "positive";
  /** -1 (furious) to 1 (delighted). */
  score: number;
  /** "threat": complaint to an authority, lawyer, bad review. "urgent" also when somebody is in danger. */
  urgency: "normal" | "complaint" | "urgent" | "threat";
  /** Fire, injury, poisoning (danger) or talk of suicide (despair): always a matter for a person. */
  alarm: "danger" | "despair" | null;
  /** The words that decided. */
  because: string[];
}

type Kind = "negative" | "positive" | "threat" | "complaint" | "urgent" | "danger" | "despair";

const sadEmoji =
  /[😠😡🤬😤😒🙄😞😔😢😭💔👎😣😩😫🤮🤢😾]|\[(?:怒|发怒|生气|抓狂|流泪|大哭|难过|白眼|鄙视|衰|弱|吐|骂人|裂开|emm)\]/gu;
const gladEmoji =
  /[😀😃😄😁😊🥰😍😘❤💕👍🙏🎉😻🌹🤗]|\[(?:微笑|呲牙|愉快|玫瑰|爱心|强|抱拳|鼓掌|ok|可爱|偷笑|色|拥抱|赞)\]/giu;
const shouting = /[!！]{2,}|[?？]{3,}/gu;
const denied =
  /(?:不|没|别|没有|无|不是|不太|不算|not|no|never|isn't|wasn't|don't|didn't|aren't)\s?(?:太|很|那么|是|a|an|the|that|very|so)?\s?$/u;

const lexicon = lazily(() => {
  const words: { word: string; kind: Kind; weight: number }[] = [];
  for (const line of readDataLines("mood.txt")) {
    const [head = "", list = ""] = line.split(/:(.*)/s);
    const [kind = "", weight = "1"] = head.split(" ");
    for (const word of list.split(",")) {
      words.push({ word: unifyCharacters(word), kind: kind as Kind, weight: Number(weight) });
    }
  }
  return words.sort((a, b) => b.word.length - a.word.length);
});

/** Reads the mood of one message. Empty and unknown texts are neutral and normal. */
export function readMood(message: NormalisedText): Mood {
  const text = unifyCharacters(message.original);
  const found = findWords(text);
  let score = 0;
  for (const { kind, weight, isDenied } of found) {
    if (kind === "negative") score -= isDenied ? -0.5 : weight;
    if (kind === "positive") score += isDenied ? -weight : weight;
    if (kind === "threat" || kind === "complaint") score -= 1;
  }
  score += (count(message.original, gladEmoji) - count(message.original, sadEmoji)) * 1;
  if (score < 0) score -= 0.5 * count(message.original, shouting);
  const has = (kind: Kind) => found.some((word) => word.kind === kind && !word.isDenied);
  return {
    sentiment: score <= -1 ? "negative" : score >= 1 ? "positive" : "neutral",
    score: Math.max(-1, Math.min(1, score / 3)),
    urgency: has("threat")
      ? "threat"
      : has("complaint")
        ? "complaint"
        : has("urgent") || has("danger")
          ? "urgent"
          : "normal",
    alarm: has("despair") ? "despair" : has("danger") ? "danger" : null,
    because: found.map(({ word }) => word),
  };
}

function findWords(text: string): { word: string; kind: Kind; weight: number; isDenied: boolean }[] {
  const found: { word: string; kind: Kind; weight: number; isDenied: boolean; start: number; end: number }[] =
    [];
  for (const { word, kind, weight } of lexicon()) {
    const start = indexOfWord(text, word);
    if (start < 0) continue;
    const end = start + word.length;
    if (found.some((other) => other.kind === kind && other.start <= start && other.end >= end)) continue;
    found.push({
      word,
      kind,
      weight,
      start,
      end,
      isDenied: denied.test(text.slice(Math.max(0, start - 9), start)),
    });
  }
  return found;
}

/** Latin words must stand alone ("late" is not in "translate"); Han words may stand anywhere. */
function indexOfWord(text: string, word: string): number {
  if (!/^[a-z]/.test(word)) return text.indexOf(word);
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const before = text[at - 1] ?? " ";
    const after = text[at + word.length] ?? " ";
    if (!/[a-z0-9]/.test(before) && !/[a-z0-9]/.test(after)) return at;
  }
  return -1;
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
