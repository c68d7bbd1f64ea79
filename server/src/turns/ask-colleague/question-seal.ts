// The words of a question and of its reply are sealed: they are a customer's and a colleague's.
import type { ColleagueQuestionId } from "@yingda/contract";
import type { TenantVault } from "../../platform/crypto/index.ts";
import type { QuestionRow } from "./question-store.ts";

export interface QuestionWords {
  question: string;
  /** For whoever takes the conversation over in the end. */
  summary: string;
  /** Names of unfilled blanks. */
  blanks: string[];
}

const placeOf = (column: "sealed_question" | "sealed_reply", id: ColleagueQuestionId) => ({
  table: "colleague_question",
  column,
  row: id,
});

export function sealQuestion(vault: TenantVault, id: ColleagueQuestionId, words: QuestionWords): Buffer {
  return vault.seal(placeOf("sealed_question", id), JSON.stringify(words));
}

export function openQuestion(vault: TenantVault, { id, sealedQuestion }: QuestionRow): QuestionWords {
  return JSON.parse(vault.openText(placeOf("sealed_question", id), sealedQuestion)) as QuestionWords;
}

export function sealReply(vault: TenantVault, id: ColleagueQuestionId, text: string): Buffer {
  return vault.seal(placeOf("sealed_reply", id), text);
}

/** Null where nobody has replied. */
export function openReply(vault: TenantVault, { id, sealedReply }: QuestionRow): string | null {
  return sealedReply === null ? null : vault.openText(placeOf("sealed_reply", id), sealedReply);
}
