// A large shop for measuring: 500 FAQs of the packs, 2,000 passages of documents, ten flows and five tables. Used by the lab.

import type { TurnInput } from "@yingda/contract";
import { listPacks, loadPack, loadSmallTalk, readFlows } from "@yingda/templates";
import { decideNow } from "../decide.ts";
import { knownDocument } from "../documents/search/known-document.ts";
import { papersOf } from "../documents/testing/papers.ts";
import { readFlow } from "../flows/definition/read-flow.ts";
import { ShopKnowledge } from "../knowledge/knowledge.ts";
import { faqOfPack, faqOfSmallTalk, sampleBlanks } from "../knowledge/pack-knowledge.ts";
import { tableFromRows } from "../tables/table-from-rows.ts";
import { turn } from "./turns.ts";

const [faqCount, passageCount, tableCount, flowCount] = [500, 2_000, 5, 10];
const packs = listPacks().flatMap(({ slug }) => loadPack(slug) ?? []);
const pause = () => new Promise<void>((resume) => setImmediate(resume));

/** Trained and indexed; takes a minute. `elapsedMs`: what the trace's times are measured by. */
export async function largeShop(elapsedMs: () => number) {
  const faqs = packs.flatMap((pack) => pack.faqs.map(faqOfPack)).slice(0, faqCount);
  const blanks = new Map(packs.flatMap((pack) => [...sampleBlanks(pack)]));
  const shop = await ShopKnowledge.gently([...faqs, ...loadSmallTalk().map(faqOfSmallTalk)], blanks, pause);
  shop.useTables(tables());
  shop.useDocuments(documents());
  const flows = {
    flows: [...readFlows().values()].slice(0, flowCount).flatMap(({ text }) => {
      const read = readFlow(text);
      return read.kind === "refused" ? [] : [read.flow];
    }),
    now: new Date("2026-11-21T02:00:00Z"),
    timeZone: "Asia/Shanghai",
    newRunId: () => "run",
  };
  const { signal } = new AbortController();
  const thresholds = { answer: 0.75, askBack: 0.18 };
  return {
    shop,
    sizes: {
      faqs: faqs.length,
      passages: shop.passages.size,
      flows: flows.flows.length,
      tables: shop.tables.length,
    },
    /** `before`: what the contact said before, and the FAQ that was said to it. */
    decideLine: (line: string, before?: { text: string; faq: string | null }) => {
      const history: TurnInput["history"] =
        before === undefined
          ? []
          : [
              { author: "contact", text: before.text, faqSlug: null },
              { author: "bot", text: "…", faqSlug: before.faq },
            ];
      return decideNow({ knowledge: shop, flows, elapsedMs }, turn(line, { thresholds, history }), signal);
    },
  };
}

/** The papers of the tests, and answers of the packs written out as chapters, in forty documents. */
function documents() {
  const sections = [
    ...Object.values(papersOf).flatMap((papers) => Object.values(papers).flat()),
    ...packs.flatMap((pack) => pack.faqs.map((faq) => [faq.slug, faq.question, faq.answer + faq.answerEn])),
  ];
  const passages = Array.from({ length: passageCount }, (_, at) => {
    const [key = "", heading = "", text = ""] = sections[at % sections.length] ?? [];
    const chapter = Math.floor(at / sections.length);
    const beside = sections[(at * 7 + 3) % sections.length]?.[2] ?? "";
    return {
      id: `${key}-${at}`,
      page: at,
      url: null,
      heading: [chapter === 0 ? heading : `${heading} ${chapter}`],
      text: `${text}\n${beside}`.slice(0, 500),
    };
  });
  const perDocument = 50;
  return Array.from({ length: Math.ceil(passages.length / perDocument) }, (_, at) =>
    knownDocument({
      id: `d${at}`,
      title: `文档 ${at}`,
      checkedOn: null,
      stamp: "1",
      passages: passages.slice(at * perDocument, (at + 1) * perDocument),
    }),
  );
}

function tables() {
  const goods = ["打印机", "挂烫机", "空气炸锅", "扫地机器人", "台灯"];
  return goods.slice(0, tableCount).map((name, table) => ({
    table: tableFromRows(`${name}价目`, [
      ["型号", "单价", "重量(kg)", "库存"],
      ...Array.from({ length: 100 }, (_, row) => [
        `K${table}${row} ${name}`,
        `¥${(row + 1) * 37}`,
        String(row + 2),
        row % 3 === 0 ? "无" : "有",
      ]),
    ]),
    checkedOn: null,
  }));
}
