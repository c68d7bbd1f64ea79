// Cuts a text into found and other pieces, for marking the words of a search. Pure.

export type Piece = { text: string; isHit: boolean };

function escapeForPattern(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** Pieces in order; joined they are the text again. Words are found whatever their case. */
export function markWords(text: string, typed: string): Piece[] {
  const words = typed
    .trim()
    .split(/\s+/)
    .filter((word) => word !== "");
  if (words.length === 0) return text === "" ? [] : [{ text, isHit: false }];
  const pattern = new RegExp(`(${words.map(escapeForPattern).join("|")})`, "gi");
  return text
    .split(pattern)
    .map((piece, index) => ({ text: piece, isHit: index % 2 === 1 }))
    .filter((piece) => piece.text !== "");
}
