// Which blanks the set-up asks for: the few that let the suggested questions be answered, so that the very first question a new
// owner asks gets a real answer. Shop name and hours have fields of their own and fill the blanks of that meaning.
import type { Blank, Faq, PackSummary } from "@yingda/contract";

/** The key that every pack uses for when people are there. */
export const hoursBlank = "客服时间";

/** More than three questions a screen and people stop reading. */
const mostAsked = 3;

/** In the order of the suggested questions, then of the pack. */
export function firstBlanks(
  packs: readonly PackSummary[],
  faqs: readonly Faq[],
  blanks: readonly Blank[],
): Blank[] {
  const suggested = packs.filter((pack) => pack.isOn).flatMap((pack) => pack.suggestedFaqs);
  const wanted = suggested.flatMap((slug) => blanksOf(faqs.find((faq) => faq.slug === slug)?.answer ?? ""));
  const keys = [...new Set([...wanted, ...blanks.filter(({ usedBy }) => usedBy > 0).map(({ key }) => key)])];
  return keys
    .flatMap((key) => blanks.find((blank) => blank.key === key) ?? [])
    .filter((blank) => !blank.isShopName && blank.key !== hoursBlank)
    .slice(0, mostAsked);
}

function blanksOf(answer: string): string[] {
  return [...answer.matchAll(/\{\{([^{}]+)\}\}/g)].map(([, key = ""]) => key.trim());
}
