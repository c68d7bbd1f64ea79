// Cuts what was read of a document into passages: whole sentences, some 200 to 600 characters, each with the page and the
// headings it stands under. Where a list goes on in the next passage, the line that opens it is said again. Pure.

import { createHash } from "node:crypto";
import { splitSentences } from "@yingda/language";

/** A stretch of a document under one heading, in reading order. `text`: a line each, an empty line between blocks. */
export interface Section {
  page: number | null;
  /** Of a site: where the page is. */
  url?: string | null;
  /** From the outermost heading to the nearest one. */
  heading: readonly string[];
  text: string;
}

export interface CutPassage {
  /** The same for the same text in the same place of the document, however often it is read. */
  id: string;
  page: number | null;
  url: string | null;
  heading: readonly string[];
  text: string;
}

/** In widths: a Latin letter is half as wide as a Han character and says as much less. */
const enough = 200;
const usual = 450;
const most = 600;
const longestLead = 80;
const listMark = /^\s*(?:[-*•·●▪◦]|\d{1,2}[.)、．]|[（(]\d{1,2}[）)]|[①-⑳]|[一二三四五六七八九十]{1,2}、)/u;

export function cutPassages(documentId: string, sections: readonly Section[]): CutPassage[] {
  const seen = new Map<string, number>();
  return sections.flatMap(({ page, url = null, heading, text }) =>
    cutText(text).map((piece) => {
      const key = [documentId, url ?? "", heading.join("\n"), piece].join("\u0000");
      const times = (seen.get(key) ?? 0) + 1;
      seen.set(key, times);
      return { id: idOf(key, times), page, url, heading, text: piece };
    }),
  );
}

/** A page's number is left out: a paragraph that slides to the next page is the same. */
function idOf(key: string, times: number): string {
  return createHash("sha256").update(`${key}\u0000${times}`).digest("hex").slice(0, 24);
}

interface Unit {
  text: string;
  /** What stands between it and the one before. */
  glue: "" | " " | "\n" | "\n\n";
}

/** One section's text in pieces. */
export function cutText(text: string): string[] {
  const pieces: string[] = [];
  let current = "";
  let width = 0;
  let lead = "";
  for (const unit of unitsOf(text)) {
    const wide = widthOf(unit.text);
    if (current !== "" && (width + wide > most || (width >= enough && width + wide > usual))) {
      pieces.push(current);
      const carried = lead !== "" && unit.text !== lead && unit.glue !== "" ? `${lead}\n` : "";
      current = carried;
      width = widthOf(carried);
    }
    current += current === "" || current.endsWith("\n") ? unit.text : unit.glue + unit.text;
    width += wide;
    if (/[:：]$/u.test(unit.text) && widthOf(unit.text) <= longestLead) lead = unit.text;
    else if (unit.glue === "\n\n" && !listMark.test(unit.text)) lead = "";
  }
  if (current.trim() !== "") pieces.push(current);
  return pieces.map((piece) => piece.trim());
}

/** Lines; of a line that is too long its sentences; of a sentence that is too long its parts. */
function unitsOf(text: string): Unit[] {
  const units: Unit[] = [];
  for (const block of text.split(/\n\s*\n/u))
    for (const [at, line] of block.split("\n").entries()) {
      if (line.trim() === "") continue;
      const glue = units.length === 0 ? "" : at === 0 ? "\n\n" : "\n";
      if (widthOf(line) <= usual) units.push({ text: line.trim(), glue });
      else for (const [place, part] of partsOf(line).entries()) units.push(placed(part, place, glue));
    }
  return units;
}

function placed(part: string, place: number, glue: Unit["glue"]): Unit {
  return { text: part, glue: place === 0 ? glue : /^[\p{Script=Han}]/u.test(part) ? "" : " " };
}

function partsOf(line: string): string[] {
  return splitSentences(line).flatMap(({ start, end }) => {
    const sentence = line.slice(start, end);
    return widthOf(sentence) <= most ? [sentence] : chopped(sentence);
  });
}

/** At commas where there are some, else anywhere, never within a character. */
function chopped(sentence: string): string[] {
  const parts: string[] = [];
  let part = "";
  for (const piece of sentence.match(/[^，,、;；]{1,300}[，,、;；]?/gu) ?? []) {
    if (part !== "" && widthOf(part + piece) > usual) {
      parts.push(part);
      part = "";
    }
    part += piece;
  }
  return part === "" ? parts : [...parts, part];
}

function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += character.charCodeAt(0) < 0x2e80 ? 0.5 : 1;
  return width;
}
