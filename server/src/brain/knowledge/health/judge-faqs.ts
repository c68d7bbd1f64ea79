// From what the checks say of the whole list to what is said at one FAQ: its problems with the other FAQ named, what it
// borrows, what of that the owner refused. Pure.

import type { BorrowedIntent, FaqId, FaqMark, FaqProblem } from "@yingda/contract";
import { faqProblemKinds } from "@yingda/contract";
import { type Borrowed, corpusIntent, type FaqProblem as TextProblem } from "@yingda/language";
import type { KnownFaq } from "../knowledge.ts";
import { judgeExpiry } from "./judge-expiry.ts";

/** Phrasings besides the question that an FAQ needs which borrows nothing. */
export const wantedPhrasings = 3;

export interface FaqName {
  id: FaqId;
  slug: string;
  question: string;
}

/** Everything that is wrong with one FAQ, the worst first. An FAQ that `names` has not is not told. `today`: "YYYY-MM-DD". */
export function problemsOf(
  faq: KnownFaq,
  borrowed: readonly Borrowed[],
  found: readonly TextProblem[],
  names: ReadonlyMap<string, FaqName>,
  today: string,
): FaqProblem[] {
  const told = found.flatMap((problem) => problemAt(faq.slug, problem, names));
  // what asks nearly the same need not be said of an FAQ that is told for something worse
  const problems = told.filter(
    (problem) =>
      problem.kind !== "duplicate" ||
      !told.some((worse) => worse !== problem && "other" in worse && worse.other.slug === problem.other.slug),
  );
  const count = faq.phrasings.length;
  if (countBorrowed(borrowed) === 0 && count < wantedPhrasings)
    problems.push({ kind: "few-phrasings", count, wanted: wantedPhrasings });
  problems.push(...judgeExpiry(faq.extras?.expiresOn ?? null, today));
  return problems.sort((a, b) => faqProblemKinds.indexOf(a.kind) - faqProblemKinds.indexOf(b.kind));
}

function problemAt(slug: string, problem: TextProblem, names: ReadonlyMap<string, FaqName>): FaqProblem[] {
  if (!("ids" in problem)) return problem.id === slug ? alone(problem) : [];
  if (!problem.ids.includes(slug)) return [];
  const isFirst = problem.ids[0] === slug;
  const other = names.get(isFirst ? problem.ids[1] : problem.ids[0]);
  if (other === undefined) return [];
  const turned = ([first, second]: [string, string]): [string, string] =>
    isFirst ? [first, second] : [second, first];
  switch (problem.kind) {
    case "shared-phrasing":
      return [{ kind: problem.kind, other, phrasing: problem.phrasing }];
    case "duplicate":
      return [{ kind: problem.kind, other, pair: turned(problem.pair) }];
    case "contradiction": {
      const { kind, differsIn, pair, values } = problem;
      return [{ kind, other, differsIn, pair: turned(pair), values: turned(values) }];
    }
    default:
      return problem satisfies never;
  }
}

function alone(problem: Exclude<TextProblem, { ids: unknown }>): FaqProblem[] {
  switch (problem.kind) {
    case "empty":
      return [{ kind: problem.kind, part: problem.part }];
    case "open-blank":
      return [{ kind: problem.kind, blanks: problem.blanks }];
    case "repeated-phrasing":
      return [{ kind: problem.kind, phrasing: problem.phrasing }];
    case "few-phrasings":
      return []; // judged by what is borrowed, too
    default:
      return problem satisfies never;
  }
}

/** For the list: kinds and number of problems, without those that do no harm. */
export function markOf(problems: readonly FaqProblem[], borrowed: readonly Borrowed[]): FaqMark {
  const harmful = problems.filter(({ kind }) => kind !== "repeated-phrasing");
  return {
    kinds: [...new Set(harmful.map(({ kind }) => kind))],
    count: harmful.length,
    borrowed: countBorrowed(borrowed),
  };
}

export function countBorrowed(borrowed: readonly Borrowed[]): number {
  return borrowed.reduce((sum, { phrasings }) => sum + phrasings.length, 0);
}

/** What an FAQ borrows with what the owner refused in between, where it stood before; refused intents last. */
export function presentBorrowed(
  borrowed: readonly Borrowed[],
  unborrowed: readonly string[],
): BorrowedIntent[] {
  const refused = new Set(unborrowed);
  const used = borrowed
    .filter(({ slug }) => !refused.has(slug))
    .map(({ slug, strength, zh, en, phrasings }) => {
      const all = phrasingsOf(slug);
      const here = new Set([...phrasings, ...all.filter((text) => refused.has(text))]);
      const texts = all.filter((text) => here.has(text));
      const listed = texts.map((text) => ({ text, isRefused: refused.has(text) }));
      return { slug, strength, zh, en, phrasings: listed, isRefused: false };
    });
  const away = unborrowed.flatMap((slug): BorrowedIntent[] => {
    const intent = corpusIntent(slug);
    if (intent === null) return [];
    return [{ slug, strength: null, zh: intent.zh, en: intent.en, phrasings: [], isRefused: true }];
  });
  return [...used, ...away];
}

/** Whether there is anything by that slug or text to refuse. */
export function isBorrowable(slugOrText: string, borrowed: readonly Borrowed[]): boolean {
  if (corpusIntent(slugOrText) !== null) return true;
  return borrowed.some(({ phrasings }) => phrasings.includes(slugOrText));
}

function phrasingsOf(slug: string): string[] {
  const intent = corpusIntent(slug);
  if (intent === null) return [];
  return [...new Set([intent.zh, ...intent.phrasings, intent.en, ...intent.phrasingsEn])];
}
