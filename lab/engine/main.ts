// `npm run lab -- engine`: what the language engine costs on this machine: training a shop of 200 FAQs with five phrasings
// each (and what they borrow), changing one FAQ, a message at some 1,000 and 10,000 compared phrasings, and memory. FAQs come
// from the industry packs. Prints one line of JSON; bare string work of the same run stands beside it, since machines differ.

import { createMatcher, type MatcherItem } from "@yingda/language";
import { listPacks, loadPack } from "@yingda/templates";
import { percentile, printResult, round, say } from "../shared/figures.ts";

const faqs = listPacks().flatMap(({ slug }) => loadPack(slug)?.faqs ?? []);
const texts = faqs.flatMap(({ phrasings }) => phrasings);
const items = faqs.map(
  ({ slug, question, questionEn, phrasings }): MatcherItem => ({
    id: slug,
    phrasings: [question, questionEn, ...phrasings],
  }),
);
const unique = [...new Map(items.map((item) => [item.id, item])).values()];
const shorten = (some: readonly MatcherItem[], count: number) =>
  some.map(({ id, phrasings }) => ({ id, phrasings: phrasings.slice(0, count) }));

const memory = () => {
  globalThis.gc?.();
  const { rss, heapUsed, arrayBuffers } = process.memoryUsage();
  return { rssMb: Math.round(rss / 2 ** 20), usedMb: Math.round((heapUsed + arrayBuffers) / 2 ** 20) };
};

const before = memory();
createMatcher(shorten(unique.slice(0, 3), 2)).match("什么时候发货");
const loaded = memory();
const shop = shorten(unique.slice(0, 200), 5);
const cold = timed(() => createMatcher(shop));
const warm = timed(() => createMatcher(shop));
const matcher = warm.value;
const trained = memory();
const change = timed(() => {
  for (let i = 0; i < 5; i += 1)
    matcher.set({ ...(shop[i] as MatcherItem), phrasings: [...(shop[i]?.phrasings ?? []), `${i}号怎么说`] });
});
say("asking …");
const small = asked(createMatcher(shorten(unique.slice(0, 15), 5)));
const middle = asked(matcher);
const plain = asked(createMatcher(shorten(unique.slice(0, 200), 5), { borrows: false }));
const large = asked(createMatcher(unique.slice(0, 700), { borrows: false }));
printResult({
  faqs: 200,
  trainColdMs: round(cold.ms, 0),
  trainMs: round(warm.ms, 0),
  changeMs: round(change.ms / 5, 0),
  matchOf15: small,
  matchOf200: middle,
  matchOf200WithoutBorrowing: plain,
  matchOf700WithoutBorrowing: large,
  phrasingsOf700: unique.slice(0, 700).reduce((sum, { phrasings }) => sum + phrasings.length, 0),
  engineMb: loaded.usedMb - before.usedMb,
  shopMb: Math.round(matcher.bytes / 2 ** 20),
  bothShopsMb: trained.usedMb - loaded.usedMb,
  rssMb: trained.rssMb,
  bareMs: round(bare(), 2),
});

function timed<T>(work: () => T): { ms: number; value: T } {
  const began = performance.now();
  const value = work();
  return { ms: performance.now() - began, value };
}

function asked(of: { match(text: string): unknown }): { p50Ms: number; p99Ms: number } {
  const times: number[] = [];
  for (let pass = 0; pass < 3; pass += 1)
    for (let i = 0; i < texts.length; i += Math.ceil(texts.length / 1_000)) {
      const { ms } = timed(() => of.match(`${texts[i]} 麻烦了`));
      if (pass > 0) times.push(ms);
    }
  return { p50Ms: round(percentile(times, 0.5), 3), p99Ms: round(percentile(times, 0.99), 3) };
}

/** Splitting and joining a million characters: what this machine is worth today. */
function bare(): number {
  const long = "多久发货 when will it ship ".repeat(40_000);
  return timed(() => long.split("").reverse().join("")).ms;
}
