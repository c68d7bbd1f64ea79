// One source, read once and ready to be asked: its claims by value, its names, its digits. Built by guard-reply.ts for
// every source of a reply; supports.ts asks it.

import type { DateMeaning, Found, Meaning } from "./claim.ts";
import { codeKey, phoneKey } from "./contacts-and-codes.ts";
import { type Polarity, polarityOf } from "./denial.ts";
import { findNumerals } from "./numerals.ts";
import { readClaims } from "./read-claims.ts";

export interface GuardSource {
  id: string;
  text: string;
}

export interface ReadSource {
  id: string;
  /** Folded. */
  text: string;
  facts: Found[];
  /** Where each stands in `facts`. */
  placeOf: Map<Found, number>;
  promises: Map<string, Found[]>;
  /** Claims by `valueKey`. */
  byValue: Map<string, Found[]>;
  /** One to three neighbouring words of letters and digits as one: "e4", "iphone15pro". */
  names: Set<string>;
  digits: Set<string>;
  /** Every number as it is written, whatever it counts. */
  numbers: Set<number>;
  /** What it says is so and what it only denies. */
  polarity: Polarity;
  /** The day that it calls today: "today: 2026-05-06". */
  today: DateMeaning | null;
  /** How many things are listed somewhere: "黑、白、灰" is 3. */
  listed: Set<number>;
  isCustomer: boolean;
}

const mostPerValue = 40;
const mostDays = 400;

/** Reads one source. Throws nothing. */
export function readSource({ id, text }: GuardSource, isCustomer = false): ReadSource {
  const { folded, facts, promises } = readClaims(text, "backing");
  const byValue = new Map<string, Found[]>();
  for (const fact of facts)
    for (const key of valueKeys(fact.meaning)) {
      const same = byValue.get(key);
      if (same === undefined) byValue.set(key, [fact]);
      else if (same.length < (key === "date" ? mostDays : mostPerValue)) same.push(fact);
    }
  const byFamily = new Map<string, Found[]>();
  for (const promise of promises) {
    if (!("family" in promise.meaning)) continue;
    const same = byFamily.get(promise.meaning.family);
    if (same === undefined) byFamily.set(promise.meaning.family, [promise]);
    else same.push(promise);
  }
  return {
    id,
    text: folded.text,
    facts,
    placeOf: placesOf(facts),
    promises: byFamily,
    byValue,
    names: namesOf(folded.text),
    digits: digitsOf(folded.text, facts),
    numbers: new Set(findNumerals(folded.text).flatMap(({ low, high }) => [low, high])),
    polarity: polarityOf(folded.text, "backing"),
    today: todayIn(folded.text, facts),
    listed: listedIn(folded.text),
    isCustomer,
  };
}

function todayIn(text: string, facts: readonly Found[]): DateMeaning | null {
  for (const { start, meaning } of facts)
    if (
      meaning.kind === "date" &&
      meaning.day !== null &&
      /(?:today|今天|今日|当前日期|now)(?:'s date)?\s?(?:是|is|:|=|\|)?\s?$/u.test(
        text.slice(Math.max(0, start - 16), start),
      )
    )
      return meaning;
  return null;
}

function listedIn(text: string): Set<number> {
  const counts = new Set<number>();
  for (const part of text.split(/[。;:!?\n|]|\.\s/u))
    for (const mark of ["、", "/", ","]) {
      const count = part.split(mark).length;
      if (count > 1 && count < 10) counts.add(count);
    }
  return counts;
}

/** The place of each claim among all. */
export function placesOf(facts: readonly Found[]): Map<Found, number> {
  return new Map(facts.map((fact, at) => [fact, at]));
}

/** Under which keys an amount can be asked for; ends of a range count, the caller decides. */
export function valueKeys(meaning: Meaning): string[] {
  switch (meaning.kind) {
    case "number":
    case "money":
    case "percentage":
      return [...new Set([`${meaning.kind} ${meaning.low}`, `${meaning.kind} ${meaning.high}`])];
    case "duration":
      return [
        ...new Set([...lengthKeys(meaning.unit, meaning.low), ...lengthKeys(meaning.unit, meaning.high)]),
      ];
    case "time":
      return meaning.minutes.map((minutes) => `time ${minutes}`);
    case "date":
      return ["date"];
    case "phone":
    case "code":
      return ["key"];
    case "url":
    case "email":
      return [`${meaning.kind} ${meaning.key}`];
    case "promise":
    case "policy":
      return [];
  }
}

/** A month is 30 days or a twelfth of 365. */
function lengthKeys(unit: string, value: number): string[] {
  if (unit === "workday") return [`workday ${value}`];
  if (unit !== "month") return [`duration ${value}`];
  return [value * 30, Math.round((value / 12) * 365)].map((days) => `duration ${days * 86_400}`);
}

function namesOf(text: string): Set<string> {
  const names = new Set<string>();
  let last = "";
  let beforeLast = "";
  let lastEnd = -9;
  for (const found of text.matchAll(/[a-z0-9]{1,60}/gu)) {
    const isNear =
      found.index - lastEnd <= 2 && /^[\s\-_./+'"·]*$/u.test(text.slice(Math.max(0, lastEnd), found.index));
    if (!isNear) {
      last = "";
      beforeLast = "";
    }
    const word = codeKey(found[0]);
    names.add(word);
    if (/^x{2,5}[ls]$/u.test(word)) names.add(`${word.length - 1}x${word.at(-1)}`);
    names.add(last + word);
    names.add(beforeLast + last + word);
    beforeLast = last;
    last = word;
    lastEnd = found.index + found[0].length;
  }
  return names;
}

/** Runs of digits with the separators of telephone numbers taken out. */
function digitsOf(text: string, facts: readonly Found[]): Set<string> {
  const digits = new Set<string>();
  for (const { meaning } of facts) if (meaning.kind === "phone") digits.add(meaning.key);
  for (const [run] of text.matchAll(/\+?\(?\d[\d ()-]{3,28}\d/gu)) {
    const plain = run.replace(/\D/gu, "");
    digits.add(plain);
    digits.add(phoneKey(plain));
    for (const part of run.split(/[ ()]+/u))
      if (part.length >= 4) digits.add(phoneKey(part.replace(/\D/gu, "")));
  }
  return digits;
}
