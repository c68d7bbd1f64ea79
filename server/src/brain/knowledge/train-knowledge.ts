// Trains what a shop knows without holding up the server: in pieces on this thread, or, where that would be felt, in a
// thread of its own, one at a time (language's trainInWorker). Called by knowledge-cache.ts; the old knowledge answers
// meanwhile.

import {
  type MatcherOptions,
  OutdatedModelError,
  TrainingFailedError,
  trainInWorker,
} from "@yingda/language";
import type { Log } from "../../platform/log.ts";
import { type KnownFaq, matcherItems, ShopKnowledge } from "./knowledge.ts";

/**
 * Up to this many FAQs training takes half a second in pieces of at most some 30 ms. With more of them the pieces grow to
 * 50 ms and the whole to seconds, while a thread of its own costs two seconds more of another core and no stall above 20 ms.
 */
const mostTrainedHere = 60;
/** A shop that answers nobody yet waits for its training: half as long here as in a thread, which starts cold. */
const mostTrainedHereFirst = 250;

export interface TrainingChoices {
  /** What answers meanwhile; null or left out when nothing does. */
  old?: Pick<ShopKnowledge, "size"> | null;
  matcher?: MatcherOptions;
  /** How a large shop is trained; another one for tests. */
  trainApart?: typeof trainInWorker;
}

export async function trainKnowledge(
  log: Log,
  faqs: readonly KnownFaq[],
  blanks: ReadonlyMap<string, string>,
  { old = null, matcher = {}, trainApart = trainInWorker }: TrainingChoices = {},
): Promise<ShopKnowledge> {
  const items = matcherItems(faqs);
  const isServing = old !== null && old.size > 0;
  if (items.length > (isServing ? mostTrainedHere : mostTrainedHereFirst)) {
    try {
      return new ShopKnowledge(faqs, blanks, await trainApart(items, matcher));
    } catch (error) {
      if (!(error instanceof TrainingFailedError || error instanceof OutdatedModelError)) throw error;
      log.warn({ err: error, faqs: items.length }, "knowledge not trained in a thread of its own");
    }
  }
  return ShopKnowledge.gently(faqs, blanks, () => new Promise((resume) => setImmediate(resume)), matcher);
}
