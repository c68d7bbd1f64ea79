// What a message says of products: which one is named, which fault codes it shows, what is asked of it, and whether a step
// helped. Fuzzy codes ("报e四", "显示ｅ４") are the language package's work. Pure.

import { findEntities, unifyCharacters } from "@yingda/language";
import { looseKey, plainKey } from "./fault-keys.ts";
import type { KnownProduct, KnownProducts } from "./known-products.ts";

/** Below it a name is only somehow like a product's. */
const sureName = 0.78;
const longestRead = 400;

/** Products named in a text: one, or those that fit as well as each other; empty without any. */
export function productsNamed(known: KnownProducts, text: string): KnownProduct[] {
  const named = modelsNamed(known, text);
  if (named.length > 0) return named;
  const found = findEntities(text.slice(0, longestRead), { now: new Date(0), catalogue: known.catalogue });
  for (const entity of found) {
    if (entity.kind !== "product" || entity.confidence < sureName) continue;
    const best = entity.candidates[0]?.score ?? 0;
    const near = entity.candidates.filter(({ score }) => best - score < 0.05);
    return near.flatMap(({ id }) => known.byId.get(id) ?? []);
  }
  return kindsNamed(known, text);
}

const segmenter = new Intl.Segmenter("zh", { granularity: "word" });

/** "我的烤箱" for 烘焙家烤箱: what stands at the end of a name is the kind of thing. Whole words only: 热水器 is no 净水器. */
function kindsNamed(known: KnownProducts, text: string): KnownProduct[] {
  const words = [...segmenter.segment(unifyCharacters(text.slice(0, longestRead)))].map(
    ({ segment }) => segment,
  );
  let longest = 1;
  let named: KnownProduct[] = [];
  for (const product of known.all) {
    const name = unifyCharacters(product.name).replace(/[^\p{Script=Han}]+$/u, "");
    const length = Math.max(0, ...words.map((_, at) => kindAt(name, words, at)));
    if (length < longest || length < 2) continue;
    if (length > longest) named = [];
    longest = length;
    named.push(product);
  }
  return named;
}

/** Characters of the end of a name that one or two words from here on are; 0 none. */
function kindAt(name: string, words: readonly string[], at: number): number {
  const [one = "", two = ""] = words.slice(at, at + 2);
  const found = [one + two, one].find((word) => /^\p{Script=Han}{2,}$/u.test(word) && name.endsWith(word));
  return found === undefined ? 0 : [...found].length;
}

/** Models spelt out: a short one ("X5") is too little for a search by likeness. */
function modelsNamed(known: KnownProducts, text: string): KnownProduct[] {
  const words = new Set(wordsOf(text));
  const joined = ` ${[...words].join(" ")} `;
  let longest = 0;
  let named: KnownProduct[] = [];
  for (const product of known.all) {
    for (const model of product.models) {
      const key = wordsOf(model).join(" ");
      if (key === "" || !(words.has(key) || joined.includes(` ${key} `)) || key.length < longest) continue;
      if (key.length > longest) named = [];
      longest = key.length;
      if (!named.includes(product)) named.push(product);
    }
  }
  return named;
}

/** Runs of letters and digits, Han characters apart: "我的X5-Pro报e04" → x5, pro, e04. */
function wordsOf(text: string): string[] {
  return (
    unifyCharacters(text.slice(0, longestRead))
      .toLowerCase()
      .match(/[a-z0-9]+/gu) ?? []
  );
}

/** A product of exactly this name, model or other name; for what a link says. */
export function productCalled(known: KnownProducts, name: string): KnownProduct | null {
  const key = plainKey(name);
  if (key === "") return null;
  const called = known.all.filter((product) =>
    [product.name, product.nameEn, ...product.models, ...product.aliases].some(
      (own) => own !== "" && plainKey(own) === key,
    ),
  );
  return called.length === 1 ? (called[0] ?? null) : null;
}

export interface ShownCode {
  code: string;
  /** False: no product has it, but the words say that a display shows it. */
  isKnown: boolean;
}

const cue = /报|显示|出现|故障|错误|代码|闪|提示|屏幕|error|fault|code|shows?|display|flash|blink/iu;

