// What stands in a model's place in the rehearsal: it reads the prompt as a model would and copies the sentence of the passages
// that shares the most with the question, with its source, or says NO_ANSWER. No judge of quality: what a real model adds or
// spoils is not to be seen here. It makes the calls, their lengths and the cost real.

import type { Asked } from "../shared/model-service.ts";

interface Passage {
  id: string;
  title: string;
  text: string;
}

/** Of the question's letter pairs; below, the passages are about something else. */
const leastShare = 0.25;
const noAnswer = "NO_ANSWER";

export function scriptedAnswer({ said }: Asked): string {
  const prompt = said.at(-1)?.text ?? "";
  const passages = dataOf(prompt, "passages");
  const question = dataOf(prompt, "question") ?? "";
  return passages === null ? wholeQuestion(prompt, question) : copyBest(rowsOf(passages), question);
}

/** The follow-up behind what was asked before. */
function wholeQuestion(prompt: string, question: string): string {
  const dialogue = (dataOf(prompt, "dialogue") ?? "").split("\n").flatMap((line) => {
    const row = parse<{ who: string; text: string }>(line);
    return row === null ? [] : [row];
  });
  const before = dialogue.findLast(({ who }) => who === "contact")?.text;
  return before === undefined ? question : `${before} ${question}`;
}

function copyBest(passages: readonly Passage[], question: string): string {
  const wanted = pairsOf(question);
  const sentences = passages.flatMap(({ id, title, text }) =>
    text
      .split(/(?<=[。！？!?])|(?<=\.)\s+/u)
      .filter((sentence) => sentence.trim() !== "")
      .map((sentence) => ({ id, sentence: sentence.trim(), share: shareOf(wanted, `${title} ${sentence}`) })),
  );
  const [best] = sentences.sort((a, b) => b.share - a.share);
  return best === undefined || best.share < leastShare ? noAnswer : `${best.sentence} [${best.id}]`;
}

function shareOf(wanted: ReadonlySet<string>, text: string): number {
  const has = pairsOf(text);
  let found = 0;
  for (const pair of wanted) if (has.has(pair)) found += 1;
  return wanted.size === 0 ? 0 : found / wanted.size;
}

function pairsOf(text: string): Set<string> {
  const letters = [...text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "")];
  return new Set(letters.slice(1).map((letter, at) => `${letters[at]}${letter}`));
}

/** What stands between the marks of one piece of data; null where the prompt has none of that name. */
function dataOf(prompt: string, name: string): string | null {
  return (
    new RegExp(`<data name="${name}" mark="\\w+">\\n([\\s\\S]*?)\\n</data mark=`).exec(prompt)?.[1] ?? null
  );
}

function rowsOf(data: string): Passage[] {
  return data.split("\n").flatMap((line) => {
    const row = parse<Passage>(line);
    return row === null ? [] : [row];
  });
}

function parse<Row>(line: string): Row | null {
  try {
    return JSON.parse(line) as Row;
  } catch {
    return null;
  }
}
