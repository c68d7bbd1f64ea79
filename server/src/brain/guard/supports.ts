// Whether one source says what a claim says: same kind, same unit, same value, no opposite side of a limit, and not of
// another thing where the source tells two things apart. Each source answers alone, so a further source never takes away
// support. Called by guard-reply.ts.

import { sameAnchor } from "./anchors.ts";
import { belongsElsewhere } from "./belongs.ts";
import type { Amount, DateMeaning, Found } from "./claim.ts";
import { codeKey } from "./contacts-and-codes.ts";
import { clauseAround } from "./context.ts";
import { contradicts, type Polarity } from "./denial.ts";
import type { ReadSource } from "./source-index.ts";
import { valueKeys } from "./source-index.ts";
import { supportsPromise } from "./supports-promise.ts";
import { looseCounts, measuredUnits } from "./units.ts";

export interface Asked {
  claim: Found;
  /** The folded reply. */
  text: string;
  facts: Found[];
  placeOf: Map<Found, number>;
  /** What the sources call today. */
  todays: readonly DateMeaning[];
  /** What the claim's sentence affirms and denies. */
  polarity: Polarity;
  /** The sentence tells the customer's own words back: "您说的 …". */
  isEcho: boolean;
}

/** Whether the source says it. Throws nothing. */
export function isSupported(asked: Asked, source: ReadSource): boolean {
  if (!source.isCustomer && contradicts(asked.polarity, source.polarity)) return false;
  const { meaning } = asked.claim;
  switch (meaning.kind) {
    case "promise":
    case "policy":
      return !source.isCustomer && supportsPromise(asked.text, asked.claim, source);
    case "url":
      return !source.isCustomer && hasKey(source, meaning.kind, meaning.key);
    case "email":
      return hasKey(source, meaning.kind, meaning.key);
    case "phone":
      return source.digits.has(meaning.key);
    case "code":
      return (
        source.names.has(meaning.key) || source.digits.has(meaning.key) || isMeasured(meaning.key, source)
      );
    case "date":
      if (source.isCustomer && !isToldBack(asked)) return false;
      return (
        isEveryDay(meaning, source) ||
        isWorkdays(meaning, source) ||
        isLeftOut(asked, meaning, source) ||
        asked.todays.some((today) => isDayOf(meaning, today, source)) ||
        (source.byValue.get("date") ?? []).some(
          (fact) =>
            sameDate(meaning, fact.meaning as DateMeaning, source) &&
            (meaning.weekdays === null || isClosed(asked.text, asked.claim) === isClosed(source.text, fact)),
        )
      );
    case "time":
      if (source.isCustomer && !isToldBack(asked)) return false;
      return (
        isBareHour(meaning.minutes, source) ||
        meaning.minutes.some((minutes) =>
          source.byValue.get(`time ${minutes}`)?.some((fact) => !belongsElsewhere(asked, fact, source)),
        )
      );
    default:
      return supportsAmount(asked, meaning, source);
  }
}

/** What the shop does or grants on a day. */
const offers =
  /到(?!期)|送|发(?!现|票|生|烧)|寄|营业|开(?:门|业|放|着)|上班|上门|有[人货位空]|退|赔|换|安装|修|完成|处理|可以|能(?!力|量)|没问题|(?<![a-z])(?:arriv\w*|deliver\w*|ships?|shipped|sent?|dispatch\w*|open|available|ready|refund\w*|replace\w*|come|there|can|will|sure)(?![a-z])|'ll /u;
/** What tells the customer's own deed or wish back, denies it, or asks about it. */
const toldBack =
  /[您你][^,。]{0,12}(?:下(?![午次周个旬月班面方])|买|购|付|拍|说|约|订|提到|问|申请)|下单|下的|订单|预约|预订|不|没(?!问题)|无法|未|如果|要是|若|的话|对吗|是吗|吗|(?<![a-z])(?:order(?:ed|s)?|placed|bought|paid|booked|asked|said|not|no|never|cannot|unfortunately|if|should|whether)(?![a-z])|n't|\?/u;

/** A day or an hour that the customer named backs what is told back; "可以，明天到" would be an offer of nobody's. */
function isToldBack({ isEcho, text, claim }: Asked): boolean {
  const { start, end } = clauseAround(text, claim);
  const clause = text.slice(start, end + 1);
  return isEcho || toldBack.test(clause) || !offers.test(clause);
}

