// Compares a shop's FAQs with each other (language/faq-checks.ts) without holding up the server: a few are checked at
// once, many in a worker of their own, one worker at a time. 1,900 phrasings take some 120 ms of computing.

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
  const problems = check(knowledge.matched().map(checkable));
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
