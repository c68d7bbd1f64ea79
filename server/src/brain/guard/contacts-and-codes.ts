// Links, e-mail addresses, telephone numbers and codes (coupons, parcels, faults, models): what a customer would copy out
// of a reply and must therefore be exactly what a source says. Called by read-claims.ts before numbers are read.

import type { Found, Meaning } from "./claim.ts";
import { unitOf } from "./units.ts";

const email = /(?<![\w.+-])[\w.+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}/gu;
const longUrl = /(?:https?:\/\/|www\.)[^\s\p{Script=Han}，。、；：！？）】》"'<>()]{2,500}/gu;
const bareDomain =
  /(?<![\w@.-])(?:[a-z0-9-]{1,40}\.){1,3}(?:com|cn|net|org|shop|io|co|xyz|top|hk|tw|me|app|store|info|cc|vip|link|example|test)(?![\w@-])(?:\/[\w\-./?%&=#~+]{0,300})?/gu;
const trailing = /[.,;:!?)\]}'"~]+$/u;
/** Seven digits and more with the separators of telephone numbers between them. */
const phone = /(?<![\w.+])\+?\(?\d{1,5}\)?[\d -]{4,24}\d(?!\d)(?: ?(?:转|ext\.?) ?\d{1,6})?(?![\w])/gu;
/** Separators stand alone: "400-123-4567", "+86 138 0000 0000", "(0755) 1234567". */
const phoneShape = /^\+?\(?\d{2,5}\)?(?:[ -]{0,1}\(?\d{2,11}\)?)*(?: ?(?:转|ext\.?) ?\d{1,6})?$/u;
const token = /(?<![a-z0-9])[a-z0-9]{1,40}(?:[-_./+][a-z0-9]{1,40}){0,6}(?![a-z0-9])/gu;
/** Sizes beyond XL and feet with inches have no other reader. */
const size = /(?<![a-z\d])(?:x{2,5}l|x{2,4}s|\d{1,2}'\s?\d{1,2}"?)(?![a-z\d])/gu;
/** "ENF 级": a grade of letters alone. */
const grade = /(?<![a-z\d])([a-z]{1,4})\s?(?=级(?!别))/gu;
const moneyPrefix = /^(?:us|hk|rmb|cny|usd|eur|gbp|hkd|aud)\d+(?:\.\d+)?$/u;
/** "优惠码 WELCOME": without a digit only the words before and the capitals tell a code. */
const announced =
  /(?:优惠码|折扣码|兑换码|邀请码|口令|验证码|code|coupon|voucher)["“'「:：\s是为]{0,4}([A-Za-z][A-Za-z0-9_-]{3,30})/gu;
const account =
  /(?:微信|vx|wechat|qq|whatsapp|telegram|line)(?:号|群| id| number)?[\s::是为]{0,3}([a-z][a-z0-9_-]{4,30}|\d{5,12})(?![a-z0-9])/gu;

export function findContacts(text: string): Found[] {
  const found: Found[] = [];
  for (const match of text.matchAll(email))
    found.push(at(match.index, match[0], { kind: "email", key: match[0] }));
  const taken = (start: number) => found.some((one) => start >= one.start && start < one.end);
  for (const pattern of [longUrl, bareDomain])
    for (const match of text.matchAll(pattern)) {
      const link = match[0].replace(trailing, "");
      if (!taken(match.index)) found.push(at(match.index, link, { kind: "url", key: urlKey(link) }));
    }
  return found;
}

/** Scheme, "www." and a closing slash say nothing. */
export function urlKey(link: string): string {
  return link
    .replace(/^https?:\/\//u, "")
    .replace(/^www\./u, "")
    .replace(/\/+$/u, "");
}

export function findPhones(text: string): Found[] {
  const found: Found[] = [];
  for (const match of text.matchAll(phone)) {
    const digits = match[0].replace(/\D/gu, "");
    const isLong = digits.length >= 7 && digits.length <= 20;
    if (!isLong || !phoneShape.test(match[0]) || /^\d{1,4}[ -]\d{1,4}$/u.test(match[0]) || isDate(match[0]))
      continue;
    found.push(at(match.index, match[0], { kind: "phone", key: phoneKey(digits) }));
  }
  return found;
}

/** Digits without the country code of China. */
export function phoneKey(digits: string): string {
  const local = digits.replace(/^(?:00)?86(?=1[3-9]\d{9}$|\d{9,11}$)/u, "");
  return local.length >= 9 && local.length <= 12 ? local.replace(/^0(?=[1-9])/u, "") : local;
}

function isDate(text: string): boolean {
  return /^(?:19|20)\d\d-(?:0?[1-9]|1[0-2])(?:-(?:[0-2]?\d|3[01]))?(?:$|[ -])/u.test(text);
}

/** Tokens of letters and digits that are no number with its unit. */
export function findCodes(text: string, original: (start: number, end: number) => string): Found[] {
  const found: Found[] = [];
  for (const match of text.matchAll(token))
    if (isCode(match[0])) found.push(at(match.index, match[0], { kind: "code", key: codeKey(match[0]) }));
  for (const match of text.matchAll(size))
    found.push(at(match.index, match[0], { kind: "code", key: sizeKey(match[0]) }));
  for (const match of text.matchAll(grade))
    found.push(at(match.index, match[1] ?? "", { kind: "code", key: codeKey(match[1] ?? "") }));
  for (const match of text.matchAll(account)) {
    const name = match[1] ?? "";
    found.push(at(match.index + match[0].length - name.length, name, { kind: "code", key: codeKey(name) }));
  }
  for (const match of text.matchAll(announced)) {
    const name = match[1] ?? "";
    const start = match.index + match[0].length - name.length;
    if (/^[A-Z][A-Z0-9_-]+$/u.test(original(start, start + name.length)))
      found.push(at(start, name, { kind: "code", key: codeKey(name) }));
  }
  return found;
}

function isCode(word: string): boolean {
  const isRate = /^\d+(?:\.\d+)?[a-z]{0,4}(?:\/[a-z]+)+$/u.test(word); // 0.60/pallet/day
  if (isRate || !/\d/u.test(word) || !/[a-z]/u.test(word) || moneyPrefix.test(word)) return false;
  if (/^\d+(?:\.\d+)?k$/u.test(word) || /^(?:no|vol)\.\d+$/u.test(word)) return false;
  return !word.split(/[-_/+]/u).every(isPlainPart);
}

/** "24h", "3", "day", "9am", "2.5kg": parts that the readers of numbers understand. */
function isPlainPart(part: string): boolean {
  if (/^\d+(?:\.\d+)?$/u.test(part)) return true;
  const [, unit = ""] = /^(?:\d+(?:\.\d+)?)?([a-z][a-z\d]*)$/u.exec(part) ?? [];
  return /^(?:am|pm|st|nd|rd|th|off|k)$/u.test(unit) || unitOf(unit) !== null;
}

/** XXL and 2XL are one size. */
function sizeKey(word: string): string {
  const [, crosses = "", letter = ""] = /^(x+)([ls])$/u.exec(word) ?? [];
  return crosses === "" ? codeKey(word) : `${crosses.length}x${letter}`;
}

/** Letters and digits alone. */
export function codeKey(text: string): string {
  return text.replace(/[\s\-_./+'"]/gu, "");
}

function at(start: number, text: string, meaning: Meaning): Found {
  return { start, end: start + text.length, meaning };
}
