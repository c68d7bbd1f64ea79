// What else a pack gives a new shop: greeting, suggested questions, quick replies, tags, opening hours. Called when a
// shop is set up and by the demo seeder, which hand them to the rooms that own them.

import { loadDemoShop, loadPack, type PackQuickReply } from "@yingda/templates";
import { fillAnswer } from "./fill-answer.ts";
import { sampleBlanks } from "./pack-knowledge.ts";

export interface PackMaterial {
  /** Null while a blank in it is not filled. */
  greeting: { zh: string; en: string } | null;
  greetingClosed: { zh: string; en: string } | null;
  suggestions: string[];
  suggestionsEn: string[];
  quickReplies: readonly PackQuickReply[];
  tags: readonly string[];
  hours: { opensMinute: number; closesMinute: number; days: readonly number[] };
}

/** Null for a pack that does not exist. `values`: the shop's blanks; the samples when left out. */
export function packMaterial(slug: string, values?: ReadonlyMap<string, string>): PackMaterial | null {
  const pack = loadPack(slug);
  if (pack === null) return null;
  const blanks = values ?? sampleBlanks(pack);
  const fill = (text: { zh: string; en: string }) => {
    const zh = fillAnswer(text.zh, blanks, "zh-CN");
    const en = fillAnswer(text.en, blanks, "en");
    return zh.unfilled.length + en.unfilled.length > 0 ? null : { zh: zh.text, en: en.text };
  };
  const suggested = pack.suggestedQuestions
    .map((wanted) => pack.faqs.find((faq) => faq.slug === wanted))
    .filter((faq) => faq !== undefined);
  return {
    greeting: fill(pack.greeting),
    greetingClosed: fill(pack.greetingClosed),
    suggestions: suggested.map((faq) => faq.question),
    suggestionsEn: suggested.map((faq) => faq.questionEn),
    quickReplies: pack.quickReplies,
    tags: pack.tags,
    hours: pack.hours,
  };
}

/** The believable shop that shows the product. */
export const demoShop = loadDemoShop;
