// Finds what a text promises: the words of a family, whether they are denied there, what they are about and whether they
// hold only under a condition. Called by read-claims.ts on folded text; the families are data in promise-families.ts.

import { parseChineseNumber } from "@yingda/language";
import type { Found, PromiseSaid } from "./claim.ts";
import { isLimited } from "./conditions.ts";
import { type Place, sentenceEnds, tellingWords } from "./context.ts";
import type { Family } from "./family.ts";
import { isDenied } from "./negation.ts";
import { families } from "./promise-families.ts";
import { objects } from "./promise-objects.ts";

const ahead = 14;
const behind = 10;
const aheadEnglish = 34;
const behindEnglish = 30;
const mostHits = 2_000;
const longestSentence = 400;

/** Promises of a folded text. `side` "backing" reads what is enough in a source, "claims" what binds in a reply. */
export function findPromises(text: string, side: "claims" | "backing"): Found[] {
  const found: Found[] = [];
  const sentences = new Sentences(text);
  for (const family of families) {
    const pattern = side === "backing" ? (family.backedBy ?? family.claims) : family.claims;
    let hits = 0;
    for (const match of text.matchAll(pattern)) {
      hits += 1;
      if (hits > mostHits) break;
      const end = match.index + match[0].length;
      const said = saidAt(text, match.index, end, family, sentences);
      found.push({ start: match.index, end, meaning: { kind: family.kind, family: family.id, said } });
    }
  }
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  return side === "claims" ? withoutGeneral(found) : found;
}

/** "Free shipping" is not also "free". */
function withoutGeneral(found: Found[]): Found[] {
  const isOf = (id: string, { meaning }: Found) => "family" in meaning && meaning.family === id;
  const shipping = found.filter((one) => isOf("free-shipping", one));
  let at = 0;
  return found.filter((one) => {
    if (!isOf("free", one)) return true;
    while (at < shipping.length && (shipping[at]?.end ?? 0) <= one.start) at += 1;
    const special = shipping[at];
    return special === undefined || special.start >= one.end;
  });
}

interface SentenceWords {
  place: Place;
  objects: string[];
  words: string[];
  isConditional: boolean;
}

/** The sentences of a text, each read once. A sentence without end is cut, so that reading stays linear. */
class Sentences {
  readonly #text: string;
  readonly #starts: number[] = [0];
  readonly #read = new Map<number, SentenceWords>();

  constructor(text: string) {
    this.#text = text;
    let start = 0;
    for (const end of [...sentenceEnds(text), text.length]) {
      for (; end - start > longestSentence; start += longestSentence)
        this.#starts.push(start + longestSentence);
      start = end;
      this.#starts.push(end);
    }
  }

  at(position: number): SentenceWords {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#starts[middle] ?? 0) <= position) low = middle;
      else high = middle - 1;
    }
    const known = this.#read.get(low);
    if (known !== undefined) return known;
    const place = { start: this.#starts[low] ?? 0, end: this.#starts[low + 1] ?? this.#text.length };
    const sentence = this.#text.slice(place.start, place.end);
    const isConditional = isLimited(sentence);
    const read = { place, objects: tagsOf(sentence), words: [...tellingWords(sentence)], isConditional };
    this.#read.set(low, read);
    return read;
  }
}

function saidAt(text: string, start: number, end: number, family: Family, sentences: Sentences): PromiseSaid {
  const { place, objects: all, words, isConditional } = sentences.at(start);
  const from = Math.min(place.start, start);
  const to = Math.max(place.end, end);
  const isChinese = /\p{Script=Han}/u.test(text.slice(Math.max(from, start - 2), Math.min(to, end + 2)));
  const next = clauseAfter(text.slice(end, Math.min(to, end + (isChinese ? ahead : aheadEnglish))));
  const last = clauseBefore(text.slice(Math.max(from, start - (isChinese ? behind : behindEnglish)), start));
  const isOfThing = family.hasObject === true;
  const own = isOfThing ? tagsOf(text.slice(start, end) + next) : [];
  return {
    isNegated: family.ignoresBefore !== true && isDenied(text, start, end, family.readsAhead !== true),
    objects: isOfThing && own.length === 0 ? tagsOf(last) : own,
    sentenceObjects: isOfThing ? all : [],
    things: isOfThing ? thingsOf(next, last) : [],
    words: isOfThing ? words : [],
    isConditional,
    factor: factorOf(text.slice(start, end)),
  };
}

/** What is named beside the words, each thing by its words: 免费停车, "写字和插牌都是免费的" (two things). */
function thingsOf(next: string, last: string): string[][] {
  const isNamedBehind =
    !/^(?:\s?(?:if|for|when|on|with|of|to|and|at|in|from|until|as|的|了|哦|哈|呢)(?![a-z])|\s*$)/u.test(next);
  if (isNamedBehind) return [[...tellingWords(next)]].filter((words) => words.length > 0);
  if (!/\p{Script=Han}/u.test(last)) {
    const [, subject = ""] = /([a-z]+) (?:is|are|comes?|will be)(?: [a-z]+)? ?$/u.exec(last) ?? [];
    return [[...tellingWords(subject)]].filter((words) => words.length > 0);
  }
  return last
    .split(/[和跟与、]|以及|还有/u)
    .map((part) => [...tellingWords(part)])
    .filter((words) => words.length > 0);
}

/** What is free "up to 24 hours before arrival" is no arrival. */
function clauseAfter(text: string): string {
  const stop = text.search(/[,。!?;\n]|\.(?!\d)|(?<![a-z])(?:before|until|up to|after) /u);
  return stop < 0 ? text : text.slice(0, stop);
}

function clauseBefore(text: string): string {
  const parts = text.split(/[,。!?;\n]|\.(?!\d)/u);
  return parts.at(-1) ?? "";
}

function tagsOf(text: string): string[] {
  return objects.filter(([, pattern]) => text.search(pattern) >= 0).map(([tag]) => tag);
}

function factorOf(text: string): number | null {
  const numbers = [...text.matchAll(/(?<=[赔罚买送get ])[\d一二两三四五六七八九十百]{1,3}/gu)].map(
    ([number]) => (/^\d/u.test(number) ? Number(number) : (parseChineseNumber(number) ?? 0)),
  );
  if (numbers.length === 0) return null;
  return numbers.reduce((sum, number) => sum * 1_000 + number, 0);
}
