// Answers of one group of corpus intents (../answers/<group>.txt): what a good shop says, with named blanks. Read by
// compose-pack.ts; the file's shape is in ../README.md.

import { readFileSync } from "node:fs";
import type { Bilingual } from "./types.ts";

export interface AnswerTemplate {
  name: string;
  category: Bilingual;
  tags: string[];
  answer: Bilingual;
  /** For the phone: one sentence without addresses and symbols. */
  spoken: Bilingual;
}

/** All answers of a group, in the file's order. @throws Error naming the answer that lacks a field. */
export function readAnswers(group: string): AnswerTemplate[] {
  const text = readFileSync(new URL(`../answers/${group}.txt`, import.meta.url), "utf8");
  return text
    .split(/^= /mu)
    .slice(1)
    .map((block) => parseAnswer(group, block));
}

function parseAnswer(group: string, block: string): AnswerTemplate {
  const [first = "", ...lines] = block.split("\n");
  const name = first.trim();
  const fields = new Map(
    lines
      .filter((line) => line.includes(" "))
      .map((line) => [line.slice(0, line.indexOf(" ")), line.slice(line.indexOf(" ") + 1).trim()]),
  );
  const field = (key: string): string => {
    const value = fields.get(key);
    if (!value) throw new Error(`templates/answers/${group}.txt: "${name}" has no ${key}`);
    return value;
  };
  return {
    name,
    category: bilingual(field("category")),
    tags: field("tags")
      .split(/[,，]/u)
      .map((tag) => tag.trim())
      .filter((tag) => tag !== ""),
    answer: { zh: field("zh"), en: field("en") },
    spoken: { zh: field("spoken-zh"), en: field("spoken-en") },
  };
}

/** "中文 | English"; without the bar both are the same. */
function bilingual(text: string): Bilingual {
  const [zh = "", en = zh] = text.split("|").map((side) => side.trim());
  return { zh, en };
}
