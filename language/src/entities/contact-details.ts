// E-mail addresses, links and telephone numbers: Chinese mobiles, land lines, 400/800/95 numbers, international ones.
// Called by findEntities first, so that no other finder takes their digits.

import { type Piece, piecesOf } from "./entity.ts";

const url = /\b(?:https?:\/\/|www\.)[^\s\p{Script=Han}，。、；：！？）】》"'<>]{2,500}/gu;
const bareDomain =
  /(?<![\w@.-])(?:[a-z0-9-]{1,40}\.){1,3}(?:com|cn|net|org|shop|io|co|xyz|top|hk|tw)(?:\/[\w\-./?%&=#~+]{0,300})?(?![\w@])/gu;
const email = /(?<![\w.+-])[\w+-]{1,64}(?:\.[\w+-]{1,64}){0,5}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}/gu;
const separated = "[ -]?";
const mobile = new RegExp(
  `(?<![\\d.])(?:(?:\\+|00)?86${separated})?(1[3-9]\\d${separated}\\d{4}${separated}\\d{4})(?!\\d)`,
  "gu",
);
const service = /(?<!\d)(?:([48]00)[ -]?(\d{3,4})[ -]?(\d{3,4})|(95\d{3,4})|(1010\d{4}))(?!\d)/gu;
const landline =
  /(?<!\d)(?:(?:\+|00)86[ -]?)?\(?(0?(?:10|2\d|[3-9]\d{2}))\)?[ -](\d{7,8})(?:[ -]?(?:转|ext\.?)[ ]?(\d{1,6}))?(?!\d)/gu;
const joinedLandline = /(?<!\d)(0(?:10|2[0-57-9]\d?|[3-9]\d{2}))([2-8]\d{6,7})(?!\d)/gu;
const international = /(?<![\w+])\+([1-9]\d{0,2})((?:[ -]?\(?\d{1,5}\)?){2,6})(?!\d)/gu;
const northAmerican = /(?<![\d+])\(?([2-9]\d{2})\)?[ -.]([2-9]\d{2})[ -.](\d{4})(?!\d)/gu;
const trailing = /[.,;:!?)\]}'"]+$/u;

/** Links: with http(s), with www, or a bare domain of a common ending. */
export function findUrls(text: string): Piece[] {
  const long = piecesOf(text, url, (found) => {
    const value = found[0].replace(trailing, "");
    return {
      start: found.index,
      end: found.index + value.length,
      finding: { kind: "url", value, confidence: 0.99 },
    };
  });
  const short = piecesOf(text, bareDomain, (found) => ({ kind: "url", value: found[0], confidence: 0.8 }));
  return [...long, ...short];
}

/** E-mail addresses, in small letters. */
export function findEmails(text: string): Piece[] {
  return piecesOf(text, email, (found) => ({ kind: "email", value: found[0], confidence: 0.99 }));
}

/** Telephone numbers. A mobile may carry spaces or dashes; a land line needs its area code. */
export function findPhones(text: string): Piece[] {
  return [
    ...piecesOf(text, mobile, ([, digits = ""]) => ({
      kind: "phone",
      value: `+86${digits.replace(/\D/gu, "")}`,
      phoneKind: "mobile",
      confidence: 0.97,
    })),
    ...piecesOf(text, service, (found) => {
      const digits = found[0].replace(/\D/gu, "");
      const isBare = found[4] !== undefined || found[5] !== undefined;
      if (
        isBare &&
        !/(?:打|拨|电话|热线|号码|联系|call|dial|phone)[^\d]{0,6}$/u.test(text.slice(0, found.index))
      )
        return null;
      if (!isBare && digits.length !== 10) return null;
      return { kind: "phone", value: digits, phoneKind: "service", confidence: 0.9 };
    }),
    ...piecesOf(text, landline, ([, area = "", number = "", extension]) =>
      landlineOf(area, number, extension),
    ),
    ...piecesOf(text, joinedLandline, ([, area = "", number = ""]) => landlineOf(area, number, undefined)),
    ...piecesOf(text, international, ([, country = "", rest = ""]) => {
      const digits = country + rest.replace(/\D/gu, "");
      if (digits.length < 8 || digits.length > 15) return null;
      return { kind: "phone", value: `+${digits}`, phoneKind: "international", confidence: 0.95 };
    }),
    ...piecesOf(text, northAmerican, ([, area = "", office = "", line = ""]) => ({
      kind: "phone",
      value: `+1${area}${office}${line}`,
      phoneKind: "international",
      confidence: 0.7,
    })),
  ];
}

function landlineOf(area: string, number: string, extension: string | undefined): Piece["finding"] | null {
  const code = area.replace(/^0/u, "");
  if (/^[12]/u.test(code) && !/^(?:10|2\d)$/u.test(code)) return null;
  const suffix = extension === undefined ? "" : `;ext=${extension}`;
  return { kind: "phone", value: `+86${code}${number}${suffix}`, phoneKind: "landline", confidence: 0.9 };
}
