// `npm run lab -- decide [--rounds N]`: how long the bot takes to decide a turn without any model, in a shop with 500 FAQs,
// 2,000 passages of documents, ten flows and five tables. Asked: customers' lines of the rehearsal, questions to the documents
// and tables, and talk that nothing answers. Each in a turn of its own, once as the first of a conversation and once after the
// line before it, which has to be weighed then, too.
//
// p50Ms, p99Ms: of all turns after a warm-up, by the wall clock; firstP99Ms, laterP99Ms: of either kind; cpuP99Ms: by this thread's own time, which a busy machine
// does not stretch; findP99Ms: of the search over the passages alone, by the thread's time; mb: of passages and index.

import { readdirSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { answered, heldOutAnswered, unanswered } from "../../server/src/brain/documents/testing/questions.ts";
import { largeShop } from "../../server/src/brain/testing/large-shop.ts";
import { percentile, printResult, round, say } from "../shared/figures.ts";

const { values } = parseArgs({ options: { rounds: { type: "string", default: "3" } } });
/** Ms that this thread has worked. */
const workedMs = () => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
};
say("training and indexing …");
const { shop, sizes, decideLine } = await largeShop(workedMs);
const lines = [...questions()];
const counts = new Map<string, number>();
for (const line of lines.slice(0, 200)) decideLine(line);
const firstTimes: number[] = [];
const laterTimes: number[] = [];
const cpuTimes: number[] = [];
/** Ms of the thread in each step of the trace, all turns together. */
const steps = new Map<string, number>();
const findTimes: number[] = [];
let faqBefore: string | null = null;
for (let turnRound = 0; turnRound < Number(values.rounds); turnRound += 1)
  for (const [at, line] of lines.entries()) {
    const faq = decideTimed(line, firstTimes);
    const before = lines[at - 1];
    if (before !== undefined) decideTimed(line, laterTimes, { text: before, faq: faqBefore });
    faqBefore = faq;
    const beforeFind = workedMs();
    shop.passages.find(line, 5);
    findTimes.push(workedMs() - beforeFind);
  }
const times = [...firstTimes, ...laterTimes];
say([...counts].map(([code, count]) => `${code} ${count}`).join(", "));
say([...steps].map(([step, ms]) => `${step} ${round(ms / times.length)} ms`).join(", "));
printResult({
  ...sizes,
  turns: times.length,
  cpuP99Ms: round(percentile(cpuTimes, 0.99)),
  findP99Ms: round(percentile(findTimes, 0.99)),
  mb: round(shop.passages.bytes / 1_048_576, 1),
  p50Ms: round(percentile(times, 0.5)),
  firstP99Ms: round(percentile(firstTimes, 0.99)),
  laterP99Ms: round(percentile(laterTimes, 0.99)),
  p99Ms: round(percentile(times, 0.99)),
});

/** The FAQ that was said. */
function decideTimed(
  line: string,
  times: number[],
  before?: { text: string; faq: string | null },
): string | null {
  const startedMs = performance.now();
  const workedBefore = workedMs();
  const { trace, faq } = decideLine(line, before);
  cpuTimes.push(workedMs() - workedBefore);
  times.push(performance.now() - startedMs);
  for (const { step, tookMs } of trace) steps.set(step, (steps.get(step) ?? 0) + tookMs);
  const code = trace.at(-1)?.because.code ?? "";
  counts.set(code, (counts.get(code) ?? 0) + 1);
  return faq;
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
