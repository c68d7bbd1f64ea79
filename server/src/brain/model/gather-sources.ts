// What a model may answer a question from: the shop's FAQs, passages of its documents and rows of its tables that are near
// the question. A text that speaks to machines is left out. Texts with unfilled blanks never get here. Pure.

import type { Citation } from "@yingda/contract";
import { askedHeading, citePassage } from "../documents/search/cite-passage.ts";
import type { Passages } from "../documents/search/shop-passages.ts";
import type { Knowledge, Locale } from "../knowledge/knowledge.ts";
import { cite, labelOf } from "../tables/outcome.ts";
import type { Table } from "../tables/table.ts";
import { speaksToMachine } from "./speaks-to-machine.ts";

export interface ModelSource {
  /** "p1", as the model cites it. */
  id: string;
  title: string;
  text: string;
  /** Null: what a tool said, which nobody can look up. */
  citation: Citation | null;
  /** The FAQ's slug; null for other sources. */
  faq: string | null;
}

export interface Gathered {
  sources: ModelSource[];
  /** Titles of texts that spoke to machines. */
  leftOut: string[];
}

type Found = Omit<ModelSource, "id">;

const mostFaqs = 4;
/** Less is noise: the engine puts some share on every question it knows. */
const leastConfidence = 0.06;
const mostPassages = 4;
const leastScore = 0.25;
const mostRows = 3;
/** Of one text: a page of a manual; more costs time and money and hides the rest. */
const longestText = 2_000;

/** `passages`: where not all documents are meant. `faqs`: likely questions, best first, with how sure the engine is. */
export function gatherSources(
  knowledge: Knowledge,
  question: string,
  faqs: readonly { faq: string; confidence: number }[],
  locale: Locale,
  passages: Passages = knowledge.passages,
): Gathered {
  const found = [
    ...faqSources(knowledge, faqs, locale),
    ...passages
      .find(knowledge.words.withFirstWords(question) ?? question, mostPassages)
      .filter(({ score }) => score >= leastScore)
      .map(({ text, checkedOn, ...passage }): Found => {
        const citation = citePassage(passage, checkedOn, locale);
        // the model must know what a past answer was for; the source that customers see does not say it
        const asked = passage.heading.includes(askedHeading) ? (passage.heading.at(-1) ?? "") : "";
        return { title: [citation.title, asked].filter(Boolean).join(" · "), text, citation, faq: null };
      }),
    ...rowSources(knowledge, question),
  ];
  const fit = found.filter(({ title, text }) => !speaksToMachine(`${title}\n${text}`));
  return {
    sources: fit.map((one, at) => ({ ...one, text: one.text.slice(0, longestText), id: `p${at + 1}` })),
    leftOut: found.filter((one) => !fit.includes(one)).map(({ title }) => title),
  };
}

function faqSources(
  knowledge: Knowledge,
  faqs: readonly { faq: string; confidence: number }[],
  locale: Locale,
): Found[] {
  return faqs
    .filter(({ confidence }) => confidence >= leastConfidence)
    .map(({ faq }) => knowledge.answer(faq, locale))
    .filter((answer) => answer !== null && answer.unfilled.length === 0)
    .slice(0, mostFaqs)
    .flatMap((answer) => {
      if (answer === null) return [];
      const { slug, title, text, checkedOn } = answer;
      return [{ title, text, citation: { kind: "faq" as const, slug, title, checkedOn }, faq: slug }];
    });
}

/** Rows that the question names. A row's cells are told under their headings; what is private is no cell here. */
function rowSources({ tables }: Knowledge, question: string): Found[] {
  const asked = squeeze(question);
  const found: Found[] = [];
  for (const { table, checkedOn } of tables)
    for (const row of table.rows.keys()) {
      if (found.length >= mostRows) return found;
      const label = labelOf(table, row);
      if (squeeze(label).length < 2 || !asked.includes(squeeze(label))) continue;
      const text = rowText(table, row);
      if (text === "") continue;
      const title = `${table.name} · ${label}`;
      const citation: Citation = {
        kind: "table",
        table: table.name,
        row: label,
        column: "",
        title,
        checkedOn,
      };
      found.push({ title, text: `${label}：${text}`, citation, faq: null });
    }
  return found;
}

function rowText(table: Table, row: number): string {
  return [...table.columns.keys()]
    .flatMap((column) => {
      const cell = cite(table, row, column);
      return cell === null || cell.header === "" ? [] : [`${cell.header} ${cell.text}`];
    })
    .join("；");
}

function squeeze(text: string): string {
  return text.normalize("NFKC").toLowerCase().replace(/\s+/gu, "");
}
