// Which questions somebody looks for: every word of the search stands in them, or for Chinese most of its pairs of
// characters. Pure.
import type { HelpFaq } from "@yingda/contract";

const leastShare = 0.6;

function fold(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}

/** Single characters of a search of one character, else pairs; Latin words stay whole. */
export function piecesOf(search: string): string[] {
  return (fold(search).match(/[\p{Script=Han}]+|[\p{L}\p{N}]+/gu) ?? []).flatMap((run) => {
    if (!/\p{Script=Han}/u.test(run)) return [run];
    const characters = [...run];
    return characters.length === 1
      ? characters
      : characters.slice(1).map((character, at) => `${characters[at]}${character}`);
  });
}

/** Best first; all of them, as they stand, for an empty search. */
export function searchFaqs(faqs: readonly HelpFaq[], search: string): HelpFaq[] {
  const pieces = piecesOf(search);
  if (pieces.length === 0) return [...faqs];
  return faqs
    .map((faq) => {
      const question = fold(faq.question);
      const all = `${question} ${fold(faq.answer)} ${fold(faq.category)}`;
      const inAll = pieces.filter((piece) => all.includes(piece)).length / pieces.length;
      const inQuestion = pieces.filter((piece) => question.includes(piece)).length / pieces.length;
      return { faq, inAll, score: inAll + inQuestion };
    })
    .filter(({ inAll }) => inAll >= leastShare)
    .sort((a, b) => b.score - a.score)
    .map(({ faq }) => faq);
}

/** "E-04", "ｅ４" and "e04" are one; letter O behind a letter is a zero. As the server compares (fault-keys.ts). */
export function codeKey(code: string): string {
  return fold(code)
    .replace(/[^\p{L}\p{N}]/gu, "")
    .replace(/(?<=[a-z])o(?=\d|$)/u, "0")
    .replace(/(?<!\d)0+(?=\d)/gu, "");
}
