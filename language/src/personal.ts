// Finds what names one person in a text: telephones, e-mail addresses, order and parcel numbers, addresses, numbers of papers, cards
// and accounts, and names. For whoever keeps past chats for another use than the chat itself. It finds forms, not meanings: a name
// that nobody introduced and that the caller does not know stays.

import { findEntities } from "./entities/find-entities.ts";

/** "paper": identity cards, bank cards, number plates. "account": of WeChat, QQ and the like. */
export const personalKinds = ["phone", "email", "order", "address", "paper", "account", "name"] as const;
export type PersonalKind = (typeof personalKinds)[number];

export interface Personal {
  kind: PersonalKind;
  text: string;
  start: number;
  /** Behind the last character. */
  end: number;
}

const identityCard =
  /(?<![\dA-Za-z])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])/gu;
const bankCard = /(?<![\d-])[3-6]\d{3}(?:[ -]?\d{4}){2,3}(?:[ -]?\d{1,4})?(?!\d)/gu;
const plate =
  /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·\s]?[A-HJ-NP-Z\d]{5,6}(?![A-Z\d])/gu;
const account =
  /(?<=(?:微信|weixin|wechat|(?<![a-z])(?:wx|vx|qq|line|telegram|whatsapp))(?:号码?|帐号|账号| ?id)?\s?(?:是|为|叫|[:：]| is )?\s?)[a-z\d][\w-]{4,19}(?![\w-])/giu;
const email = /(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,24}){1,4}/gu;
/** Longer than any year, price or model: no number that one customer would not have alone. */
const longNumber =
  /(?<![\p{Script=Latin}\d.])(?:[A-Z]{1,4}-?)?\d[\d-]{5,24}\d[Xx]?(?![\p{Script=Latin}\d])|\d{7,}/gu;
const house =
  /(?:(?:(?![在住到是寄送发往我家])\p{Script=Han}){2,10}?(?:小区|花园|公寓|家园|家苑|雅苑|大厦|新村|嘉园|华府|名苑|村|路|街|巷|弄)\s?)?(?<!\d)\d{1,4}\s?(?:栋|幢|号楼|号院)\s?(?:[\d一二三四五六七八九十]{1,3}\s?单元)?\s?(?:[a-z]?\d{1,5}\s?(?:室|号|户|房)?)?|(?<!\d)\d{1,3}单元\s?\d{1,5}\s?(?:室|号|户|房)?/giu;
/** A date written with dashes, or a number that a shop is called by. */
const nobodys = /^(?:19|20)\d{2}-\d{1,2}(?:-\d{1,2})?$|^[48]00-?\d{3,4}-?\d{3,4}$/u;
const hanName =
  "(?!\\p{Script=Han}{0,3}(?:什么|名字|怎么|哪|谁|客服|人工|快递|老板|这个|那个))\\p{Script=Han}{2,4}?";
