// Checks the corpus files of `language/corpus` and their answers, one group or all: shape, counts after near-duplicates
// are taken out, phrasings that stand in two intents, blanks. Run by hand while writing (`node lab/corpus-check.ts food`)
// and by the rules tests. Prints what is wrong line by line and "ok" when nothing is.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import {
  type CorpusIntent,
  corpusGroups,
  outsideGroup,
  readCorpus,
  readGroup,
} from "@yingda/language/training";

const minChinese = 40;
const minEnglish = 20;
const tooAlike = 0.6;

const root = new URL("../", import.meta.url);

/** What is compared to find two phrasings that are one: no spaces, punctuation, particles or politeness. */
function bare(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/请问|谢谢|麻烦|你好|您好|亲|please|thanks|thank you|hello|hi\b/gu, "")
    .replace(/[呀啊呢哦喔吗么吧嘛啦咯了的]+$/gu, "")
    .replace(/[\s\p{P}\p{S}]+/gu, "");
}

function trigrams(bareText: string): Set<string> {
  const characters = [...`^${bareText}$`];
  const grams = new Set<string>();
  for (let i = 0; i + 3 <= characters.length; i += 1) grams.add(characters.slice(i, i + 3).join(""));
  return grams;
}

/** Phrasings that count, and pairs of which the second does not: the same but for trifles, or sharing most of their trigrams (Dice). */
export function countable(texts: readonly string[]): { kept: string[]; pairs: [string, string][] } {
  const kept: { text: string; size: number }[] = [];
  const byBare = new Map<string, number>();
  const byGram = new Map<string, number[]>();
  const pairs: [string, string][] = [];
  for (const text of texts) {
    const own = bare(text);
    const grams = trigrams(own);
    const shared = new Map<number, number>();
    for (const gram of grams)
      for (const at of byGram.get(gram) ?? []) shared.set(at, (shared.get(at) ?? 0) + 1);
    const isTwin = ([at, both]: [number, number]) =>
      (2 * both) / (grams.size + (kept[at]?.size ?? 0)) > tooAlike;
    const twin = byBare.get(own) ?? [...shared].find(isTwin)?.[0];
    if (twin !== undefined) {
      pairs.push([kept[twin]?.text ?? "", text]);
      continue;
    }
    byBare.set(own, kept.length);
    for (const gram of grams) {
      const known = byGram.get(gram);
      if (known === undefined) byGram.set(gram, [kept.length]);
      else known.push(kept.length);
    }
    kept.push({ text, size: grams.size });
  }
  return { kept: kept.map(({ text }) => text), pairs };
}

function checkAnswers(group: string, intents: CorpusIntent[]): string[] {
  const wrong: string[] = [];
  const path = new URL(`templates/answers/${group}.txt`, root);
  if (group === outsideGroup) return []; // nobody's FAQ answers these
  if (!existsSync(path)) return [`templates/answers/${group}.txt is missing`];
  const blocks = readFileSync(path, "utf8").split(/^= /mu).slice(1);
  const names = blocks.map((block) => block.split("\n")[0]?.trim() ?? "");
  for (const { slug } of intents)
    if (!names.includes(slug.slice(group.length + 1))) wrong.push(`${slug}: no answer`);
  for (const [at, block] of blocks.entries()) {
    const fields = new Map(
      block
        .split("\n")
        .slice(1)
        .map((line) => [line.split(" ")[0] as string, line.slice(line.indexOf(" ") + 1)]),
    );
    for (const field of ["category", "tags", "zh", "en", "spoken-zh", "spoken-en"])
      if ((fields.get(field) ?? "") === "") wrong.push(`${names[at]}: answer has no ${field}`);
    if (!intents.some(({ slug }) => slug === `${group}.${names[at]}`))
      wrong.push(`${names[at]}: answer without intent`);
    const blanksOf = (field: string) =>
      [...new Set([...(fields.get(field) ?? "").matchAll(/\{\{([^}]+)\}\}/gu)].map(([, key]) => key))]
        .sort()
        .join();
    if (blanksOf("zh") !== blanksOf("en")) wrong.push(`${names[at]}: blanks differ between zh and en`);
    for (const key of `${blanksOf("zh")},${blanksOf("spoken-zh")},${blanksOf("spoken-en")}`.split(","))
      if (key !== "" && !definedBlanks().has(key)) wrong.push(`${names[at]}: blank ${key} is not defined`);
  }
  return wrong;
}

