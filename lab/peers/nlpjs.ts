// NLP.js as a peer: a manager with its Chinese and English languages, trained on a shop's phrasings.

import { containerBootstrap } from "@nlpjs/core";
import { LangEn } from "@nlpjs/lang-en";
import { LangZh } from "@nlpjs/lang-zh";
import { NluManager, NluNeural } from "@nlpjs/nlu";
import type { MatcherItem } from "@yingda/language";

/** Trains on the items; the function returned ranks their ids for a message, "None" left out. */
export async function rankWithNlpjs(
  items: readonly MatcherItem[],
): Promise<(text: string) => Promise<string[]>> {
  const container = await containerBootstrap();
  container.use(LangZh);
  container.use(LangEn);
  container.use(NluNeural);
  const manager = new NluManager({ container, locales: ["zh", "en"], trainByDomain: false });
  for (const { id, phrasings } of items) for (const text of phrasings) manager.add(localeOf(text), text, id);
  await manager.train({ log: false });
  return async (text) => {
    const { classifications } = await manager.process(localeOf(text), text);
    return classifications.map(({ intent }) => intent).filter((intent) => intent !== "None");
  };
}

function localeOf(text: string): "zh" | "en" {
  return /\p{Script=Han}/u.test(text) ? "zh" : "en";
}
