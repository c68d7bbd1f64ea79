// What an answer must hold, judged by how the question asks: "多少钱" wants an amount of money, "几点" a time of day. A
// sentence without it answers something else. Pure.

const digits = "(?:\\d[\\d.,]*|[一二两三四五六七八九十百千半]+)";
const numbered = (units: string) => new RegExp(`${digits}\\s*(?:${units})`, "iu");

interface Expectation {
  asks: RegExp;
  /** One of these stands in the answer. */
  holds: RegExp;
}

const money =
  /[¥￥£$€]\s*\d|\d[\d.,]*\s*(?:元|块|角|美元|万|rmb|yuan|usd|gbp|pounds?|dollars?|euros?)|[一二两三四五六七八九十百千半]+(?:元|块)|免费|不收|不另收|半天房费|全额|一半|half|free|included/iu;
const duration = numbered(
  "个?(?:工作日|自然日|小时|分钟|天|日|周|星期|月|年|秒)|hours?|days?|weeks?|months?|years?|min(?:ute)?s?|hrs?",
);
const clock =
  /\d{1,2}\s*[:：]\s*\d{2}|[一二两三四五六七八九十\d]+\s*点|\d\s*[ap]\.?m\b|noon|midnight|24\s*小时/iu;
const length = numbered(
  "毫米|厘米|公分|分米|米|公里|千米|寸|英寸|尺|里|mm|cm|km|m\\b|inch(?:es)?|feet|ft|miles?|minutes?|分钟",
);
const day =
  /(?:周|星期|礼拜)[一二三四五六日天末]|\d+\s*(?:月|号|日|天|小时)|[一二三四五六七八九十]+(?:月|号|日|天)|工作日|每天|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|weeks?|days?\b/iu;

/** The first that asks so decides. */
const expectations: readonly Expectation[] = [
  {
    asks: /多少钱|什么价|价格|几块|几元|收费|要钱|加钱|费用|押金|how much (?:is|are|does|do|for|to)|price|cost|what.*fee/iu,
    holds: money,
  },
  { asks: /几点|什么时间|what time|opening (?:time|hour)/iu, holds: clock },
  {
    asks: /多久|多长时间|几天|几个?小时|几个?月|几年|多少天|保修几|how long|how many (?:days|hours|weeks|months)/iu,
    holds: duration,
  },
  { asks: /多少度|水温|温度.*多少|temperature/iu, holds: numbered("度|℃|°|摄氏度|degrees") },
  {
    asks: /多重|多少(?:斤|公斤|克)|how heavy|weigh/iu,
    holds: numbered("公斤|千克|斤|克|kg|g\\b|吨|pounds?|lbs?"),
  },
  { asks: /多远|多高|多宽|多厚|多长|how far|how (?:tall|high|wide|thick)/iu, holds: length },
  { asks: /多大声|噪音|分贝|how loud/iu, holds: numbered("分贝|db|decibels?") },
  {
    asks: /多大|多少(?:平|升|水|毫升)|能装|容量|how (?:big|large)|capacity/iu,
    holds: numbered("平|㎡|升|毫升|ml|l\\b|厘米|cm|米|寸|人|litres?|liters?"),
  },
  {
    asks: /什么时候|何时|哪天|哪几天|几号|\bwhen\b/iu,
    holds: new RegExp(`${day.source}|${clock.source}|${duration.source}`, "iu"),
  },
  { asks: /几种|几个|几间|多少个|多少人|多少间|几次|几张|how many/iu, holds: new RegExp(digits, "u") },
  {
    asks: /谁|\bwho\b/iu,
    holds: /由.{1,12}(?:负责|授课|承担)|老师|师傅|医生|taught by|teacher|instructor/iu,
  },
  { asks: /电话|手机号|phone number|call you/iu, holds: /\d{3,}[\d -]{4,}/u },
  { asks: /密码|password/iu, holds: /密码|password/iu },
  {
    asks: /哪里|哪儿|在哪|什么地方|地址|\bwhere\b|which (?:tube|station)/iu,
    holds: /[在到至于]|位于|寄|地址|路|号|\b(?:at|in|on|near|nearest|from)\b/iu,
  },
];
const whether =
  /吗|能不能|可不可以|可以.*\?|有没有|是不是|会不会|要不要|^(?:可以|能|有)|^(?:can|may|is|are|do|does|will|could|should)\b/iu;
const decides =
  /可以|可|能|不|免|无|勿|须|需|有|包|支持|提供|禁|请|\b(?:can|may|no|not|only|must|free|include[sd]?|provide|open|allowed|need|have|has|is|are)\b/iu;

export type Fit = "holds" | "lacks" | "open";

/** Whether the sentence holds what such a question wants; "open" where the question wants nothing in particular. */
export function fitOf(question: string, sentence: string): Fit {
  const expected = expectations.find(({ asks }) => asks.test(question));
  if (expected !== undefined) return expected.holds.test(sentence) ? "holds" : "lacks";
  if (whether.test(question.trim())) return decides.test(sentence) ? "holds" : "open";
  return "open";
}

/** "怎么换": steps are wanted, so that what follows the sentence belongs to the answer. */
export function asksHow(question: string): boolean {
  return /怎么(?!卖|收费|样)|如何|怎样|步骤|how (?:do|to|can)\b/iu.test(question);
}

const there =
  /(?:有没有|有无|是不是|有木有)([^吗呢啊?？，,。]{1,10})|(?:^|[^没])(?:有|是)([^吗呢?？，,。]{1,8})吗|^(?:is|are) there (?:an? |any |some )?(.{2,40}?)(?: (?:at|in|on|for|with|near|from)\b.*)?\??$|^do you (?:have|sell|offer|provide) (?:an? |any |some )?(.{2,40}?)\??$/iu;

/** "早餐有没有素食": the thing whose being there is asked; null where the question asks something else. */
export function thingAskedFor(question: string): string | null {
  const found = there.exec(question.trim());
  return (
    found
      ?.slice(1)
      .find((part) => part !== undefined && part.trim() !== "")
      ?.trim() ?? null
  );
}
