// Measures the language engine, and fits the calibration that it ships with. Run by hand:
//   node lab/language-first.ts measure <folder of JSONL sets> <set> …   accuracy, top-3, out-of-scope AUROC, calibration
//   node lab/language-first.ts measure . apparel-zh apparel-en apparel-held-out   our own phrasings
//   node lab/language-first.ts fit <folder of JSONL sets>               coefficients for language/src/calibration.ts
// A set is a folder with train.jsonl, test.jsonl and perhaps oos.jsonl of {text, label}. Prints JSON lines.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  backgroundPool,
  createMatcher,
  fitCalibration,
  type JudgedEvidence,
  strangersPerOwn,
} from "@yingda/language";
import { loadPack } from "@yingda/templates";

interface Labelled {
  text: string;
  label: string;
}
interface Shop {
  train: Labelled[];
  test: Labelled[];
  outside: string[];
}

function readSet(folder: string, name: string): Shop {
  const read = (file: string): Labelled[] => {
    const path = join(folder, name, file);
    if (!existsSync(path)) return [];
    return readFileSync(path, "utf8")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as Labelled);
  };
  return {
    train: read("train.jsonl"),
    test: read("test.jsonl"),
    outside: read("oos.jsonl").map(({ text }) => text),
  };
}

/** Small repeatable random numbers, so that two runs print the same figures. */
function randomFrom(start: number): () => number {
  let seed = start;
  return () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 2 ** 32;
  };
}

function shuffled<T>(values: readonly T[], random: () => number): T[] {
  const copy = [...values];
  for (let i = copy.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    [copy[i], copy[j]] = [copy[j] as T, copy[i] as T];
  }
  return copy;
}

function matcherOf(train: Labelled[], background: "all" | "half" = "all") {
  const phrasings = new Map<string, string[]>();
  for (const { text, label } of train) phrasings.set(label, [...(phrasings.get(label) ?? []), text]);
  return createMatcher(
    [...phrasings].map(([id, texts]) => ({ id, phrasings: texts })),
    { background },
  );
}

/** A shop drawn from labelled texts: some labels, some phrasings each; the rest of the texts test it. */
function drawShop(texts: Map<string, string[]>, labels: number, shots: number, random: () => number): Shop {
  const order = shuffled([...texts.keys()], random);
  const shop: Shop = { train: [], test: [], outside: [] };
  for (const label of order.slice(0, labels)) {
    const own = texts.get(label) ?? [];
    own.slice(0, shots).forEach((text) => void shop.train.push({ text, label }));
    shuffled(own.slice(shots), random)
      .slice(0, 12)
      .forEach((text) => void shop.test.push({ text, label }));
  }
  for (const label of order.slice(labels, labels + 15)) {
    shop.outside.push(...shuffled(texts.get(label) ?? [], random).slice(0, 6));
  }
  return shop;
}

function textsOfPack(slug: string, language: "zh" | "en"): Map<string, string[]> {
  const faqs = loadPack(slug)?.faqs ?? [];
  return new Map(
    faqs.map((faq) => [
      faq.slug,
      language === "zh" ? [faq.question, ...faq.phrasings] : [faq.questionEn, ...faq.phrasingsEn],
    ]),
  );
}

function textsOfSet(shop: Shop): Map<string, string[]> {
  const texts = new Map<string, string[]>();
  for (const { text, label } of [...shop.train, ...shop.test])
    texts.set(label, [...(texts.get(label) ?? []), text]);
  return texts;
}

function judge(shop: Shop, random: () => number): JudgedEvidence[] {
  const matcher = matcherOf(shop.train, "half");
  const judged: JudgedEvidence[] = [];
  const chat = shuffled(
    backgroundPool().filter((_, i) => i % 2 === 1),
    random,
  ).slice(0, shop.outside.length);
  const strangers = [...shop.outside, ...chat].map((text) => ({ text, label: "" }));
  const own = 1 / shop.test.length;
  const strange = strangersPerOwn(matcher.size) / Math.max(1, strangers.length);
  for (const { text, label } of [...shop.test, ...strangers]) {
    for (const { id, evidence } of matcher.weigh(text)) {
      judged.push({ evidence, isRight: id === label, importance: 200 * (label === "" ? strange : own) });
    }
  }
  return judged;
}

function fitShipped(folder: string): void {
  const random = randomFrom(7);
  const judged: JudgedEvidence[] = [];
  const add = (texts: Map<string, string[]>, rounds: number, labels: number[], shots: number[]) => {
    for (let round = 0; round < rounds; round += 1) {
      const size = labels[round % labels.length] as number;
      judged.push(...judge(drawShop(texts, size, shots[round % shots.length] as number, random), random));
    }
  };
  add(textsOfPack("apparel", "zh"), 12, [12, 20, 40, 25, 50, 1], [5, 4, 6]);
  add(textsOfPack("apparel", "en"), 6, [12, 20, 40, 3, 30, 2], [3, 4]);
  add(textsOfSet(readSet(folder, "clinc150")), 18, [15, 30, 60, 100, 8, 140], [5, 8, 5, 12]);
  console.log(
    JSON.stringify({
      judged: judged.length,
      coefficients: fitCalibration(judged).map((c) => Number(c.toFixed(3))),
    }),
  );
}

