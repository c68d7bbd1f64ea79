// Takes a model's answer apart: sentences, the ids of sources behind them, or that it has no answer. Ids are never shown.

import { splitSentences } from "@yingda/language";
import { noAnswer } from "../../inference/index.ts";

export interface CitedReply {
  /** Without ids, whole sentences in order. */
  sentences: string[];
  /** Each once, in the order of the first use; ids that no source has are among them. */
  ids: string[];
}

const marks = /\s*[[【［]\s*(p\d{1,3}(?:\s*[,，、;；]\s*p\d{1,3})*)\s*[\]】］]/giu;
/** Where none stands in square ones: beside those "（P2）" is a fault code. */
const roundMarks = /\s*[(（]\s*(p\d{1,3}(?:\s*[,，、;；]\s*p\d{1,3})*)\s*[)）]/giu;
/** A fence, a heading, a list's mark: forms that a chat does not show. */
const forms = /^\s*(?:```.*|#{1,6}\s+|[-*•]\s+)/gmu;

/** Null when the model says that the sources do not hold the answer, or says nothing. */
export function readCited(text: string): CitedReply | null {
  if (text.includes(noAnswer) || text.trim() === "") return null;
  const ids = new Set<string>();
  const isSquare = text.search(marks) >= 0;
  const plain = text.replace(isSquare ? marks : roundMarks, (_, found: string) => {
    for (const id of found.toLowerCase().split(/\s*[,，、;；]\s*/u)) ids.add(id);
    return "";
  });
  const clean = plain.replace(forms, "").replaceAll("**", "");
  const sentences = splitSentences(clean).map(({ start, end }) => clean.slice(start, end));
  return { sentences, ids: [...ids] };
}
