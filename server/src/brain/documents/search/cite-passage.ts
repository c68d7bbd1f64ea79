// A passage as the proof of an answer, as people read it: "保修手册 · 第 3 页 · 保修期". Pure.

import type { Citation } from "@yingda/contract";
import type { Locale } from "../../knowledge/knowledge.ts";

const pageOf: Record<Locale, (page: number) => string> = {
  "zh-CN": (page) => `第 ${page} 页`,
  en: (page) => `page ${page}`,
};
const longestTitle = 120;
/** Between the headings above a passage, in a citation and where the passage is asked for by it. */
export const headingJoin = " › ";

/** Above the questions of past chats: what a customer asked, by which the shop's answer is found and which no other customer is shown. */
export const askedHeading = "客户问 · Asked";

/** Where a quote stands. `heading`: outermost first; only the innermost is shown. */
export function citePassage(
  passage: { document: string; title: string; page: number | null; heading: readonly string[] },
  checkedOn: string | null,
  locale: Locale,
): Extract<Citation, { kind: "passage" }> {
  const { document, title, page } = passage;
  const heading = passage.heading.includes(askedHeading) ? [] : passage.heading;
  const last = heading.at(-1) ?? "";
  const parts = [title, page === null ? "" : pageOf[locale](page), last === title ? "" : last];
  const shown = parts.filter((part) => part !== "").join(" · ");
  return {
    kind: "passage",
    document,
    page,
    heading: heading.join(headingJoin),
    title: shown.length > longestTitle ? `${shown.slice(0, longestTitle - 1)}…` : shown,
    checkedOn,
  };
}
