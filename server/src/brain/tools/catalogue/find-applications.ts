// Search in the catalogue, for the box above the tools page: an owner types a product's name, its short form, or what they
// want ("快递", "refund"), in Chinese or English.

import { toSimplified } from "@yingda/language";
import { type Application, type Family, familyNames, type Region } from "./application.ts";
import { readCatalogue } from "./read-catalogue.ts";

export interface ApplicationFilter {
  family?: Family;
  region?: Region;
}

const longestQuery = 100; // characters; more is not a name
const mostWords = 8;

/** What one application is found by, folded. */
interface Findable {
  application: Application;
  names: string[];
  /** What it gives, and the family it is in. */
  told: string[];
  /** What its operations are for. */
  done: string[];
}

let findable: readonly Findable[] | null = null;

/**
 * Applications that fit all words of the query, best first: the name itself, the beginning of a name, a part of a name,
 * then what the application gives, then what it does. Equal ones by id. A query without letters or digits gives everything
 * that the filter lets through. Throws nothing about the query.
 */
export function findApplications(query: string, { family, region }: ApplicationFilter = {}): Application[] {
  const words = query.slice(0, longestQuery).split(/\s+/u).map(fold).filter(Boolean).slice(0, mostWords);
  findable ??= readCatalogue().map(toFindable);
  return findable
    .filter(({ application }) => family === undefined || application.family === family)
    .filter(({ application }) => region === undefined || application.region === region)
    .map((each) => ({ application: each.application, rank: rankOf(each, words) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank) // stable: the catalogue is in the order of ids
    .map(({ application }) => application);
}

function toFindable(application: Application): Findable {
  const { id, name, aliases, gives, family, operations } = application;
  const group = familyNames[family];
  return {
    application,
    names: [id, name.zh, name.en, ...aliases].map(fold),
    told: [gives.zh, gives.en, group.zh, group.en].map(fold),
    done: operations.flatMap(({ purpose }) => [purpose.zh, purpose.en]).map(fold),
  };
}

/** 5 for the name itself down to 1 for a mention among the operations; 0 is not found. */
function rankOf({ names, told, done }: Findable, words: string[]): number {
  if (words.length === 0) return 1;
  const whole = words.join("");
  if (names.includes(whole)) return 5;
  if (names.some((name) => name.startsWith(whole))) return 4;
  const allIn = (texts: string[]) => words.every((each) => texts.some((text) => text.includes(each)));
  if (allIn(names)) return 3;
  if (allIn([...names, ...told])) return 2;
  return allIn([...names, ...told, ...done]) ? 1 : 0;
}

/** Letters and digits only, small, simplified: "Cal.com", "cal com" and "ＣＡＬ．ＣＯＭ" become one. */
function fold(text: string): string {
  return toSimplified(text.normalize("NFKC").toLowerCase()).replaceAll(/[^\p{L}\p{N}]/gu, "");
}
