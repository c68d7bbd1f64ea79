// Which parts of a phrasing the message shares with it, for the eye: the server names pairs of characters and words, the
// page shows the runs that they cover. Pure.

export type Part = { text: string; isShared: boolean };

/** The text in parts, shared and not in turn; joined they are the text. Terms that are not in it are left out. */
export function markShared(text: string, terms: readonly string[]): Part[] {
  const lower = text.toLowerCase();
  // some letters change their length in lower case; then nothing is marked rather than the wrong thing
  const isComparable = lower.length === text.length;
  const isCovered = new Array<boolean>(text.length).fill(false);
  for (const term of isComparable ? terms : []) {
    const wanted = term.toLowerCase();
    if (wanted === "") continue;
    for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, at + 1))
      isCovered.fill(true, at, endOfTerm(lower, at, wanted));
  }
  const parts: Part[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const last = parts.at(-1);
    const isShared = isCovered[at] === true;
    if (last?.isShared === isShared) last.text += text[at] ?? "";
    else parts.push({ text: text[at] ?? "", isShared });
  }
  return parts;
}

const letter = /[a-z]/;
/** What stands after the stem of an English word: ship-ping, receipt-s, carr-ies. */
const ending = /^(?:[a-z]?(?:ing|ed|er|s|es|e|y|ies))?$/;

/** Where the marking of a term at this place ends: an English stem is marked with its ending, and not within another word. */
function endOfTerm(text: string, at: number, term: string): number {
  const end = at + term.length;
  if (!letter.test(term[0] ?? "")) return end;
  if (at > 0 && letter.test(text[at - 1] ?? "")) return at;
  const rest = /^[a-z]*/.exec(text.slice(end))?.[0] ?? "";
  return ending.test(rest) ? end + rest.length : at;
}