function measure(name: string, shop: Shop): void {
  const began = performance.now();
  const matcher = matcherOf(shop.train);
  const trainMs = performance.now() - began;
  const scored = shop.test.map(({ text, label }) => ({ label, ...pick(matcher.match(text)) }));
  const right = scored.filter(({ label, ids }) => ids[0] === label).length;
  const inThree = scored.filter(({ label, ids }) => ids.slice(0, 3).includes(label)).length;
  const outside = shop.outside.map((text) => pick(matcher.match(text)).confidence);
  const bold = scored.filter(({ confidence }) => confidence >= 0.6);
  console.log(
    JSON.stringify({
      name,
      labels: new Set(shop.train.map(({ label }) => label)).size,
      train: shop.train.length,
      test: shop.test.length,
      accuracy: percent(right / scored.length),
      top3: percent(inThree / scored.length),
      auroc:
        outside.length === 0
          ? null
          : percent(
              auroc(
                scored.map(({ confidence }) => confidence),
                outside,
              ),
            ),
      answered60: percent(bold.length / scored.length),
      rightOf60: percent(bold.filter(({ label, ids }) => ids[0] === label).length / Math.max(1, bold.length)),
      outside60:
        outside.length === 0 ? null : percent(outside.filter((c) => c >= 0.6).length / outside.length),
      meanConfidence: percent(scored.reduce((sum, { confidence }) => sum + confidence, 0) / scored.length),
      trainMs: Math.round(trainMs),
      megabytes: Number((matcher.bytes / 1e6).toFixed(1)),
    }),
  );
}

function pick(result: ReturnType<ReturnType<typeof createMatcher>["match"]>) {
  return { ids: result.matches.map(({ id }) => id), confidence: result.matches[0]?.confidence ?? 0 };
}

/** Probability that a message in scope gets more confidence than one outside. */
function auroc(inside: number[], outside: number[]): number {
  const all = [...inside.map((c) => ({ c, isIn: 1 })), ...outside.map((c) => ({ c, isIn: 0 }))].sort(
    (a, b) => a.c - b.c,
  );
  let rankSum = 0;
  for (let i = 0; i < all.length; ) {
    let j = i;
    while (j < all.length && all[j]?.c === all[i]?.c) j += 1;
    for (let k = i; k < j; k += 1) rankSum += (all[k]?.isIn ?? 0) * ((i + j + 1) / 2);
    i = j;
  }
  return (rankSum - (inside.length * (inside.length + 1)) / 2) / (inside.length * outside.length);
}

function percent(share: number): number {
  return Number((share * 100).toFixed(1));
}

/** Our own phrasings as other shops would meet them: the tidy ones train, the colloquial ones test; the rest is outside. */
function measurePack(language: "zh" | "en", shots: number): void {
  for (const labels of [15, 50]) {
    const random = randomFrom(99);
    const rounds = Array.from({ length: labels === 15 ? 6 : 2 }, () =>
      drawShop(textsOfPack("apparel", language), labels, shots, random),
    );
    for (const shop of rounds) measure(`apparel-${language}, ${labels} FAQs, first ${shots}`, shop);
  }
}

/** Messages written apart from the pack, against the whole pack. */
function measureHeldOut(): void {
  const lines = readFileSync(join(import.meta.dirname, "sets/apparel-held-out.tsv"), "utf8").split("\n");
  const shop: Shop = { train: [], test: [], outside: [] };
  for (const line of lines.filter((text) => text !== "" && !text.startsWith("#"))) {
    const [slug = "", text = ""] = line.split("\t");
    if (slug === "-") shop.outside.push(text);
    else shop.test.push({ text, label: `apparel.${slug}` });
  }
  for (const language of ["zh", "en"] as const) {
    for (const [label, texts] of textsOfPack("apparel", language)) {
      shop.train.push(...texts.map((text) => ({ text, label })));
    }
  }
  measure("apparel-held-out", shop);
}

const [mode, folder = ".", ...names] = process.argv.slice(2);
if (mode === "fit") fitShipped(folder);
else if (mode === "measure") {
  for (const name of names) {
    if (name === "apparel-zh") measurePack("zh", 5);
    else if (name === "apparel-en") measurePack("en", 3);
    else if (name === "apparel-held-out") measureHeldOut();
    else measure(name, readSet(folder, name));
  }
} else
  console.log(
    `usage: node lab/language-first.ts measure|fit <folder> [set …]; background: ${backgroundPool().length}`,
  );
