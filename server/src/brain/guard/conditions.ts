// The conditions under which a source offers something, and whether a reply that repeats the offer kept them: "满 99 元包邮"
// may not become 包邮, "for silver only" not "free". Called by supports-promise.ts.

import { type Place, sentenceAround, tellingWords } from "./context.ts";
import { findNumerals } from "./numerals.ts";

/** A word of a reply that limits what it says, whatever the limit is. */
export const condition =
  /满(?!意)|达到|以上|首单|首次|头一|第一[次单]|新人|新客|会员|符合|条件|条款|范围|如果|如|若|的话|仅限?|只[限有能]|限(?=[^\d制时量])|部分|凭|over|above|at least|orders? of|minimum|spend|members?|first|new customers?|if|when|once|with (?:a |an |your |the )?(?:valid |annual )?(?:receipt|card|id|membership|proof)|eligible|qualify\w*|another [¥$€£]?\d|再[凑买加满]|还差|selected|applies|only|unless|after|until|before|within|up to|under|below|不到|不满|以下|之[内前后]|以[内前后]|as long as|provided/gu;
const threshold =
  /满\s?[¥$]?\s?[\d一二两三四五六七八九十百]+|[\d百十千]+\s?[元件份位]?以上|首单|首次|新人|新客|(?<!非)会员|仅限?[^,。;]{1,8}|凭[^,。;]{1,8}|生日|未拆[封]?|限(?![制时量购])[^,。;]{1,8}|(?:orders? )?(?:over|above|of at least|from) (?:¥|\$|€|£|rmb ?)?\d+|orders? of (?:¥|\$|€|£|rmb ?)?\d+|(?:办卡|开卡|充值|加入|注册|购买)[^,。;]{0,6}(?:后|可|送|赠)|[\d一二两三四五六七八九十]+\s?(?:公里|千米|km)(?:之|以)?内|within [\da-z]+ (?:miles?|km|kilomet\w+)|\d+ (?:hours?|days?) (?:before|ahead|in advance)|提前[^,。;]{1,8}|\d+ [a-z]+ or more|minimum|spend(?: [¥$€£]?\d+)?|members?(?! of)|first (?:order|visit|time)|new customers?|unopened|unused|birthday|with (?:a |an |your |the )?(?:valid )?(?:receipt|card|id|proof|note)|for [a-z]+(?: [a-z]+)? only|[a-z]+(?: days?)? only/gu;
/** A service of the shop after a purchase holds for so long. */
const window =
  /[\d一二两三四五六七八九十]+\s?(?:天|日|个月|年|小时)(?:之|以)?内|within [\da-z-]+ (?:hours?|days?|weeks?|months?|years?)/gu;

/** Whether the sentence of a text holds only for some. */
export function isLimited(sentence: string): boolean {
  return sentence.search(condition) >= 0 || sentence.search(threshold) >= 0;
}

/** True where the source offers it without a condition or the reply kept one. `isTimed`: a window of time is one too. */
export function keepsCondition(
  text: string,
  claim: Place,
  source: string,
  offer: Place,
  isTimed: boolean,
): boolean {
  const limits = limitsOf(source, offer, isTimed);
  if (limits.length === 0) return true;
  const { start, end } = sentenceAround(text, claim);
  const sentence = text.slice(start, end);
  if (sentence.search(condition) >= 0) return true;
  const numbers = new Set(findNumerals(sentence).map(({ low }) => low));
  const words = tellingWords(sentence);
  return limits.some(
    (limit) =>
      findNumerals(limit).some(({ low }) => numbers.has(low)) ||
      [...tellingWords(limit)].some((word) => words.has(word)),
  );
}

function limitsOf(source: string, offer: Place, isTimed: boolean): string[] {
  const { start, end } = sentenceAround(source, offer);
  const sentence = source.slice(start, end);
  const found = [...sentence.matchAll(threshold)].map(([limit]) => limit);
  return isTimed ? [...found, ...[...sentence.matchAll(window)].map(([limit]) => limit)] : found;
}
