// Which blanks the set-up asks for: the few that let the suggested questions be answered, so that the very first question a new
// owner asks gets a real answer. Shop name and hours have fields of their own and fill the blanks of that meaning.
import type { Blank, Faq, PackSummary } from "@yingda/contract";

/** The keys that every pack uses for when people answer and for when the shop is open. */
const hoursBlank = "客服时间";
const openingBlank = "营业时间";

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
    .filter((blank) => !blank.isShopName && blank.key !== hoursBlank && blank.key !== openingBlank)
    .slice(0, mostAsked);
}

/** The blanks that the set-up's hours fill: one of the two that was given words of its own keeps them. */
export function hoursBlanks(blanks: readonly Blank[]): string[] {
  const filledWith = (wanted: string) => blanks.find(({ key }) => key === wanted)?.value ?? null;
  const opening = filledWith(openingBlank);
  return opening === null || opening === filledWith(hoursBlank) ? [hoursBlank, openingBlank] : [hoursBlank];
}

function blanksOf(answer: string): string[] {
  return [...answer.matchAll(/\{\{([^{}]+)\}\}/g)].map(([, key = ""]) => key.trim());
}
