// Industry packs as knowledge: the FAQs a shop starts with, its blanks, its small talk. Called when a pack is switched
// on, and by the lab and the tests, which ask a pack without any database.

import {
  type IndustryPack,
  loadPack,
  loadSmallTalk,
  type PackFaq,
  type SmallTalkAnswer,
} from "@yingda/templates";
import { type KnownFaq, ShopKnowledge } from "./knowledge.ts";

export function faqOfPack(faq: PackFaq): KnownFaq {
  const { slug, question, questionEn, answer, answerEn, negatives, category } = faq;
  return {
    slug,
    question,
    questionEn,
    answer,
    answerEn,
    negatives,
    unborrowed: [],
    phrasings: [...faq.phrasings, ...faq.phrasingsEn],
    checkedOn: null,
    category: category.zh,
  };
}

export function faqOfSmallTalk({ slug, question, questionEn, answer, answerEn }: SmallTalkAnswer): KnownFaq {
  const lists = { phrasings: [], negatives: [], unborrowed: [] };
  return { slug, question, questionEn, answer, answerEn, ...lists, checkedOn: null };
}

export function sampleBlanks(pack: IndustryPack): Map<string, string> {
  return new Map(pack.blanks.map(({ key, sample }) => [key, sample]));
}

/** A pack as a shop of its own. Blanks are the samples unless told; null when there is no such pack. */
export function packKnowledge(slug: string, blanks?: ReadonlyMap<string, string>): ShopKnowledge | null {
  const pack = loadPack(slug);
  if (pack === null) return null;
  const faqs = [...pack.faqs.map(faqOfPack), ...loadSmallTalk().map(faqOfSmallTalk)];
  return new ShopKnowledge(faqs, blanks ?? sampleBlanks(pack));
}
