// Words that can stand for each other in a question: sizes, colours, days, places, ways to pay, carriers. "有中码吗" then
// "大码呢" asks "有大码吗". Used by complete-from-topic.ts on unified text.

import { findRegions } from "./entities/addresses.ts";

export interface SlotWord {
  /** Which words may take its place. */
  slot: string;
  start: number;
  end: number;
}

const latin = (words: string) => `(?<![a-z])(?:${words})(?![a-z])`;
const patterns: [string, RegExp][] = [
  [
    "size",
    new RegExp(
      `(?:加|特|超|最)?(?:大|中|小|均)(?:一)?[码号]|(?<![\\w])(?:[2-8]?xl|x{2,4}l|xx?s|[sml])(?:码|号)?(?![\\w'])|\\d{2}(?:\\.5)?码|${latin("(?:extra )?(?:small|large)|medium|plus size|size \\d{1,2}")}`,
      "gu",
    ),
  ],
  [
    "colour",
    new RegExp(
      `(?:深|浅|亮|酒|藏|奶|米|卡其|玫|天|墨|军|荧光)?(?:黑|白|红|蓝|绿|黄|紫|粉|灰|棕|咖啡?|橙|杏|青|金|银|驼|卡其|透明)色?(?=的|款|色|$|呢|有|吗|还|那)|${latin("(?:light |dark |navy |bright )?(?:black|white|red|blue|green|yellow|purple|pink|gr[ae]y|brown|orange|beige|navy|gold|silver|khaki)")}`,
      "gu",
    ),
  ],
  [
    "day",
    new RegExp(
      `大?[今明后昨前][天日](?:早上|上午|中午|下午|晚上)?|[今明昨]晚|明早|(?:这|上|下)?(?:个)?(?:周|星期|礼拜)[一二三四五六日天末]|周末|(?:这|上|下)个?(?:周|月|星期|礼拜)(?![一二三四五六日天末])|节假日|工作日|\\d{1,2}月\\d{1,2}[日号]|\\d{1,2}[日号]|春节|国庆|五一|元旦|早上|上午|中午|下午|晚上|凌晨|${latin("today|tomorrow|tonight|yesterday|(?:this |next |on )?(?:weekends?|monday|tuesday|wednesday|thursday|friday|saturday|sunday)|(?:this|next) (?:week|month)|mornings?|afternoons?|evenings?|holidays?|christmas")}`,
      "gu",
    ),
  ],
  [
    "payment",
    new RegExp(
      `微信(?:支付)?|支付宝|花呗|信用卡|银行卡|云闪付|货到付款|现金|对公|${latin("paypal|visa|mastercard|amex|apple pay|google pay|credit cards?|cash|alipay|wechat(?: pay)?|klarna|bank transfer")}`,
      "gu",
    ),
  ],
  [
    "carrier",
    new RegExp(
      `顺丰|圆通|中通|申通|韵达|极兔|邮政|德邦|京东快递|${latin("ems|ups|fedex|dhl|usps|royal mail")}`,
      "gu",
    ),
  ],
  [
    "person",
    new RegExp(
      `男(?:款|士|生|的)|女(?:款|士|生|的)|儿童(?:款)?|小孩|孩子|老人|大人|孕妇|学生|${latin("men'?s?|women'?s?|kids?'?|children'?s?|adults?|students?|seniors?|bab(?:y|ies)")}`,
      "gu",
    ),
  ],
];

/** Slot words of a unified text, in reading order; of two that overlap the longer. */
export function findSlotWords(text: string): SlotWord[] {
  const found = patterns.flatMap(([slot, pattern]) =>
    [...text.matchAll(pattern)].map((match) => ({
      slot,
      start: match.index,
      end: match.index + match[0].length,
    })),
  );
  for (const { start, end } of findRegions(text)) found.push({ slot: "place", start, end });
  const byLength = found.sort((a, b) => b.end - b.start - (a.end - a.start));
  const kept: SlotWord[] = [];
  for (const word of byLength)
    if (kept.every(({ start, end }) => word.end <= start || word.start >= end)) kept.push(word);
  return kept.sort((a, b) => a.start - b.start);
}