/** "4000DPI" of a source that says "DPI: 4000". */
function isMeasured(key: string, { names, numbers }: ReadSource): boolean {
  const [, number = "", unit = ""] = /^(\d{1,9})([a-z]{2,5})$/u.exec(key) ?? [];
  return unit !== "" && numbers.has(Number(number)) && names.has(unit);
}

/** "around eight" may be hours: without a half of the day and minutes it is as good as a bare number. */
function isBareHour(minutes: readonly number[], { numbers }: ReadSource): boolean {
  const [first = 0] = minutes;
  return minutes.length === 2 && first % 60 === 0 && numbers.has(Math.min(...minutes) / 60);
}

function hasKey(source: ReadSource, kind: string, key: string): boolean {
  return (source.byValue.get(`${kind} ${key}`) ?? []).length > 0;
}

/** An offer is not made by the customer: prices, discounts and times of theirs are only told back. */
function isOffer(kind: string): boolean {
  return kind === "money" || kind === "percentage" || kind === "duration";
}

function supportsAmount(asked: Asked, amount: Amount, source: ReadSource): boolean {
  if (source.isCustomer && isOffer(amount.kind) && !asked.isEcho) return false;
  if (amount.unit === "off" && amount.low === 100 && source.promises.has("free")) return true;
  if (amount.kind === "money" && amount.low === 0 && amount.high === 0 && isFree(source)) return true;
  const candidates = candidatesFor(amount, source);
  const same = candidates.filter(({ meaning }) => sameAmount(amount, meaning as Amount, source));
  const isTimed = amount.kind === "duration" || amount.kind === "percentage";
  const isSaid = same.some(
    (fact) =>
      !belongsElsewhere(asked, fact, source) &&
      (!isTimed || sameAnchor(asked.text, asked.claim, source.text, fact, amount.kind === "percentage")),
  );
  if (isSaid) return true;
  if (same.length === 0 && amount.name !== null && source.names.has(codeKey(amount.name))) return true;
  const isBare = (amount.kind === "number" || amount.kind === "money") && amount.unit === "";
  if (isBare && same.length === 0 && source.numbers.has(amount.low) && source.numbers.has(amount.high))
    return true;
  if (isPlainCount(amount) && (isOrder(amount, source) || (amount.low === 2 && paired.test(source.text))))
    return true;
  if (amount.unit === "sort" && source.listed.has(amount.low)) return true;
  return amount.low !== amount.high && amount.kind !== "duration" && hasBothEnds(amount, candidates);
}

const paired =
  /第二[一-龥]|双方|两[人者]|买[二两]|(?<![a-z])(?:second(?! ?hand| floor)|both|buy (?:two|2))(?![a-z])/u;

/** Pieces, people, cups: counted, not measured. */
function isPlainCount({ kind, unit, low, high }: Amount): boolean {
  return kind === "number" && !measuredUnits.has(unit) && low === high && low <= 20;
}

/** "三大两小": a line with numbers and nothing else to read is somebody's order. */
function isOrder({ low }: Amount, { facts, numbers }: ReadSource): boolean {
  return facts.length === 0 && numbers.has(low);
}

function isFree({ promises }: ReadSource): boolean {
  return [...(promises.get("free") ?? []), ...(promises.get("free-shipping") ?? [])].some(
    ({ meaning }) => "said" in meaning && !meaning.said.isNegated,
  );
}

/** Claims of the source that could say it: of the same kind, and for a bare number of any counted kind. */
function candidatesFor(amount: Amount, source: ReadSource): Found[] {
  const keys = new Set(valueKeys(amount));
  // "two hundred pounds" are money or weight
  if (amount.unit === "lb") for (const key of valueKeys(amount)) keys.add(key.replace("number", "money"));
  if (amount.unit === "GBP") for (const key of valueKeys(amount)) keys.add(key.replace("money", "number"));
  if (amount.kind === "money") for (const key of valueKeys(amount)) keys.add(key.replace("money", "number"));
  if (amount.kind === "number" && amount.unit === "")
    for (const key of valueKeys(amount)) keys.add(key.replace("number", "money"));
  const found = [...keys].flatMap((key) => source.byValue.get(key) ?? []);
  return [...new Set(found)].filter(({ meaning }) => "low" in meaning);
}

/** "小份 18，大份 26": a price list without its currency. */
function isBarePrice(said: Amount): boolean {
  return said.kind === "number" && said.unit === "";
}

