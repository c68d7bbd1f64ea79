// An FAQ row as the workbench sees it and as the brain knows it. Pure.

import { type Faq, type FaqExtras, noExtras } from "@yingda/contract";
import { textsOfExtras } from "./extras-texts.ts";
import type { FaqRow } from "./faq-store.ts";
import { blanksIn } from "./fill-answer.ts";
import type { KnownFaq } from "./knowledge.ts";

/** The stored extras with everything that was never written. */
export function extrasOf({ extras }: Pick<FaqRow, "extras">): FaqExtras {
  return { ...noExtras, ...extras };
}

export function presentFaq(row: FaqRow, blanks: ReadonlyMap<string, string>): Faq {
  const extras = extrasOf(row);
  const named = blanksIn([row.answer, row.answer_en, ...textsOfExtras(extras)].join("\n"));
  return {
    id: row.id,
    slug: row.slug,
    question: row.question,
    answer: row.answer,
    questionEn: row.question_en,
    answerEn: row.answer_en,
    category: row.category,
    tags: row.tags,
    phrasings: row.phrasings,
    negatives: row.negatives,
    unborrowed: row.unborrowed,
    isOn: row.is_on,
    extras,
    unfilledBlanks: named.filter((key) => (blanks.get(key) ?? "").trim() === ""),
    pack: row.pack,
    askedCount: row.asked_count,
    checkedOn: row.checked_on,
    version: row.version,
    updatedAt: row.updated_at.toISOString(),
  };
}

export function knownFaq(row: FaqRow): KnownFaq {
  return {
    slug: row.slug,
    question: row.question,
    questionEn: row.question_en,
    answer: row.answer,
    answerEn: row.answer_en,
    phrasings: row.phrasings,
    negatives: row.negatives,
    unborrowed: row.unborrowed,
    checkedOn: row.checked_on,
    category: row.category,
    extras: extrasOf(row),
  };
}
