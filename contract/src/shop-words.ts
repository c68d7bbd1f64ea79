// The words of a shop: what a customer may say that concerns a person, what the bot never says, what it may not promise, and
// which words mean the same. One set per shop, written whole; `version` tells of a change by somebody else meanwhile.
import { z } from "zod";

/** What one shop may keep. */
export const wordBounds = {
  sensitive: 200,
  neverSay: 200,
  promises: 200,
  groups: 200,
  groupWords: 12,
  shortest: 2,
  characters: 40,
} as const;

const word = z.string().trim().min(wordBounds.shortest).max(wordBounds.characters);

/** "alert": a person takes over at once. "note": written into the trace, the bot goes on. */
export const sensitiveWord = z.object({ word, does: z.enum(["alert", "note"]) });
export type SensitiveWord = z.infer<typeof sensitiveWord>;

export const shopWordsDraft = z.object({
  /** Said by customers. */
  sensitive: z.array(sensitiveWord).max(wordBounds.sensitive),
  /** Nothing the bot says holds one of them. */
  neverSay: z.array(word).max(wordBounds.neverSay),
  /** Said by the bot only in an FAQ of the shop's own. */
  promises: z.array(word).max(wordBounds.promises),
  /** Groups that mean the same; the first word is the one that the shop's texts use. */
  synonyms: z.array(z.array(word).min(2).max(wordBounds.groupWords)).max(wordBounds.groups),
});
export type ShopWordsDraft = z.infer<typeof shopWordsDraft>;

/** `version` is 0 where nothing was ever kept. */
export const shopWords = shopWordsDraft.extend({ version: z.int().min(0) });
export type ShopWords = z.infer<typeof shopWords>;