function sameAmount(claim: Amount, said: Amount, source: ReadSource): boolean {
  const isBare = claim.kind === "number" && claim.unit === "";
  // "45 pounds" is weight or money
  const isPounds = (a: Amount, b: Amount) => a.unit === "lb" && b.unit === "GBP";
  if (isPounds(claim, said) || isPounds(said, claim)) return sameValue({ ...claim, unit: said.unit }, said);
  if (claim.kind === "money" && isBarePrice(said)) return sameValue(claim, { ...said, unit: claim.unit });
  if (claim.kind !== said.kind) return isBare && sameValue(claim, said);
  if (!sameUnits(claim, said)) return false;
  if (!sameRate(claim.per, said.per)) return false;
  return sameValue(claim, said) && !isOpposite(claim, said, source);
}

const spans: ReadonlySet<string> = new Set("once hour day night week month year".split(" "));

/** "$8 a month" is neither "$8 a year" nor "$8 per user and month". */
function sameRate(claim: readonly string[], said: readonly string[]): boolean {
  if (claim.length === 0 || said.length === 0) return true;
  const asked = claim.filter((one) => spans.has(one));
  const isOtherSpan =
    asked.length > 0 && said.some((one) => spans.has(one)) && !asked.some((one) => said.includes(one));
  const isShared = claim.some((one) => said.includes(one));
  return isShared && !isOtherSpan && (claim.includes("person") || !said.includes("person"));
}

function sameUnits(claim: Amount, said: Amount): boolean {
  if (claim.unit === said.unit) return true;
  switch (claim.kind) {
    case "money":
      return claim.unit === "" || said.unit === "";
    case "percentage":
      return claim.unit === "%";
    case "duration":
      return claim.unit !== "workday" && said.unit !== "workday";
    case "number":
      if (claim.unit === "g" && said.unit === "gb") return true; // 16G of memory
      if (measuredUnits.has(claim.unit)) return false;
      if (claim.unit === "") return true;
      return looseCounts.has(said.unit) || (looseCounts.has(claim.unit) && !measuredUnits.has(said.unit));
  }
}

function sameValue(claim: Amount, said: Amount): boolean {
  if (claim.unit !== said.unit && claim.kind === "duration" && said.kind === "duration") {
    return sameLength(claim, said, "low") && sameLength(claim, said, "high");
  }
  if (claim.low === said.low && claim.high === said.high) return true;
  if (claim.low !== claim.high || said.low === said.high) return false;
  if (claim.kind === "percentage" && said.low === 0 && claim.low === said.high) return true;
  // one end of a range, said as the end that it is
  if (claim.low === said.high) return claim.bound === "most";
  return (
    claim.low === said.low && (claim.bound === "least" || claim.bound === "from" || claim.bound === "soonest")
  );
}

/** A month is 30 days or a twelfth of 365. */
function sameLength(a: Amount, b: Amount, end: "low" | "high"): boolean {
  const [months, seconds] = a.unit === "month" ? [a[end], b[end]] : [b[end], a[end]];
  const days = seconds / 86_400;
  return days === months * 30 || days === Math.round((months / 12) * 365);
}

function isOpposite(claim: Amount, said: Amount, source: ReadSource): boolean {
  // "up to ¥50" is not ¥50
  const isOffer = claim.kind === "money" || claim.unit === "off";
  if (isOffer && !source.isCustomer && said.bound === "most" && claim.bound === "none") return true;
  const isLower = (bound: Amount["bound"]) => bound === "least" || bound === "from";
  if (claim.kind === "money" && said.bound === "from" && (claim.bound === "none" || claim.bound === "most"))
    return true;
  const isOtherSide =
    (claim.bound === "most" && isLower(said.bound)) || (isLower(claim.bound) && said.bound === "most");
  // "超过 7 天不能退" and "7 天内可以退" are one rule
  return (
    isOtherSide &&
    !/不(?!(?:要|能|得|可以?|会|应该?|宜)?(?:超过|超出|多于|大于|高于|少于|低于|小于))|无|未|否则|超出|超过|每[加增多]|额外|not|no|never|cannot|n't|extra|additional|beyond|over/u.test(
      source.text,
    )
  );
}

function hasBothEnds(claim: Amount, candidates: readonly Found[]): boolean {
  const isSaid = (value: number) =>
    candidates.some(({ meaning }) => {
      const said = meaning as Amount;
      return said.kind === claim.kind && sameUnits(claim, said) && said.low === value && said.high === value;
    });
  return isSaid(claim.low) && isSaid(claim.high);
}

