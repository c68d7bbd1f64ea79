// Fits how a line is weighed with the line before it (server/src/brain/understanding/in-context.ts), on conversations with
// the industry packs that were written for it by people who saw only the packs' questions.
// `node lab/train-language/fit-context.ts` prints the coefficients to be put there, and what each file's lines come to with
// the coefficients fitted on the others: answered rightly and wrongly at the setting "balanced".

import { readdirSync, readFileSync } from "node:fs";
import { boldnessThresholds } from "@yingda/contract";
import { fitCoefficients, type JudgedEvidence } from "@yingda/language";
import { ask, type Knowledge, type Memory, packKnowledge } from "../../server/src/brain/index.ts";
import { contextEvidenceNames, evidenceAfterLine } from "../../server/src/brain/testing/follow-ups.ts";
import { turn } from "../../server/src/brain/testing/turns.ts";
import type { Script } from "../rehearsal/replay.ts";
import { printResult, say } from "../shared/figures.ts";

/** What a line may mean, and which of it is right; none where no FAQ answers it. */
interface Follower {
  questions: { faq: string; evidence: number[]; most: number; isRight: boolean }[];
}

/**
 * In log odds: a line in ten is a stranger's here and one in three leans on the line before, more than shops see. Chosen with
 * the rehearsal's scripts in view, among values that make little difference to these.
 */
const easierInShops = 0.565;
/** Of the prior, which is zero: as much as one message. */
const pull = 50;
const folder = "lab/data/language/tuning-follow-ups";
const thresholds = boldnessThresholds.balanced;
const shops = new Map<string, Knowledge>();

const files = new Map(readdirSync(folder).map((name) => [name, followersOf(`${folder}/${name}`)]));
for (const [name, followers] of files) {
  const others = [...files].filter(([other]) => other !== name).flatMap(([, those]) => those);
  const { right, wrong } = answeredBy(coefficientsFrom(others), followers);
  say(
    `${name}: ${followers.length} lines, ${right} answered rightly and ${wrong} wrongly by what the others teach`,
  );
}
const all = [...files.values()].flat();
const coefficients = coefficientsFrom(all);
printResult({
  lines: all.length,
  coefficients: Object.fromEntries(
    contextEvidenceNames.map((name, at) => [name, Number((coefficients[at] as number).toFixed(3))]),
  ),
});

/** The lines of a file's conversations that follow another and do not say by themselves what they mean. */
function followersOf(file: string): Follower[] {
  const scripts = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Script);
  return scripts.flatMap((script) => {
    const knowledge = shopOf(script.pack);
    const locale = script.language === "en" ? "en" : "zh-CN";
    let memory: Memory | undefined;
    const followers: Follower[] = [];
    for (const { customer, expect } of script.turns) {
      const history = memory?.history ?? [];
      const questions = evidenceAfterLine(knowledge, turn(customer, { history, locale, thresholds }));
      const isAnswered = [expect.outcome].flat().includes("answered");
      if (questions.length > 0)
        followers.push({
          questions: questions.map(({ faq, evidence, most }) => ({
            faq,
            evidence,
            most,
            isRight: isAnswered && faq === expect.faq,
          })),
        });
      memory = ask(knowledge, { text: customer, locale, thresholds, ...(memory && { memory }) }).memory;
    }
    return followers;
  });
}

function shopOf(pack: string): Knowledge {
  const known = shops.get(pack) ?? packKnowledge(pack);
  if (known === null) throw new Error(`there is no pack "${pack}"`);
  shops.set(pack, known);
  return known;
}

function coefficientsFrom(followers: readonly Follower[]): number[] {
  const judged = followers.flatMap(({ questions }) =>
    questions.map(({ evidence, isRight }): JudgedEvidence => ({ evidence, isRight, importance: 1 })),
  );
  const none = contextEvidenceNames.map(() => 0);
  const fitted = fitCoefficients(
    judged,
    none,
    none.map(() => pull),
  );
  return fitted.map((value, at) => (at === 0 ? value + easierInShops : value));
}

function answeredBy(
  coefficients: readonly number[],
  followers: readonly Follower[],
): { right: number; wrong: number } {
  const likelihood = ({ evidence, most }: Follower["questions"][number]) => {
    const sum = evidence.reduce((sum, value, at) => sum + value * (coefficients[at] as number), 0);
    return Math.min(1 / (1 + Math.exp(-sum)), most);
  };
  const answers = followers
    .map(({ questions }) =>
      questions.reduce((best, one) => (likelihood(one) > likelihood(best) ? one : best)),
    )
    .filter((question) => likelihood(question) >= thresholds.answer);
  const right = answers.filter(({ isRight }) => isRight).length;
  return { right, wrong: answers.length - right };
}
