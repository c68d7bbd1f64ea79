// A set of labelled messages as the language lab reads it: a folder with train.jsonl, test.jsonl, perhaps oos*.jsonl and
// faqs.jsonl, rows `{text, label}` and `{label, question, answer}`. Labels are opaque, or "business.name".

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { MatcherItem } from "@yingda/language";

export interface Labelled {
  text: string;
  label: string;
}

export interface LabelledSet {
  train: Labelled[];
  test: Labelled[];
  /** Out of scope; the label may name a business. */
  outside: Labelled[];
  faqs: Map<string, { question: string; answer: string }>;
}

export function readLines<T>(path: string): T[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line) as T);
}

/** @throws Error when train.jsonl or test.jsonl is missing or empty. */
export function readSet(folder: string): LabelledSet {
  const train = readLines<Labelled>(join(folder, "train.jsonl"));
  const test = readLines<Labelled>(join(folder, "test.jsonl"));
  if (train.length === 0 || test.length === 0)
    throw new Error(`${folder} needs train.jsonl and test.jsonl with rows {text, label}`);
  const outside = readdirSync(folder)
    .filter((name) => /^oos(?!_train).*\.jsonl$/u.test(name))
    .flatMap((name) => readLines<Labelled>(join(folder, name)));
  const faqs = readLines<{ label: string; question: string; answer: string }>(join(folder, "faqs.jsonl"));
  return { train, test, outside, faqs: new Map(faqs.map((faq) => [faq.label, faq])) };
}

/** Small repeatable random numbers, so that two runs print the same figures. */
export function randomFrom(start: number): () => number {
  let seed = (start * 2_654_435_761) >>> 0;
  return () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 2 ** 32;
  };
}

export function shuffled<T>(values: readonly T[], random: () => number): T[] {
  const copy = [...values];
  for (let i = copy.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    [copy[i], copy[j]] = [copy[j] as T, copy[i] as T];
  }
  return copy;
}

/** At most `shots` rows a label. */
export function drawShots(rows: readonly Labelled[], shots: number, random: () => number): Labelled[] {
  const taken = new Map<string, number>();
  return shuffled(rows, random).filter(({ label }) => {
    const count = taken.get(label) ?? 0;
    taken.set(label, count + 1);
    return count < shots;
  });
}

export interface Shop {
  items: MatcherItem[];
  test: Labelled[];
  outside: string[];
}

/** The set as one shop, or as one per business (what stands before the first dot of a label). */
export function shopsOf(set: LabelledSet, isPerBusiness: boolean): Shop[] {
  const nameOf = (label: string) => (isPerBusiness ? (label.split(".")[0] ?? label) : "");
  const phrasings = new Map<string, string[]>();
  for (const { text, label } of set.train) phrasings.set(label, [...(phrasings.get(label) ?? []), text]);
  const shops = new Map<string, Shop>();
  for (const [label, texts] of phrasings) {
    const faq = set.faqs.get(label);
    const item: MatcherItem = {
      id: label,
      phrasings: faq === undefined ? texts : [faq.question, ...texts],
      ...(faq === undefined ? {} : { answer: faq.answer }),
    };
    const shop = shops.get(nameOf(label)) ?? { items: [], test: [], outside: [] };
    shop.items.push(item);
    shops.set(nameOf(label), shop);
  }
  for (const row of set.test) shops.get(nameOf(row.label))?.test.push(row);
  for (const { text, label } of set.outside) {
    const own = isPerBusiness ? shops.get(nameOf(label)) : undefined;
    for (const shop of own ? [own] : shops.values()) shop.outside.push(text);
  }
  return [...shops.values()];
}