function datesOf({ byValue }: ReadSource): DateMeaning[] {
  return (byValue.get("date") ?? []).map(({ meaning }) => meaning as DateMeaning);
}

const sameDay: Record<string, string[]> = {
  today: ["today", "same-day"],
  "same-day": ["same-day", "today"],
  tomorrow: ["tomorrow", "next-day"],
  "next-day": ["next-day", "tomorrow"],
};

const daysAhead: Record<string, number> = {
  today: 0,
  "same-day": 0,
  tomorrow: 1,
  "next-day": 1,
  "after-tomorrow": 2,
};

/** "明天" where a source says what today is and another date that is the day after. */
function isDayOf({ relative }: DateMeaning, today: DateMeaning, source: ReadSource): boolean {
  const ahead = daysAhead[relative ?? ""];
  if (ahead === undefined || today.day === null || today.month === null) return false;
  const day = new Date(Date.UTC(today.year ?? 2001, today.month - 1, today.day + ahead));
  return datesOf(source).some(
    (said) => said !== today && said.month === day.getUTCMonth() + 1 && said.day === day.getUTCDate(),
  );
}

/** 平日, "weekdays": Monday to Friday without their names. */
function isWorkdays({ weekdays }: DateMeaning, { text }: ReadSource): boolean {
  return (
    weekdays !== null &&
    weekdays.every((day) => day <= 5) &&
    weekdays.length > 1 &&
    /平日|平时|工作日(?!内)|(?<![a-z])(?:weekdays?|working days)(?! (?:hours|of))(?![a-z])/u.test(text)
  );
}

/** "周日不看诊" where the source names the days on which one does. */
function isLeftOut({ text, claim }: Asked, { weekdays }: DateMeaning, source: ReadSource): boolean {
  if (weekdays === null) return false;
  const { start, end } = clauseAround(text, claim);
  if (!/不|没|休|not|n't|closed|except|no /u.test(text.slice(start, end))) return false;
  const open = datesOf(source).flatMap((said) => said.weekdays ?? []);
  const isWorkdaysOnly = open.length === 0 && isWorkdays({ ...workweek, weekdays: [1, 2] }, source);
  const days = isWorkdaysOnly ? [1, 2, 3, 4, 5] : open;
  return days.length > 1 && weekdays.every((day) => !days.includes(day));
}

const workweek: DateMeaning = {
  kind: "date",
  year: null,
  month: null,
  day: null,
  weekdays: null,
  relative: null,
};

/** "周日休息", "closed on Sundays". */
function isClosed(text: string, place: Found): boolean {
  const { start, end } = clauseAround(text, place);
  return /休|不营业|放假|停[诊业发]|闭[馆店]|关门|不开|closed?\b|\boff\b|not (?:be )?open|n't (?:be )?open|不上班|不在|没人|n't in\b|\boff\b/u.test(
    text.slice(start, end),
  );
}

const everyDay =
  /[一每][天日]|(?<![0-9一二三四五六七八九十])日(?=[均耗服用])|天天|\/[天日]|(?<![a-z])(?:(?:a|per|each|every) day|daily)(?![a-z])/u;

/** Hours without a weekday hold every day. */
function isEveryDay(claim: DateMeaning, source: ReadSource): boolean {
  return (
    claim.weekdays?.length === 7 &&
    (source.facts.some(({ meaning }) => meaning.kind === "time") || everyDay.test(source.text)) &&
    datesOf(source).every(({ weekdays }) => weekdays === null)
  );
}

function sameDate(claim: DateMeaning, said: DateMeaning, source: ReadSource): boolean {
  if (claim.relative !== null) {
    const { relative } = said;
    if (claim.relative === "month-end" && (said.day ?? 0) >= 28) return true;
    if (claim.relative === "year-end" && said.month === 12 && (said.day ?? 0) >= 28) return true;
    return relative !== null && (sameDay[claim.relative] ?? [claim.relative]).includes(relative);
  }
  if (claim.weekdays !== null) {
    const { weekdays } = said;
    if (weekdays !== null) return claim.weekdays.every((day) => weekdays.includes(day));
    return false;
  }
  const fields = ["year", "month", "day"] as const;
  const { year, month, day } = claim;
  if (fields.every((field) => claim[field] === null || claim[field] === said[field])) return true;
  // "11 日" of "11 月 1 日至 11 日"
  return (
    year === null &&
    month !== null &&
    day !== null &&
    said.month === null &&
    said.day === day &&
    datesOf(source).some((other) => other.month === month)
  );
}
