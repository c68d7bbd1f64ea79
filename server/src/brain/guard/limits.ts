// What stands around an amount: on which side the truth may lie (最多, at least, 起) and what it is paid for (每月, per person).
// Called by amounts.ts.

import type { Bound } from "./claim.ts";

const perWord =
  "(?:个?月|年|天|日|晚|人|位|次|层|个?小时|件|个|公斤|千克|斤|kg|周|mo(?:nth)?|years?|yr|days?|nights?|person|people|hours?|hr|weeks?|items?|unit|guest|user|head|seat|pallet|km|kilomet(?:re|er)|miles?|公里|gb|lesson|class|session|floor|room|间|房|桌|table|pair|kilo|托盘)(?![a-z])";
const perAfter = new RegExp(
  `^(?:\\s?(?:\\/|每|一(?=个?[小月年晚天位人间])|a |an |per |each |one )\\s?${perWord}){1,2}`,
  "u",
);
const perBefore = new RegExp(
  `(?:(?:(?:每(?:个|一)?|一个?|日租|月租|单)${perWord}){1,2}|monthly|yearly|annual|daily|hourly|weekly|nightly|包?月租?|日租|一次性|one-off|flat)(?: [a-z]+)?(?:仅需|只需|只要|收费|需要?|付|费用?|价格|fee|price|:| |是|为|¥|\\$){0,3}$`,
  "u",
);
/** 不要超过 is a most, 不得少于 a least. */
const hanNot = "(?:不(?:要|能|得|可以?|会|应该?|宜|允许|建议)?|别|勿)";
const latinNot = "(?:no|not|never|n't)(?: be)? ";
const money = "(?:(?:¥|\\$|€|£|rmb)\\s?)?";
const mostBefore = new RegExp(
  `(?:最多|至多|最长|最高|最晚|最迟|≤|<|${hanNot}(?:超过|超出|多于|大于|高于)|(?<!${hanNot})(?:低于|少于|小于)|不到|不满|up to|at most|no (?:more|longer|later) than|(?:not|never|n't) exceed|within|(?<!${latinNot})(?:less than|under|below)|maximum(?: of)?|max\\.?)(?:[是为:约]|可达)?\\s?${money}$`,
  "u",
);
const mostAfter = /^\s?(?:之内|以内|内|以下|or less|or fewer|max\b|maximum|at most)/u;
const leastBefore = new RegExp(
  `(?<!不)(?:≥|>|至少|最少|${hanNot}(?:少于|低于|小于)|超过|大于|高于|满|最低|起码|at least|more than|over|above|minimum(?: of)?|${latinNot}(?:less than|under|below)|exceed(?:s|ing)?)(?:[是为:]|消费)?\\s?${money}$`,
  "u",
);
const leastAfter =
  /^\s?(?:\/?[个件台套份人位])?(?:以上|及以上|或以上|起(?=[订批送租售购拍])|or more|or above|and (?:above|over|up|more)|minimum)/u;
const fromBefore =
  /(?:starting (?:at|from)|starts? (?:at|from)|from|as low as|低至|仅从|从)\s?(?:(?:¥|\$|€|£|rmb)\s?)?$/u;
const fromAfter = /^\s?(?:\/[^\s]{1,2})?起(?![来床飞诉点订批送租售购拍])/u;
const soonestBefore = /(?:最快|最早|as (?:soon|fast|quickly|little) as(?: in)?)\s?$/u;
/** Which side of the value is meant, from the text before and behind it. */
export function boundOf(before: string, after: string): Bound {
  if (mostBefore.test(before)) return "most";
  if (soonestBefore.test(before)) return "soonest";
  if (leastAfter.test(after)) return "least";
  if (fromAfter.test(after)) return "from";
  if (mostAfter.test(after)) return "most";
  if (leastBefore.test(before)) return "least";
  return fromBefore.test(before) ? "from" : "none";
}

const perNames: [RegExp, string][] = [
  [/一次性|one-off|flat/u, "once"],
  [/月|mo/u, "month"],
  [/年|ye?a?r|annual/u, "year"],
  [/周|week/u, "week"],
  [/晚|night/u, "night"],
  [/小时|hour|hr/u, "hour"],
  [/天|日|da[yi]/u, "day"],
  [/人|位|person|people|guest|user|head|seat/u, "person"],
  [/层|floor/u, "storey"],
  [/公里|km|kilomet/u, "km"],
  [/mile/u, "mile"],
  [/间|房|room/u, "room"],
  [/桌|table/u, "table"],
  [/公斤|千克|kg/u, "kg"],
  [/斤/u, "jin"],
  [/次(?!性)/u, "time"],
];

/** What the amount is paid or counted for. */
export function ratesOf(before: string, after: string): string[] {
  const rates = `${perAfter.exec(after)?.[0] ?? ""} ${perBefore.exec(before)?.[0] ?? ""}`;
  return perNames.filter(([pattern]) => pattern.test(rates)).map(([, name]) => name);
}