const sharedBlanks =
  "店铺名 营业时间 客服时间 客服电话 地址 交通方式 停车说明 微信号 邮箱 付款方式 发票类型 开票时间 投诉电话 退款时间 会员规则 优惠活动 预约方式 网址 发货时间 截单时间 发货地 到货天数 快递公司 包邮门槛 普通运费 偏远运费 退货天数 退货地址 反馈时限 价保天数 丢件天数".split(
    " ",
  );

function definedBlanks(): Set<string> {
  const keys = new Set(sharedBlanks);
  const folder = new URL("templates/answers/", root);
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".blanks.json")))
    for (const { key } of JSON.parse(readFileSync(new URL(name, folder), "utf8")) as { key: string }[])
      keys.add(key);
  return keys;
}

/** Phrasings that stand in more than one intent of the whole corpus; found once. */
let found: { text: string; slugs: string[] }[] | null = null;
function repeated(): { text: string; slugs: string[] }[] {
  if (found !== null) return found;
  const owners = new Map<string, { text: string; slugs: Set<string> }>();
  for (const { slug, phrasings, phrasingsEn } of readCorpus())
    for (const text of [...phrasings, ...phrasingsEn]) {
      const known = owners.get(bare(text)) ?? { text, slugs: new Set<string>() };
      known.slugs.add(slug);
      owners.set(bare(text), known);
    }
  found = [...owners.values()]
    .filter(({ slugs }) => slugs.size > 1)
    .map(({ text, slugs }) => ({ text, slugs: [...slugs] }));
  return found;
}

export function checkGroup(group: string): {
  wrong: string[];
  chinese: number;
  english: number;
  intents: number;
} {
  const intents = readGroup(group);
  const wrong = checkAnswers(group, intents);
  let chinese = 0;
  let english = 0;
  const names = new Set<string>();
  for (const { slug, zh, en, phrasings, phrasingsEn } of intents) {
    if (names.has(slug)) wrong.push(`${slug}: named twice`);
    names.add(slug);
    if (zh === "" || en === "") wrong.push(`${slug}: no standard question`);
    const own = countable(phrasings);
    const ownEn = countable(phrasingsEn);
    chinese += own.kept.length;
    english += ownEn.kept.length;
    for (const [a, b] of [...own.pairs, ...ownEn.pairs]) wrong.push(`${slug}: too alike: ${a} ≈ ${b}`);
    if (own.kept.length < minChinese)
      wrong.push(`${slug}: ${own.kept.length} Chinese phrasings count, ${minChinese} needed`);
    if (ownEn.kept.length < minEnglish)
      wrong.push(`${slug}: ${ownEn.kept.length} English phrasings count, ${minEnglish} needed`);
  }
  for (const { text, slugs } of repeated())
    if (slugs.some((slug) => slug.startsWith(`${group}.`)))
      wrong.push(`"${text}" stands in ${slugs.join(" and ")}`);
  return { wrong, chinese, english, intents: intents.length };
}

if (import.meta.filename === process.argv[1]) {
  for (const group of process.argv.length > 2 ? process.argv.slice(2) : corpusGroups()) {
    const { wrong, chinese, english, intents } = checkGroup(group);
    for (const line of wrong) console.log(line);
    console.log(`${group}: ${intents} intents, ${chinese} Chinese and ${english} English phrasings count`);
    if (wrong.length > 0) process.exitCode = 1;
    else console.log("ok");
  }
}
