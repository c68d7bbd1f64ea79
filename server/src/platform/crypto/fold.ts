/**
 * Makes two spellings of the same words equal for search: NFKC, lower case, traditional → simplified.
 *
 * Characters are converted one by one, never by phrase: a phrase table would fold 乾 differently inside a
 * longer text than in the query, and a stretch of a message would no longer be found in it.
 */
import pairs from "opencc-js/dict/TSCharacters";

// Most of the 3,512 entries lie in one block; 57 kB of table instead of a Map of strings.
const firstInTable = 0x3400;
const lastInTable = 0x9fff;
let table: Uint16Array | undefined;
let rare: Map<number, string> | undefined;

/** Invisible characters that people paste without knowing: joiners, direction marks, variation selectors. */
const invisible = /\p{Cf}|\p{Variation_Selector}/gu;
const plainAscii = /^[\n\r\t -~]*$/;

/** The folded text. Folding a folded text changes nothing. */
export function foldText(text: string): string {
  if (plainAscii.test(text)) return text.toLowerCase();
  const lowered = text.normalize("NFKC").replace(invisible, "").toLowerCase().normalize("NFKC");
  return simplify(lowered.replaceAll("ς", "σ").replaceAll("ß", "ss"));
}

/** Whether every word of the query (split at white space) stands in the text, both folded. The check after decryption. */
export function matchesLiterally(text: string, query: string): boolean {
  const folded = foldText(text);
  return termsOf(query).every((term) => folded.includes(term));
}

/** The folded words of a query. */
export function termsOf(query: string): string[] {
  return foldText(query).split(/\s+/u).filter(Boolean);
}

function simplify(text: string): string {
  if (table === undefined) loadTable();
  let simplified = "";
  let copiedTo = 0;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit < firstInTable) continue;
    const width = unit >= 0xd800 && unit <= 0xdbff ? 2 : 1;
    const to = width === 1 && unit <= lastInTable ? fromTable(unit) : rare?.get(text.codePointAt(i) ?? 0);
    if (to !== undefined) {
      simplified += text.slice(copiedTo, i) + to;
      copiedTo = i + width;
    }
    i += width - 1;
  }
  return copiedTo === 0 ? text : simplified + text.slice(copiedTo);
}

function fromTable(unit: number): string | undefined {
  const to = table?.[unit - firstInTable] ?? 0;
  if (to === 0) return undefined;
  return to === 1 ? rare?.get(unit) : String.fromCharCode(to);
}

/** 0 = stays, 1 = look in `rare` (the target needs two code units), else the target. */
function loadTable(): void {
  const fast = new Uint16Array(lastInTable - firstInTable + 1);
  const others = new Map<number, string>();
  const targets = new Map<string, string>();
  for (const pair of pairs.split("|")) {
    const [from = "", to = ""] = pair.split(" ");
    targets.set(from, to);
  }
  for (const [from, first] of targets) {
    const to = targets.get(first) ?? first; // one entry leads to another entry; folding twice must change nothing
    const point = from.codePointAt(0) ?? 0;
    const inTable = point >= firstInTable && point <= lastInTable;
    if (inTable) fast[point - firstInTable] = to.length === 1 ? to.charCodeAt(0) : 1;
    if (!inTable || to.length > 1) others.set(point, to);
  }
  table = fast;
  rare = others;
}
