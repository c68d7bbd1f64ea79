// Where things go: provinces, prefectures and countries by full, short and Latin names; the street behind them; postcodes.
// Called by findEntities. A place that only names a street (南京西路) or a dish (兰州拉面) is none.

import { type Piece, piecesOf } from "./entity.ts";
import { hanPlaces, latinPlaces, type Place, type PlaceName } from "./places.ts";

interface Hit {
  start: number;
  end: number;
  options: Place[];
  isAmbiguous: boolean;
}

const joinGap = /^[\s,，、/·-]{0,3}$/u;
const cueBefore = /(?:到|至|在|发|寄|来自|去|往|地址|送|人在|我是|从|住|家在|邮到|快递到|收货地?)[\s:]*$/u;
const asStreet = /^(?:[东西南北中一二三四五六七八九十]{0,2}(?:路|街|大道|巷|弄|胡同))/u;
const asThing =
  /^(?:石(?!家)|巴巴|治(?!$)|瓜|火腿|烤鸭|拉面|火锅|小面|扒鸡|露露|大枣|枸杞|白药|云|旺旺|妈妈|葡萄|苹果|时间|料理|菜|口味|风味|牌|话|人参|语|站台|车)/u;
/** Two characters of other words: 复合肥, 漠河北. */
const asPart = /[复混]合肥|漠河北|水北京|有包头|个包头/u;
const asWhole = /^[\s,，]{0,3}(?:\p{Script=Han}{1,4}[区县]|市)/u;
const hostile = /[会]$/u; // 会东方, no cue

/** Provinces, prefectures and countries in a folded text; a province and its prefecture are one piece. */
export function findRegions(text: string): Piece[] {
  const hits = [...findHan(text), ...findLatin(text)].sort((a, b) => a.start - b.start);
  const pieces: Piece[] = [];
  for (let at = 0; at < hits.length; at += 1) {
    const hit = hits[at] as Hit;
    const next = hits[at + 1];
    const joined =
      next !== undefined && joinGap.test(text.slice(hit.end, next.start)) ? joinPlaces(hit, next) : null;
    if (joined !== null && next !== undefined) {
      pieces.push(regionOf(hit.start, next.end, joined));
      at += 1;
      continue;
    }
    const [place] = hit.options;
    const before = text.slice(Math.max(0, hit.start - 4), hit.start);
    const isSupported = cueBefore.test(before) || asWhole.test(text.slice(hit.end, hit.end + 12));
    if (place === undefined || (hit.isAmbiguous && (!isSupported || hostile.test(before)))) continue;
    pieces.push(regionOf(hit.start, hit.end, place));
  }
  return pieces;
}

function findHan(text: string): Hit[] {
  const places = hanPlaces();
  const hits: Hit[] = [];
  for (let at = 0; at + 1 < text.length; at += 1) {
    const entries = places.get(text.slice(at, at + 2));
    const found = entries?.find(({ name }) => text.startsWith(name, at));
    if (entries === undefined || found === undefined || asPart.test(text.slice(Math.max(0, at - 1), at + 2)))
      continue;
    const same = entries.filter(({ name }) => name === found.name);
    let end = at + found.name.length;
    const rest = text.slice(end);
    if (asStreet.test(rest) || asThing.test(rest)) continue;
    const suffix = /^(?:省|市|自治区)(?!场|区|政府|内|值)/u.exec(rest);
    const hasSuffix = suffix !== null && !/[省市区州县]$/u.test(found.name);
    if (hasSuffix) end += suffix[0].length;
    const fitting =
      hasSuffix && suffix[0] === "市"
        ? same.filter(({ place }) => place.city !== null || place.province?.endsWith("市"))
        : same;
    const chosen: PlaceName[] = fitting.length > 0 ? fitting : same;
    hits.push({
      start: at,
      end,
      options: chosen.map(({ place }) => place),
      isAmbiguous: !hasSuffix && chosen.every(({ isAmbiguous }) => isAmbiguous),
    });
    at = end - 1;
  }
  return hits;
}

function findLatin(text: string): Hit[] {
  const { byName, pattern } = latinPlaces();
  return [...text.matchAll(pattern)].flatMap((found) => {
    const place = byName.get(found[0]);
    if (place === undefined || (found[0] === "uk" && /^\s?\d/u.test(text.slice(found.index + 2)))) return [];
    return [{ start: found.index, end: found.index + found[0].length, options: [place], isAmbiguous: false }];
  });
}

