// What a source says is not so: "non-refundable", "macOS not supported", 不可预留, 生鲜除外. A source does not back a sentence
// that says with the same words that it is so, whatever numbers they share. Called by source-index.ts and guard-reply.ts.

import { type Place, stemOf, tellingWords } from "./context.ts";
import { maskStretches } from "./fold.ts";

export interface Polarity {
  /** Words that the text says of what is so. */
  affirmed: Set<string>;
  /** Words that the text only denies. */
  denied: Set<string>;
  /** Words of what is left out of an offer, whatever else is said of it: 新疆、西藏除外. */
  excluded: Set<string>;
  /** Words of what is paid beside the price: 教材费另收. */
  paidApart: Set<string>;
  /** The text itself says that something comes on top. */
  isBeside: boolean;
}

const clauseEnd =
  /[,。!?;:\n、|()]|\.(?=\s|$)|但|\b(?:but|except|and|because|which|after|before|once|when|while|during|until|unless|if)\b/u;
/** 秒杀、清仓商品不参与: a list is denied together. */
const clauseStart = /[,。!?;:\n|()]|\.(?=\s|$)|但|\b(?:but|except|because|which)\b/u;
/** A rule that denies, and what it governs behind it. */
const ruleOut =
  /(?:不(?:能|会|可以?|支持|提供|予|含|包括?|享受?|接受|承担|参与|参加|适用|得|允许|退|换|送|赔|修|改|寄|叠)|不(?=\p{Script=Han})(?![是同错过足到超少低限管论满仅只断久客便如妨然一定知清用必需要太很够怎得好了锈粘倒单光比])|无(?=\p{Script=Han}{2})(?![需须论理条忧限门敌比线人机])|无法|没有|谢绝|禁止|概不|恕不|暂不|(?<![a-z])(?:(?<!(?:was|were|did|has|have|had|(?:that|which|who|if [a-z]{1,10}|it|they) (?:do|does)) )not|don't|doesn't|no|never|cannot|can't|won't|isn't|aren't|without|non-|excluding|neither|nor)(?![a-z])\s?)/gu;
/** In a reply every denial counts, also of what happened and what is advised against. */
const anyDenial = new RegExp(
  `${ruleOut.source}|(?<![特个区分级类识辨告离])别(?!的|人|墅|说|处)|不要|不[了行]|避免|切勿|除[了去]|没|未(?!成年)|(?<![a-z])(?:(?:do|does|did|was|were|has|have|had)(?:n't| not)|avoid|before|leaves? out|apart from|except(?: for)?|other than)(?![a-z])\\s?`,
  "gu",
);
/** What is said before its denial: "flash sales excluded", 定制除外. */
const backward =
  /(?:除外|不参加|(?:不支持|不适用|不参与|不可|不包括|不含)(?!(?![的哦呢啦了])\p{Script=Han})|(?<![a-z])(?:(?:is |are )?(?:not|never) (?:supported|included|available|covered|guaranteed|allowed|permitted|accepted|offered|applicable|eligible)|excluded|unavailable|excepted)(?![a-z]))/gu;
/** Paid beside the price: denied to whoever says that it is in it. */
const apart =
  /另算|单算|单独[算收计]|另外[算收付计]|另付|另收费?|另计|自理|(?<![a-z])(?:extra|(?:comes|is|goes) on top|separate(?:ly)?|self-pay)(?![a-z])/gu;
const saysApart =
  /另|[再还]要?加|加[上收]|额外|单独|自[理己付]|不[含包]|收(?=\s?[¥\d])|(?<![a-z])(?:extra|additional(?:ly)?|plus|on top|separate(?:ly)?|another|more|without|not|add(?:s|ed)?|buy|n't)(?![a-z])/u;
const leavesOut = /^(?:除外|不参与|不参加|不适用|不包括|excluded|excepted)$/u;
const harmless =
  /(?:有没有|(\p{Script=Han})不\1)|不满|不粘|不锈钢|不倒翁|未来|不足|不到|不超过|不少于|不低于|不限|不管|不论|不同|不错|不过|不用担心|无理由|无条件|无需|没问题|not only|no later|no more than|not more than|no less|no need|no questions|interest[- ]free|(?:no|without) interest|[零免无不收]{1,2}利?息/gu;
const spanHan = 12;
const spanLatin = 34;

/**
 * Splits the words of a folded text by what it affirms and what it denies. Of a source only rules count: "it was not fixed
 * the first time" denies no repair.
 */
export function polarityOf(text: string, side: "claims" | "backing"): Polarity {
  const plain = text.replace(harmless, (words) => "·".repeat(words.length));
  const denied = new Set<string>();
  const excluded = new Set<string>();
  const spans: Place[] = [];
  for (const found of plain.matchAll(side === "claims" ? anyDenial : ruleOut)) {
    const end = found.index + found[0].length;
    const tail = plain.slice(end, end + reachOf(plain, end));
    const stop = tail.search(clauseEnd);
    spans.push({ start: end, end: end + (stop < 0 ? tail.length : stop) });
  }
  for (const found of plain.matchAll(backward)) {
    const clause = clauseBefore(plain, found.index);
    spans.push({ start: found.index - clause.length, end: found.index + found[0].length });
    if (leavesOut.test(found[0])) for (const word of tellingWords(clause)) excluded.add(stemOf(word));
  }
  for (const { start, end } of spans)
    for (const word of keywordsOf(plain.slice(start, end))) denied.add(word);
  // "the course can't be returned" of a reply says nothing else of the course
  const told =
    side === "claims" ? [...plain.matchAll(anyDenial)].map(({ index }) => headOf(plain, index)) : [];
  const beside = [...plain.matchAll(apart)].map(({ index }) => headOf(plain, index));
  const affirmed = keywordsOf(maskStretches(plain, [...spans, ...told, ...beside]));
  for (const word of affirmed) denied.delete(word);
  const paidApart = new Set<string>();
  for (const { start, end } of beside)
    for (const word of keywordsOf(plain.slice(start, end))) if (!affirmed.has(word)) paidApart.add(word);
  return { affirmed, denied, excluded, paidApart, isBeside: saysApart.test(plain) };
}

function clauseBefore(text: string, at: number): string {
  const head = text.slice(Math.max(0, at - reachOf(text, at - 1)), at);
  return head.split(clauseStart).at(-1) ?? "";
}

function headOf(text: string, at: number): Place {
  return { start: at - clauseBefore(text, at).length, end: at };
}

/** Whether the sentence says that something is so which the source only denies. */
export function contradicts(sentence: Polarity, source: Polarity): boolean {
  for (const word of source.denied) if (sentence.affirmed.has(word)) return true;
  if (!sentence.isBeside) for (const word of source.paidApart) if (sentence.affirmed.has(word)) return true;
  return false;
}

function reachOf(text: string, at: number): number {
  return /[a-z ]/u.test(text.charAt(at)) ? spanLatin : spanHan;
}

/** Words, and single characters of what is done: 退, 换, 送. */
function keywordsOf(text: string): Set<string> {
  const words = tellingWords(text);
  for (const [code] of text.matchAll(
    /(?<![a-z\d.¥$€£])(?=[a-z]*\d)[a-z\d]{3,20}(?![a-z\d.%]|\s?[元块天年月日个件小度])/gu,
  ))
    words.add(code);
  for (const [character] of text.matchAll(/[退换送赔修改寄叠转借延]/gu)) words.add(character);
  return new Set([...words].map(stemOf));
}