const introduced = new RegExp(
  `(?<=(?:我叫|我的名字(?:是|叫)|本人姓名|姓名|收(?:件|货)人|联系人|收款人|开户(?:名|人))(?:是|为|叫|写)?\\s?[:：]?\\s?)${hanName}(?=$|[\\s，,。.；;、！!\\d:：(（]|电话|手机|地址|的)`,
  "gu",
);
const introducedLatin =
  /(?<=\b(?:[Mm]y name is|[Mm]y name's|[Nn]ame:|[Rr]ecipient:|[Cc]onsignee:|[Ss]igned,?) ?)[A-Z][\p{L}'-]{1,24}(?: [A-Z][\p{L}'.-]{0,24}){0,2}/gu;

const anyTime = new Date(0); // nothing that is found depends on it
/** findEntities reads no more at once; lines of chats are shorter. */
const readAtOnce = 8_000;

/** `names`: what this person is called, as far as the caller knows. Out: in reading order, none overlapping another. */
export function findPersonal(text: string, names: readonly string[] = []): Personal[] {
  const found = [
    ...matches(text, identityCard, "paper"),
    ...matches(text, bankCard, "paper").filter(({ text: card }) => isCard(card)),
    ...matches(text, plate, "paper"),
    ...matches(text, email, "email"),
    ...matches(text, account, "account"),
    ...byEntities(text),
    ...matches(text, house, "address"),
    ...names.flatMap((name) => matchesOf(text, name)),
    ...matches(text, introduced, "name"),
    ...matches(text, introducedLatin, "name"),
    ...matches(text, longNumber, "order").filter(
      ({ text: number }) => number.replace(/\D/gu, "").length >= 7 && !nobodys.test(number),
    ),
  ];
  return withoutOverlaps(found);
}

/** Replaces what was found. `counts`: how many of each kind were. */
export function maskPersonal(
  text: string,
  names: readonly string[],
  replace: (found: Personal) => string,
): { text: string; counts: Partial<Record<PersonalKind, number>> } {
  const counts: Partial<Record<PersonalKind, number>> = {};
  let masked = "";
  let at = 0;
  for (const found of findPersonal(text, names)) {
    const instead = replace(found);
    if (instead === found.text) continue;
    counts[found.kind] = (counts[found.kind] ?? 0) + 1;
    masked += text.slice(at, found.start) + instead;
    at = found.end;
  }
  return { text: masked + text.slice(at), counts };
}

/** Something of the same form that is nobody's, so that a bot hears the same question. */
export function standInFor({ kind, text }: Personal): string {
  const isHan = /\p{Script=Han}/u.test(text);
  switch (kind) {
    case "phone":
      return "13800000000";
    case "email":
      return "someone@example.com";
    case "account":
      return "someone";
    case "name":
      return isHan ? "某某" : "Somebody";
    case "address":
      return isHan ? "某某路8号" : "8 Example Street";
    case "order":
    case "paper":
      return text.replace(/[\d零〇一幺二两三四五六七八九]/gu, "8");
    default:
      return kind satisfies never;
  }
}

function matches(text: string, pattern: RegExp, kind: PersonalKind): Personal[] {
  return [...text.matchAll(pattern)].map((found) => spanOf(text, kind, found.index, found[0]));
}

function spanOf(text: string, kind: PersonalKind, from: number, typed: string): Personal {
  const start = from + (typed.length - typed.trimStart().length);
  const end = start + typed.trim().length;
  return { kind, text: text.slice(start, end), start, end };
}

function byEntities(text: string): Personal[] {
  const all: Personal[] = [];
  for (let from = 0; from < text.length; from += readAtOnce)
    for (const entity of findEntities(text.slice(from, from + readAtOnce), { now: anyTime })) {
      const kind = kindOf(entity);
      if (kind !== null)
        all.push({ kind, text: entity.text, start: from + entity.start, end: from + entity.end });
    }
  return all;
}

type Entity = ReturnType<typeof findEntities>[number];

/** A service number (400…) is a shop's, not a person's; a place without a street is where many live. */
function kindOf(entity: Entity): PersonalKind | null {
  if (entity.kind === "phone") return entity.phoneKind === "service" ? null : "phone";
  if (entity.kind === "email") return "email";
  if (entity.kind === "street") return "address";
  return entity.kind === "order" || entity.kind === "parcel" ? "order" : null;
}

/** Wherever the name stands; one in letters as whole words only. Names of a single character would hit other words. */
function matchesOf(text: string, name: string): Personal[] {
  const plain = name.trim();
  if ([...plain].length < 2) return [];
  const escaped = plain.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&");
  const isHan = /\p{Script=Han}/u.test(plain);
  return matches(
    text,
    new RegExp(isHan ? escaped : `(?<![\\p{Script=Latin}\\d])${escaped}(?![\\p{Script=Latin}\\d])`, "giu"),
    "name",
  );
}

/** The check digit of cards (Luhn). */
function isCard(typed: string): boolean {
  const digits = [...typed.replace(/\D/gu, "")].map(Number).reverse();
  const sum = digits.reduce((total, digit, at) => {
    const twice = digit * 2;
    return total + (at % 2 === 0 ? digit : twice > 9 ? twice - 9 : twice);
  }, 0);
  return digits.length >= 13 && sum % 10 === 0;
}

/** Who was looked for first keeps its place, unless another one holds it whole. */
function withoutOverlaps(found: readonly Personal[]): Personal[] {
  const kept: Personal[] = [];
  for (const one of found) {
    const others = kept.filter(({ start, end }) => start < one.end && one.start < end);
    const holdsAll = others.every(
      ({ start, end }) => one.start <= start && end <= one.end && one.end - one.start > end - start,
    );
    if (!holdsAll) continue;
    for (const other of others) kept.splice(kept.indexOf(other), 1);
    kept.push(one);
  }
  return kept.sort((a, b) => a.start - b.start);
}
