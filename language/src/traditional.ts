// Which Chinese characters somebody writes, told from the newest line that tells it.

import { countTraditional } from "./characters.ts";
import { detectLanguage } from "./language.ts";

/** Everyday characters that exist in simplified spelling only. */
const onlySimplified = /[吗么这们说请钱买卖发货谢谁给为对换单价码运费还过时间问题现开关样东车]/u;
const han = /\p{Script=Han}/gu;
/** A line of so many Han characters without a traditional one is a simplified one. */
const tellingLength = 8;

/** `said`: lines of one person, newest first. False where none of them tells. */
export function writesTraditional(said: readonly string[]): boolean {
  for (const text of said) {
    const head = text.slice(0, 1_000);
    const { language, confidence } = detectLanguage(head);
    const traditional = countTraditional(head);
    if (traditional > 0 && (language === "yue" || (language === "zh-Hant" && confidence >= 0.8)))
      return !onlySimplified.test(head) || traditional >= 3;
    if (onlySimplified.test(head) || (head.match(han)?.length ?? 0) >= tellingLength) return false;
  }
  return false;
}
