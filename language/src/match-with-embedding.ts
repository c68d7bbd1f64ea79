// The two conveniences around a matcher and an embedding model: teaching it the phrasings, and matching a message. Both ask
// the model first and the matcher then; `match` itself never waits. Called by servers and the lab.

import { type EmbedTexts, embeddable } from "./embedding-scorer.ts";
import type { Matcher } from "./matcher.ts";
import type { MatchOptions, MatchResult } from "./matcher-types.ts";
import { type NormalisedText, normalise } from "./normalise.ts";

/** What the model is asked with for this message. */
export function textToEmbed(message: string | NormalisedText): string {
  return embeddable((typeof message === "string" ? normalise(message) : message).text);
}

/** Asks for what the matcher lacks: all phrasings at first, those of changed items later. @throws as `embed` */
export async function embedPhrasings(matcher: Matcher, embed: EmbedTexts): Promise<void> {
  const texts = matcher.textsToEmbed;
  if (texts.length === 0) return;
  const vectors = await embed(texts);
  if (vectors.length !== texts.length) throw new Error("an embedding model gave another number of vectors");
  matcher.addVectors(new Map(texts.map((text, at) => [text, vectors[at] as Float32Array])));
}

/** Embeds the message, then matches; where the model fails, or takes longer than `budgetMs`, the engine alone. */
export async function matchWithEmbedding(
  matcher: Matcher,
  message: string,
  embed: EmbedTexts,
  { budgetMs = 300, ...options }: Omit<MatchOptions, "embedding"> & { budgetMs?: number } = {},
): Promise<MatchResult> {
  const text = normalise(message);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), budgetMs);
  });
  const embedding = await Promise.race([
    embed([textToEmbed(text)]).then(
      ([vector]) => vector ?? null,
      () => null,
    ),
    tooLate,
  ]);
  clearTimeout(timer);
  return matcher.match(text, { ...options, embedding });
}
