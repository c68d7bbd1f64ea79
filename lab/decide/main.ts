// `npm run lab -- decide [--rounds N]`: how long the bot takes to decide a turn without any model, in a shop with 500 FAQs,
// 2,000 passages of documents, ten flows and five tables. Asked: customers' lines of the rehearsal, questions to the documents
// and tables, and talk that nothing answers. One line after the other, each in a turn of its own.
//
// p50Ms, p99Ms: of all turns after a warm-up, by the wall clock; cpuP99Ms: by this thread's own time, which a busy machine
// does not stretch; findP99Ms: of the search over the passages alone, by the thread's time; mb: of passages and index.

import { readdirSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { listPacks, loadPack, loadSmallTalk, readFlows } from "@yingda/templates";
import { decideNow } from "../../server/src/brain/decide.ts";
import { knownDocument } from "../../server/src/brain/documents/search/known-document.ts";
import { papersOf } from "../../server/src/brain/documents/testing/papers.ts";
import { answered, heldOutAnswered, unanswered } from "../../server/src/brain/documents/testing/questions.ts";
import { readFlow } from "../../server/src/brain/flows/definition/read-flow.ts";
import { ShopKnowledge } from "../../server/src/brain/knowledge/knowledge.ts";
import { faqOfPack, faqOfSmallTalk, sampleBlanks } from "../../server/src/brain/knowledge/pack-knowledge.ts";
import { tableFromRows } from "../../server/src/brain/tables/table-from-rows.ts";
import { turn } from "../../server/src/brain/testing/turns.ts";
import { percentile, printResult, round, say } from "../shared/figures.ts";

const { values } = parseArgs({ options: { rounds: { type: "string", default: "3" } } });
const [faqCount, passageCount, tableCount, flowCount] = [500, 2_000, 5, 10];

const packs = listPacks().flatMap(({ slug }) => loadPack(slug) ?? []);
const faqs = packs.flatMap((pack) => pack.faqs.map(faqOfPack)).slice(0, faqCount);
const blanks = new Map(packs.flatMap((pack) => [...sampleBlanks(pack)]));
say("training …");
const pause = () => new Promise<void>((resume) => setImmediate(resume));
const shop = await ShopKnowledge.gently([...faqs, ...loadSmallTalk().map(faqOfSmallTalk)], blanks, pause);
shop.useTables(tables());
const started = performance.now();
shop.useDocuments(documents());
say(`${shop.passages.size} passages indexed in ${round(performance.now() - started, 0)} ms`);
const flows = {
  flows: [...readFlows().values()].slice(0, flowCount).flatMap(({ text }) => {
    const read = readFlow(text);
    return read.kind === "refused" ? [] : [read.flow];
  }),
  now: new Date("2026-11-21T02:00:00Z"),
  timeZone: "Asia/Shanghai",
  newRunId: () => "run",
};
const lines = [...questions()];
/** Ms that this thread has worked. */
const workedMs = () => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
};
const signal = new AbortController().signal;
const decideLine = (line: string) =>
  decideNow(
    { knowledge: shop, flows, elapsedMs: workedMs },
    turn(line, { thresholds: { answer: 0.75, askBack: 0.18 } }),
    signal,
  );
const counts = new Map<string, number>();
for (const line of lines.slice(0, 200)) decideLine(line);
const times: number[] = [];
const cpuTimes: number[] = [];
/** Ms of the thread in each step of the trace, all turns together. */
const steps = new Map<string, number>();
const findTimes: number[] = [];
for (let turnRound = 0; turnRound < Number(values.rounds); turnRound += 1)
  for (const line of lines) {
    const before = performance.now();
    const workedBefore = workedMs();
    const { trace } = decideLine(line);
    cpuTimes.push(workedMs() - workedBefore);
    times.push(performance.now() - before);
    for (const { step, tookMs } of trace) steps.set(step, (steps.get(step) ?? 0) + tookMs);
    const code = trace.at(-1)?.because.code ?? "";
    counts.set(code, (counts.get(code) ?? 0) + 1);
    const beforeFind = workedMs();
    shop.passages.find(line, 5);
    findTimes.push(workedMs() - beforeFind);
  }
say([...counts].map(([code, count]) => `${code} ${count}`).join(", "));
say([...steps].map(([step, ms]) => `${step} ${round(ms / times.length)} ms`).join(", "));
printResult({
  faqs: faqs.length,
  passages: shop.passages.size,
  flows: flows.flows.length,
  tables: shop.tables.length,
  turns: times.length,
  cpuP99Ms: round(percentile(cpuTimes, 0.99)),
  findP99Ms: round(percentile(findTimes, 0.99)),
  mb: round(shop.passages.bytes / 1_048_576, 1),
  p50Ms: round(percentile(times, 0.5)),
  p99Ms: round(percentile(times, 0.99)),
});

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

function* questions(): Generator<string> {
  const folder = new URL("../data/rehearsal/", import.meta.url);
  for (const file of readdirSync(folder))
    for (const line of readFileSync(new URL(file, folder), "utf8").split("\n")) {
      if (line.trim() === "") continue;
      for (const { customer } of (JSON.parse(line) as { turns: { customer: string }[] }).turns)
        yield customer;
    }
  for (const [question] of [...answered, ...heldOutAnswered]) yield question;
  yield* unanswered;
  for (let row = 0; row < 40; row += 1) yield `K1${row}挂烫机多少钱`;
}
