/**
 * Finds links in plain text: http and https addresses and e-mail addresses, nothing else, so that no customer's words
 * can become a script. Pure. Chinese text runs on without spaces, so an address ends at the first character that
 * cannot stand in one unescaped.
 */
export type LinkPiece = { text: string; href: string | null };

const pattern = /(https?:\/\/[\w\-.~:/?#[\]@!$&'()*+,;=%]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)/gi;
/** Punctuation that ends a sentence rather than an address. */
const trailing = /[.,;:!?'")\]]+$/;

export function linkPieces(text: string): LinkPiece[] {
  const pieces: LinkPiece[] = [];
  let from = 0;
  for (const found of text.matchAll(pattern)) {
    const address = found[0].replace(trailing, "");
    if (found.index > from) pieces.push({ text: text.slice(from, found.index), href: null });
    pieces.push({ text: address, href: /^https?:/i.test(address) ? address : `mailto:${address}` });
    from = found.index + address.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), href: null });
  return pieces;
}
