// The corpus of customers' phrasings that ships with this package (../corpus/*.txt): what people all over the trades ask
// shops, and how they type it. A shop's FAQs borrow from it (alignment.ts); the encoder was trained on it (lab).
// Read once, on first use: some 40 ms. The file's shape is in ../corpus/README.md.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { lazily } from "./own-data.ts";

export interface CorpusIntent {
  /** Group and name, for ever: "order.shipping-time". */
  slug: string;
  group: string;
  /** Standard question in Chinese and in English. */
  zh: string;
  en: string;
  /** Tidy ones first. */
  phrasings: readonly string[];
  phrasingsEn: readonly string[];
}

const folder = new URL("../corpus/", import.meta.url);
const lineShape = /^(=|zh|en|-|>) (.+)$/u;

/** One group's text to intents. @throws Error naming the line that has no known shape. */
export function parseCorpus(group: string, text: string): CorpusIntent[] {
  const intents: (CorpusIntent & { phrasings: string[]; phrasingsEn: string[] })[] = [];
  text.split("\n").forEach((line, at) => {
    if (line.trim() === "" || line.startsWith("#")) return;
    const found = lineShape.exec(line.trimEnd());
    const [, kind = "", value = ""] = found ?? [];
    if (kind === "=") {
      const slug = `${group}.${value.trim()}`;
      intents.push({ slug, group, zh: "", en: "", phrasings: [], phrasingsEn: [] });
      return;
    }
    const intent = intents.at(-1);
    if (found === null || intent === undefined) throw new Error(`${group}.txt:${at + 1}: ${line}`);
    if (kind === "zh") intent.zh = value.trim();
    else if (kind === "en") intent.en = value.trim();
    else if (kind === "-") intent.phrasings.push(value.trim());
    else intent.phrasingsEn.push(value.trim());
  });
  return intents;
}

/** What no shop's FAQ answers: learnt as intents of their own, never borrowed from. */
export const outsideGroup = "outside";

/** Names of the groups that ship, in order of name. */
export const corpusGroups = lazily(() =>
  readdirSync(folder)
    .filter((name) => /^[a-z]+\.txt$/u.test(name))
    .map((name) => name.slice(0, -4))
    .sort(),
);

/** Folders of the later writers, who add phrasings to the first one's intents. */
const laterVoices = ["second", "third", "fourth", "spoken"];

/** One group with the phrasings of all its writers. @throws Error for one that names an intent the first does not have */
export function readGroup(group: string): CorpusIntent[] {
  const intents = parseCorpus(group, readFileSync(new URL(`${group}.txt`, folder), "utf8"));
  const added = laterVoices.flatMap((voice) => {
    const file = new URL(`${voice}/${group}.txt`, folder);
    return existsSync(file) ? parseCorpus(group, readFileSync(file, "utf8")) : [];
  });
  const known = new Set(intents.map(({ slug }) => slug));
  for (const { slug } of added)
    if (!known.has(slug)) throw new Error(`a later writer of ${group} has an intent of its own: ${slug}`);
  return intents.map((intent) => {
    const all = [intent, ...added.filter(({ slug }) => slug === intent.slug)];
    return {
      ...intent,
      phrasings: all.flatMap(({ phrasings }) => phrasings),
      phrasingsEn: all.flatMap(({ phrasingsEn }) => phrasingsEn),
    };
  });
}

/** All intents of all groups: some 80 MB, for training and tools. A shop needs a few groups only. */
export const readCorpus = lazily(() => corpusGroups().flatMap(readGroup));

/** A group is let go of when memory is wanted: what a shop borrows of it stands in the shop's own rows. */
const groupsRead = new Map<string, WeakRef<ReadonlyMap<string, CorpusIntent>>>();

/** One intent by its slug, or null. Its group is read on first use. */
export function corpusIntent(slug: string): CorpusIntent | null {
  const group = groupOfSlug(slug);
  let intents = groupsRead.get(group)?.deref();
  if (intents === undefined) {
    if (!corpusGroups().includes(group)) return null;
    intents = new Map(readGroup(group).map((intent) => [intent.slug, intent]));
    groupsRead.set(group, new WeakRef(intents));
  }
  return intents.get(slug) ?? null;
}

/** "order" of "order.shipping-time". */
export function groupOfSlug(slug: string): string {
  return slug.slice(0, Math.max(0, slug.indexOf(".")));
}
