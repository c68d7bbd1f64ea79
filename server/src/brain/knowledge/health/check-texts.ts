// Compares a shop's FAQs with each other without holding up the server: by their letters (language/faq-checks.ts; a few
// at once, many in a worker of their own, one worker at a time: 1,900 phrasings take some 120 ms), then by the trained
// matcher, which knows that "how do I get a refund" and "how do I get a voucher" only look alike.

import { Worker } from "node:worker_threads";
import { checkFaqs, type Faq, type FaqProblem } from "@yingda/language";
import type { KnownFaq, ShopKnowledge } from "../knowledge.ts";

/** About 15 ms on the thread that serves everybody. */
const mostTextsAtOnce = 250;
const longestMs = 60_000;

interface Checked {
  textsVersion: number;
  problems: Promise<FaqProblem[]>;
}

const kept = new WeakMap<ShopKnowledge, Checked>();

/**
 * Problems between and within the texts of the FAQs that are matched; ids are slugs. Kept until a text changes. How many
 * phrasings there are is not judged: that depends on what is borrowed.
 */
export function checkTexts(knowledge: ShopKnowledge): Promise<FaqProblem[]> {
  const { textsVersion } = knowledge;
  const known = kept.get(knowledge);
  if (known?.textsVersion === textsVersion) return known.problems;
  const problems = check(knowledge.matched().map(checkable)).then((found) => confirmed(found, knowledge));
  kept.set(knowledge, { textsVersion, problems });
  problems.catch(() => {
    if (kept.get(knowledge)?.problems === problems) kept.delete(knowledge); // the next call tries again
  });
  return problems;
}

function checkable({ slug, question, questionEn, phrasings, answer }: KnownFaq): Faq {
  return { id: slug, question, phrasings: [questionEn, ...phrasings], answer };
}

/** What the worker computes. */
export function checkNow(faqs: readonly Faq[]): FaqProblem[] {
  return checkFaqs(faqs, { wantedPhrasings: 0 });
}

async function check(faqs: readonly Faq[]): Promise<FaqProblem[]> {
  const texts = faqs.reduce((sum, { phrasings }) => sum + 1 + phrasings.length, 0);
  return texts <= mostTextsAtOnce ? checkNow(faqs) : whenFree(() => checkInWorker(faqs));
}

/** Both texts of a pair are the shop's own words: a matcher that keeps their FAQs apart gives the other one less. */
const leastConfusion = 0.2;
/** Each costs two matches of 1 ms. */
const mostPairs = 300;
const pairsAtOnce = 2;

/** Without pairs of texts that the matcher tells apart, and those after the 300th. */
async function confirmed(found: readonly FaqProblem[], knowledge: ShopKnowledge): Promise<FaqProblem[]> {
  const kept: FaqProblem[] = [];
  let pairs = 0;
  for (const problem of found) {
    if (!("pair" in problem)) {
      kept.push(problem);
      continue;
    }
    pairs += 1;
    if (pairs > mostPairs) continue;
    if (pairs % pairsAtOnce === 0) await new Promise((resume) => setImmediate(resume));
    const [first, second] = problem.ids;
    const [mine, theirs] = problem.pair;
    if (isTakenFor(mine, second, knowledge) || isTakenFor(theirs, first, knowledge)) kept.push(problem);
  }
  return kept;
}

function isTakenFor(text: string, slug: string, knowledge: ShopKnowledge): boolean {
  const { matches } = knowledge.retrieve(text, []);
  return matches.some(({ id, confidence }) => id === slug && confidence >= leastConfusion);
}

let before: Promise<unknown> = Promise.resolve();

/** One after the other: a small machine has no core to spare for a second one. */
function whenFree<T>(work: () => Promise<T>): Promise<T> {
  const result = before.then(work, work);
  before = result.catch(() => {});
  return result;
}

/** Exported for its test. @throws Error when the worker fails or takes longer than a minute */
export function checkInWorker(faqs: readonly Faq[]): Promise<FaqProblem[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./check-worker.ts", import.meta.url), { workerData: faqs });
    const timer = setTimeout(() => end(() => reject(new Error("checking FAQs took too long"))), longestMs);
    const end = (settle: () => void) => {
      clearTimeout(timer);
      settle();
      void worker.terminate();
    };
    worker.unref();
    worker.once("message", (problems: FaqProblem[]) => end(() => resolve(problems)));
    worker.once("error", (error) => end(() => reject(error)));
    worker.once("exit", (code) => end(() => reject(new Error(`checking FAQs ended with ${code}`))));
  });
}