/** Fault codes in a text, in their order, those that a product has before others. A model's name is no code. */
export function codesShown(known: KnownProducts, text: string): ShownCode[] {
  const read = text.slice(0, longestRead);
  const names = new Set(
    known.all.flatMap(({ models, aliases }) => [...models, ...aliases]).map((own) => looseKey(own)),
  );
  const codes = new Map<string, ShownCode>();
  for (const code of wordCodes(known, read)) codes.set(looseKey(code), { code, isKnown: true });
  const found = findEntities(read, { now: new Date(0), faultCodes: known.faultCodes });
  for (const entity of found) {
    if (entity.kind !== "fault-code" || codes.has(looseKey(entity.value))) continue;
    // as it was typed says more than the first product's spelling of it
    const typed = plainKey(entity.text);
    const code = /^[a-z0-9]+$/u.test(typed) ? entity.text.trim().toUpperCase() : entity.value;
    const isKnown = known.faults.has(looseKey(code));
    if (isKnown || !names.has(looseKey(code))) codes.set(looseKey(code), { code, isKnown });
  }
  return [...codes.values()].sort((a, b) => Number(b.isKnown) - Number(a.isKnown));
}

/** Codes of letters only ("UE", "CL") or signs: alone, or beside a word that speaks of a display. */
function wordCodes(known: KnownProducts, text: string): string[] {
  const odd = known.faultCodes.filter((code) => !/\d/u.test(code));
  if (odd.length === 0) return [];
  const whole = plainKey(text);
  const words = new Set(wordsOf(text));
  const hasCue = cue.test(text);
  return odd.filter((code) => {
    const key = plainKey(code);
    return whole === key || (hasCue && (words.has(key) || (!/^[a-z]+$/u.test(key) && text.includes(code))));
  });
}

export type AskedOf = "warranty" | "manual" | "video" | "fault";

const asks: [AskedOf, RegExp][] = [
  ["manual", /说明书|使用手册|用户手册|\bmanuals?\b|user guide|instruction booklet/iu],
  ["warranty", /保修|质保|包修|三包期?|warrant(?:y|ies)|guarantee/iu],
  [
    "video",
    /(?:安装|使用|操作|教学|演示|教程)视频|视频(?:教程|说明|吗|呢|在哪)|(?:how-to|set-?up|installation) video|video tutorial/iu,
  ],
  [
    "fault",
    /报错|报警|故障码|故障代码|错误码|错误代码|显示(?:一个|个)?(?:代码|故障)|error code|fault code|shows? (?:an? )?(?:error|code)/iu,
  ],
];
/** How a claim is made is the business of the FAQs. */
const process =
  /怎么(?:申请|办|报|寄|换|弄)|如何(?:申请|办)|寄(?:回|到|修)|发票|延保|延长|上门|预约|(?:how (?:do|can) i|to) (?:claim|file|extend)|extended/iu;

export function askedOf(text: string): AskedOf | null {
  return asks.find(([, words]) => words.test(text))?.[0] ?? null;
}

export function asksForProcess(text: string): boolean {
  return process.test(text);
}

const notHelped =
  /^(?:还?(?:是)?(?:没|没有|未|不)(?:有)?(?:解决|用|效|效果|好|行|反应|变化|成功|管用|起作用))|还(?:是)?(?:不行|不好|一样|没好|没用|没解决|有|在?报|在?显示|老样子)|(?:^|，|,)不行|没(?:有)?(?:解决|用|效果)|不管用|不起作用|下一步|试(?:过|了).{0,8}(?:没|不|还)|\b(?:not (?:solved|fixed|working)|still|didn'?t (?:work|help|solve|fix)|does ?n['o]?t (?:work|help)|no (?:luck|change|effect)|next step)\b|^no\b/iu;
const helped =
  /^(?:已经|现在|终于|都)?(?:解决了|好了|可以了|行了|搞定|修好了|正常了|恢复了|没问题了)|\b(?:solved|fixed|works now|it works|working now|that (?:did|fixed) it)\b/iu;

/** Whether the step told before helped; null for anything else. */
export function stepHelped(text: string): boolean | null {
  const said = text.trim();
  if (notHelped.test(said)) return false;
  return helped.test(said) ? true : null;
}
