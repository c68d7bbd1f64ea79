// Puts an industry pack together: the intents it takes from each group of the corpus, each with its answer and the tidy
// phrasings that an owner would have written; how customers really type it is borrowed from the corpus by the engine.

import { corpusIntent } from "@yingda/language";
import { type AnswerTemplate, readAnswers } from "./read-answers.ts";
import type { PackBlank, PackFaq } from "./types.ts";

/** Which intents of each group: all, or these. */
export type PackGroups = Record<string, "all" | readonly string[]>;

const ownPhrasings = 8;
const ownPhrasingsEn = 4;
const blankPattern = /\{\{([^}]+)\}\}/gu;

/**
 * The FAQs of a pack. Its own group comes first; an intent of the same name in a shared group gives way to it.
 * @throws Error for an intent that the corpus or the answers do not have
 */
export function composeFaqs(pack: string, groups: PackGroups): PackFaq[] {
  const faqs = new Map<string, PackFaq>();
  const ordered = Object.entries(groups).sort(([a], [b]) => Number(b === pack) - Number(a === pack));
  for (const [group, wanted] of ordered) {
    const answers = new Map(readAnswers(group).map((answer) => [answer.name, answer]));
    for (const name of wanted === "all" ? answers.keys() : wanted) {
      const answer = answers.get(name);
      if (answer === undefined) throw new Error(`pack ${pack}: group ${group} has no answer "${name}"`);
      if (!faqs.has(name)) faqs.set(name, composeFaq(pack, group, answer));
    }
  }
  return [...faqs.values()];
}

function composeFaq(pack: string, group: string, answer: AnswerTemplate): PackFaq {
  const intent = corpusIntent(`${group}.${answer.name}`);
  if (intent === null) throw new Error(`pack ${pack}: the corpus has no intent ${group}.${answer.name}`);
  return {
    slug: `${pack}.${answer.name}`,
    intent: intent.slug,
    category: answer.category,
    tags: answer.tags,
    question: intent.zh,
    questionEn: intent.en,
    answer: answer.answer.zh,
    answerEn: answer.answer.en,
    spoken: answer.spoken,
    phrasings: intent.phrasings.filter((text) => text !== intent.zh).slice(0, ownPhrasings),
    phrasingsEn: intent.phrasingsEn.filter((text) => text !== intent.en).slice(0, ownPhrasingsEn),
    negatives: [],
  };
}

/** The blanks that a pack's texts use, in the order of `defined`, with the samples that fit the trade. */
export function blanksOf(
  texts: readonly string[],
  defined: readonly PackBlank[],
  samples: Readonly<Record<string, string>>,
): PackBlank[] {
  const used = new Set(texts.flatMap((text) => [...text.matchAll(blankPattern)].map(([, key]) => key)));
  return defined
    .filter(({ key }) => used.has(key))
    .map((blank) => ({ ...blank, sample: samples[blank.key] ?? blank.sample }));
}
