// The stretch of a message that shows why it was found. Pure.
import { foldText, termsOf } from "../../platform/crypto/index.ts";

const before = 20;
const longest = 100;

/**
 * At most 100 characters around the first word that was found, on one line, with … where something was left out.
 * Folding may change lengths (ﬁ → fi), so the place is looked up character by character.
 */
export function snippetOf(text: string, query: string): string {
  const characters = [...text.replace(/\s+/gu, " ").trim()];
  const [term = ""] = termsOf(query);
  const at = placeOf(characters, term);
  const from = Math.max(0, at - before);
  const to = Math.min(characters.length, from + longest);
  const start = Math.max(0, to - longest);
  const middle = characters.slice(Math.min(start, from), to).join("");
  return `${Math.min(start, from) > 0 ? "…" : ""}${middle}${to < characters.length ? "…" : ""}`;
}

/** Index of the character at which the folded term begins; 0 when folding the whole found it otherwise. */
function placeOf(characters: readonly string[], term: string): number {
  if (term === "") return 0;
  let folded = "";
  const startOf: number[] = [];
  for (const [index, character] of characters.entries()) {
    const piece = foldText(character);
    for (let i = 0; i < piece.length; i += 1) startOf.push(index);
    folded += piece;
  }
  return startOf[folded.indexOf(term)] ?? 0;
}