/** A province and a prefecture in it, in either order; null when they do not belong together. */
function joinPlaces(a: Hit, b: Hit): Place | null {
  for (const first of a.options)
    for (const second of b.options) {
      const [upper, lower] = first.level === "province" ? [first, second] : [second, first];
      if (upper.level === "province" && lower.level === "city" && lower.province === upper.province)
        return lower;
      if (upper.level === "province" && lower.level === "province" && upper.province === lower.province)
        return lower;
      const [country, part] = first.level === "country" ? [first, second] : [second, first];
      if (country.level === "country" && country.country === "CN" && part.level !== "country") return part;
    }
  return null;
}

function regionOf(start: number, end: number, place: Place): Piece {
  const { province, city, country } = place;
  const value = province === null ? country : city === null ? province : `${province}/${city}`;
  return { start, end, finding: { kind: "region", value, province, city, country, confidence: 0.9 } };
}

const ending =
  "街道|新区|开发区|工业园|工业区|区|县|镇|乡|村|大道|公路|路|街|巷|弄|胡同|小区|花园|公寓|大厦|广场|家园|雅苑|苑|府|庄园|校区|大学|学院|中心|科技园|产业园|园|驿站|城|湾";
/** A character of a name: none of those that hold a sentence together. */
const named = "(?:(?![的了吗呢是有想到这那你我他找怎么多少和还拿说也自给把对头])\\p{Script=Han})";
const segment = `(?:${named}{1,8}?(?:${ending})(?:大道|路|街)?(?:[东南西北](?:段|区|门))?|[\\da-z一二三四五六七八九十]{1,5}(?:[-－][\\da-z]{1,5}){0,2}(?:弄|号院|号楼|号|栋|幢|座|单元|楼|层|室|户|组|期|区|门)?)`;
const behindRegion = new RegExp(
  `^[\\s,，]?(?=[^\\s,，。]{0,20}(?:${ending}))(?:${segment}[\\s,，]?){1,10}`,
  "u",
);
const ownStreet = new RegExp(
  `(?<=^|[\\s,，:：。是到在寄送发往去])\\p{Script=Han}{2,8}?(?:大道|公路|路|街|巷|弄|胡同)(?:[东南西北中]段?)?\\s?\\d{1,5}(?:-\\d{1,4})?(?:弄|号院|号楼|号)(?:[\\s,，]?${segment}){0,8}`,
  "gu",
);
const englishStreet =
  /(?<![\w.])\d{1,5}[a-z]?,? (?:[a-z][a-z'.]{1,20} ){1,3}(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|boulevard|blvd|court|ct|square|sq|terrace|close|crescent)\b\.?(?:,? (?:apt|apartment|unit|suite|flat|#)\.? ?\w{1,6})?/gu;

/** At least a district, a village, a house or a number. */
const asAddress = /[区县镇乡村栋幢室楼苑号]|街道|小区|大厦|花园|公寓|家园|工业园|\d/u;

/** Streets and houses: what follows a region in an address, or a road with a number. */
export function findStreets(text: string, regions: Piece[]): Piece[] {
  const behind = regions.flatMap(({ end }): Piece[] => {
    const found = behindRegion.exec(text.slice(end, end + 80));
    if (found === null) return [];
    const value = found[0].replace(/[\s,，]+$/u, "");
    const lead = value.length - value.trimStart().replace(/^[,，]/u, "").length;
    if (value.length - lead < 2 || !asAddress.test(value)) return [];
    return [{ start: end + lead, end: end + value.length, finding: street(value.slice(lead), 0.85) }];
  });
  return [
    ...behind,
    ...piecesOf(text, ownStreet, (found) => {
      const lead =
        /^(?:我家?的?|收货|寄件)?(?:住址|地址|地点)?(?:是|在|为)?/u.exec(found[0])?.[0].length ?? 0;
      const value = found[0].slice(lead).trimEnd();
      return {
        start: found.index + lead,
        end: found.index + lead + value.length,
        finding: street(value, 0.85),
      };
    }),
    ...piecesOf(text, englishStreet, (found) => street(found[0], 0.8)),
  ];
}

function street(value: string, confidence: number): Piece["finding"] {
  return { kind: "street", value: value.replace(/\s+/gu, " "), confidence };
}

const postcode =
  /(?:邮编|邮政编码|邮码|zip(?: ?code)?|post ?code|postal code)[\s:是为is]{0,5}([1-9]\d{4,5}(?:-\d{4})?|[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}|[a-z]\d[a-z] ?\d[a-z]\d)(?![\da-z])/gu;

/** Postcodes, where a word says so. */
export function findPostcodes(text: string): Piece[] {
  return piecesOf(text, postcode, (found) => {
    const value = found[1] as string;
    const start = found.index + found[0].length - value.length;
    const finding: Piece["finding"] = { kind: "postcode", value: value.toUpperCase(), confidence: 0.95 };
    return { start, end: start + value.length, finding };
  });
}
