/**
 * The pieces of text that a PDF page holds, into lines, and the lines of all pages into sections: repeated headers and
 * footers dropped, headings found by size, number and bookmark, broken lines joined. Pure.
 */
import type { ReadSection } from "./model.ts";
import { numberedLevel } from "./read-text.ts";
import { SectionBuilder } from "./section-builder.ts";

/** A piece of text as pdf.js gives it; places in points from the lower left corner. */
export interface PdfPiece {
  text: string;
  x: number;
  y: number;
  width: number;
  size: number;
}

export interface PdfLine {
  text: string;
  size: number;
  y: number;
  from: number;
  to: number;
}

/** In: the pieces of one page in the order of the file. A new line begins where the baseline moves. */
export function linesOf(pieces: readonly PdfPiece[]): PdfLine[] {
  const lines: PdfLine[] = [];
  let row: PdfPiece[] = [];
  const flush = () => {
    const line = lineOf(row);
    if (line.text !== "") lines.push(line);
    row = [];
  };
  for (const piece of pieces) {
    if (piece.text.trim() === "") continue;
    const last = row.at(-1);
    const isSameLine =
      last !== undefined &&
      Math.abs(last.y - piece.y) < Math.max(last.size, piece.size) * 0.4 &&
      piece.x > last.x + last.width - piece.size * 2;
    if (!isSameLine) flush();
    row.push(piece);
  }
  flush();
  return lines;
}

function lineOf(row: readonly PdfPiece[]): PdfLine {
  let text = "";
  let to = row[0]?.x ?? 0;
  for (const piece of row) {
    const gap = piece.x - to;
    const size = piece.size || 10;
    if (text !== "" && gap > size * 1.2) text += isHan(text.at(-1)) || isHan(piece.text[0]) ? "　" : "  ";
    else if (text !== "" && gap > size * (isHan(text.at(-1)) && isHan(piece.text[0]) ? 0.45 : 0.16))
      text += " ";
    text += piece.text;
    to = piece.x + piece.width;
  }
  const size = Math.max(0, ...row.map((piece) => piece.size));
  return { text: text.replace(/ {3,}/gu, "  ").trim(), size, y: row[0]?.y ?? 0, from: row[0]?.x ?? 0, to };
}

function isHan(letter: string | undefined): boolean {
  return letter !== undefined && /[\p{Script=Han}，。、；：？！（）“”《》]/u.test(letter);
}

export interface PdfText {
  /** The lines of each page, the first page first. */
  pages: readonly (readonly PdfLine[])[];
  /** Titles of the bookmarks with their depth, 1 for the outermost. */
  outline: readonly { title: string; level: number }[];
}

export function pdfSections({ pages, outline }: PdfText): ReadSection[] {
  const body = bodySize(pages);
  const repeated = repeatedLines(pages);
  const marked = new Map(outline.map(({ title, level }) => [squeezed(title), level]));
  const isTitle = ({ size, text }: PdfLine) => size >= body * 1.3 && text.length > 4;
  const builder = new SectionBuilder();
  for (const [at, lines] of pages.entries()) {
    builder.page(at + 1);
    const kept = lines.filter(
      (line, place) => isTitle(line) || !isFurniture(line, place, lines.length, repeated),
    );
    const width = Math.max(...kept.map(({ to }) => to), 0);
    let paragraph: PdfLine[] = [];
    const flush = () => {
      builder.block(joined(paragraph, width));
      paragraph = [];
    };
    for (const line of kept) {
      const level = levelOf(line, body, marked);
      const last = paragraph.at(-1);
      if (level > 0) {
        flush();
        builder.heading(level, line.text);
        continue;
      }
      if (last !== undefined && last.y - line.y > Math.max(last.size, line.size) * 2.1) flush();
      paragraph.push(line);
    }
    flush();
  }
  return builder.end();
}

/** The size that most characters have. */
function bodySize(pages: readonly (readonly PdfLine[])[]): number {
  const counts = new Map<number, number>();
  for (const { size, text } of pages.flat()) {
    const rounded = Math.round(size * 2) / 2;
    counts.set(rounded, (counts.get(rounded) ?? 0) + text.length);
  }
  return [...counts].reduce((most, one) => (one[1] > most[1] ? one : most), [0, 0])[0];
}

const edge = 2;

/** Lines that stand at the top or bottom of at least half of the pages, numbers apart. */
function repeatedLines(pages: readonly (readonly PdfLine[])[]): ReadonlySet<string> {
  if (pages.length < 4) return new Set();
  const counts = new Map<string, number>();
  for (const lines of pages)
    for (const text of new Set([...lines.slice(0, edge), ...lines.slice(-edge)].map(shapeOf)))
      counts.set(text, (counts.get(text) ?? 0) + 1);
  return new Set([...counts].filter(([, count]) => count >= pages.length / 2).map(([text]) => text));
}

function shapeOf({ text }: PdfLine): string {
  return squeezed(text).replace(/\d+/gu, "0");
}

function squeezed(text: string): string {
  return text.replace(/[\s　]+/gu, "").toLowerCase();
}

function isFurniture(line: PdfLine, place: number, count: number, repeated: ReadonlySet<string>): boolean {
  if (place >= edge && place < count - edge) return false;
  return (
    repeated.has(shapeOf(line)) ||
    /^(?:[-–—]?\s*\d{1,4}\s*[-–—]?|第\s*\d+\s*页.*|page\s+\d+.*)$/iu.test(line.text)
  );
}

function levelOf({ text, size }: PdfLine, body: number, marked: ReadonlyMap<string, number>): number {
  if (text.length > 80) return 0;
  const byMark = marked.get(squeezed(text));
  if (byMark !== undefined) return Math.min(6, byMark);
  const byNumber = numberedLevel(text);
  if (/[。；;，,]$/u.test(text)) return 0;
  if (size >= body * 1.7) return 1;
  if (size >= body * 1.3) return byNumber || 2;
  if (size >= body * 1.12) return byNumber || 3;
  return byNumber > 0 && size >= body && /^(?:第|chapter|part|section)/iu.test(text) ? byNumber : 0;
}

const listMark = /^(?:[-•·●○■□▪◆*►]|\(?\d{1,2}[.)、）]|[①-⑳]|（?[一二三四五六七八九十]{1,2}[、）])/u;

/** A line that reaches the right edge goes on in the next one, unless that begins an item. */
function joined(lines: readonly PdfLine[], width: number): string {
  let text = "";
  let last: PdfLine | null = null;
  for (const line of lines) {
    const goesOn =
      last !== null &&
      last.to > width * 0.86 &&
      !listMark.test(line.text) &&
      !/　| {2}/u.test(line.text) &&
      !/[。！？!?：:；;]$/u.test(last.text);
    if (last === null) text = line.text;
    else if (!goesOn) text += `\n${line.text}`;
    else if (/[a-z]-$/u.test(text) && /^[a-z]/u.test(line.text)) text = text.slice(0, -1) + line.text;
    else text += isHan(text.at(-1)) || isHan(line.text[0]) ? line.text : ` ${line.text}`;
    last = line;
  }
  return text;
}
