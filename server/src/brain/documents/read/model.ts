/**
 * What reading a document gives, and the bounds of it. Pure; used by the reader, by its child process and by whoever keeps
 * what was read.
 */

/** A stretch of the document under one heading, in reading order. */
export interface ReadSection {
  /** 1-based: of a PDF the page, of a workbook the sheet; null where the format has none. */
  page: number | null;
  /** From the outermost heading to the nearest one; empty before the first. */
  heading: readonly string[];
  /** Paragraphs and table rows, one a line; an empty line between blocks. A row says its column before each cell. */
  text: string;
}

/** Something the owner should know about; the document was read all the same. */
export interface ReadProblem {
  code: string;
  values?: Record<string, string | number>;
  page?: number;
}

export interface ReadResult {
  title: string;
  pages: number;
  sections: ReadSection[];
  problems: ReadProblem[];
}

/** What a reader of one format is told beside the bytes. */
export interface Reading {
  /** The file's name without folder and ending: the title where the document has none. */
  name: string;
  onProgress: (done: number, total: number) => void;
}

/** What is accepted. Each bound is far above what a shop of ten people writes and far below what a small server holds. */
export const readBounds = {
  fileBytes: 30 * 1_024 * 1_024,
  /** What a .docx or .xlsx may unpack to, and how many times its own size. */
  unpackedBytes: 120 * 1_024 * 1_024,
  unpackedTimes: 200,
  pages: 2_000,
  sections: 20_000,
  characters: 4_000_000,
  sectionCharacters: 20_000,
  rows: 20_000,
  columns: 60,
  cellCharacters: 2_000,
  /** The heap of the child process. */
  heapMb: 320,
  /** All that it may hold, with what stands outside its heap: what a PDF unpacks to does. */
  residentMb: 1_000,
  longestMs: 240_000,
} as const;

const controls = /(?![\t\n])[\p{Cc}\ufffe\uffff]/gu;

/** Text without what no reader sees: NUL and other control characters, odd line ends, spaces at the ends of lines. */
export function tidy(text: string): string {
  return (
    text
      .replace(/\r\n?|\u2028|\u2029/gu, "\n")
      .replace(controls, "")
      .toWellFormed()
      // looked for from where blanks begin only: from each blank of a long run it would take minutes
      .replace(/(?<![^\S\n])[^\S\n]+$/gmu, "")
      .replace(/\n{3,}/gu, "\n\n")
      .trim()
  );
}

/** One line: every run of white space is one blank. */
export function oneLine(text: string): string {
  return tidy(text).replace(/\s+/gu, " ");
}

/**
 * Sections as they are kept: without the empty ones, long ones cut at a line, all within the bounds.
 * Out: a problem "text-left-out" when the document holds more than is kept.
 */
export function withinBounds(sections: readonly ReadSection[]): {
  sections: ReadSection[];
  problems: ReadProblem[];
} {
  const kept: ReadSection[] = [];
  let characters = 0;
  for (const section of sections) {
    const heading = section.heading.map((title) => oneLine(title).slice(0, 200)).filter(Boolean);
    for (const text of pieces(tidy(section.text))) {
      characters += text.length;
      if (kept.length === readBounds.sections || characters > readBounds.characters)
        return { sections: kept, problems: [{ code: "text-left-out", values: { sections: kept.length } }] };
      kept.push({ page: section.page, heading, text });
    }
  }
  return { sections: kept, problems: [] };
}

function pieces(text: string): string[] {
  const most = readBounds.sectionCharacters;
  const cut: string[] = [];
  let rest = text;
  while (rest.length > most) {
    const line = rest.lastIndexOf("\n", most);
    const at = line > most / 2 ? line : most;
    cut.push(rest.slice(0, at).trim());
    rest = rest.slice(at).trim();
  }
  if (rest !== "") cut.push(rest);
  return cut;
}
