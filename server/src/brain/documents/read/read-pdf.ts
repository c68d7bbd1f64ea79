/**
 * A PDF into sections with their pages. pdf.js reads it page by page; nothing is drawn, no script of the file runs.
 */
import { getDocumentProxy } from "unpdf";
import { type Reading, type ReadProblem, type ReadResult, readBounds } from "./model.ts";
import { MadeUpMaps } from "./pdf-character-maps.ts";
import { linesOf, type PdfLine, type PdfPiece, pdfSections } from "./pdf-lines.ts";
import { Unreadable } from "./refusal.ts";

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>;
/** More pages without text than this are told as a number. */
const namedPages = 5;
const mostMarks = 3_000;

/** @throws Unreadable document/encrypted, document/broken, document/no-text */
export async function readPdf(bytes: Uint8Array, { name, onProgress }: Reading): Promise<ReadResult> {
  const pdf = await open(bytes);
  const count = Math.min(pdf.numPages, readBounds.pages);
  const problems: ReadProblem[] = [];
  if (pdf.numPages > count) problems.push({ code: "pages-left-out", values: { mostPages: count } });
  const pages: PdfLine[][] = [];
  const blank: number[] = [];
  for (let page = 1; page <= count; page += 1) {
    const lines = await pageLines(pdf, page);
    if (lines === null) problems.push({ code: "page-broken", page, values: { page } });
    else if (lines.length === 0) blank.push(page);
    pages.push(lines ?? []);
    onProgress(page, count);
  }
  if (problems.filter(({ code }) => code === "page-broken").length === count)
    throw new Unreadable("document/broken", { format: "pdf" });
  if (pages.every((lines) => lines.length === 0))
    throw new Unreadable("document/no-text", { kind: "pdf", pages: count });
  problems.push(...blankProblems(blank));
  const [outline, title] = [await outlineOf(pdf), await titleOf(pdf)];
  return { title: title || name, pages: pdf.numPages, sections: pdfSections({ pages, outline }), problems };
}

async function open(bytes: Uint8Array): Promise<Pdf> {
  try {
    return await getDocumentProxy(new Uint8Array(bytes), {
      useSystemFonts: false,
      disableFontFace: true,
      stopAtErrors: false,
      verbosity: 0,
      ...madeUpMaps,
    });
  } catch (error) {
    const name = error instanceof Error ? error.name : "";
    throw name === "PasswordException"
      ? new Unreadable("document/encrypted", { format: "pdf" }, error)
      : new Unreadable("document/broken", { format: "pdf" }, error);
  }
}

/** pdf.js makes one for itself; the address is never opened. */
const madeUpMaps = {
  BinaryDataFactory: MadeUpMaps,
  cMapUrl: "made-up/",
  cMapPacked: false,
  useWorkerFetch: false,
};

/** @returns null when the page cannot be read */
async function pageLines(pdf: Pdf, number: number): Promise<PdfLine[] | null> {
  try {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent();
    page.cleanup();
    const pieces: PdfPiece[] = [];
    for (const item of items) {
      if (!("str" in item)) continue;
      const [a = 0, b = 0, , , x = 0, y = 0] = item.transform as number[];
      const isUpright = Math.abs(b) <= Math.abs(a);
      pieces.push({
        text: item.str,
        x,
        y,
        width: isUpright ? item.width : 0,
        size: item.height || Math.hypot(a, b),
      });
    }
    return linesOf(pieces);
  } catch {
    return null;
  }
}

function blankProblems(blank: readonly number[]): ReadProblem[] {
  if (blank.length === 0) return [];
  if (blank.length > namedPages) return [{ code: "pages-without-text", values: { count: blank.length } }];
  return blank.map((page) => ({ code: "page-without-text", page, values: { page } }));
}

interface Mark {
  title: string;
  items: Mark[];
}

/** Bookmarks may be missing or broken without harm to the text. */
async function outlineOf(pdf: Pdf): Promise<{ title: string; level: number }[]> {
  const found: { title: string; level: number }[] = [];
  const waiting = ((await pdf.getOutline().catch(() => null)) ?? []).map((mark: Mark) => ({
    mark,
    level: 1,
  }));
  for (const { mark, level } of waiting) {
    found.push({ title: mark.title, level });
    if (found.length === mostMarks) break;
    for (const below of mark.items ?? []) waiting.push({ mark: below, level: level + 1 });
  }
  return found;
}

/** Programs write "Microsoft Word - 新建文档1.doc" there: better the file's name than that. */
async function titleOf(pdf: Pdf): Promise<string> {
  const read = await pdf.getMetadata().catch(() => null);
  const info: unknown = read?.info;
  const title = typeof info === "object" && info !== null && "Title" in info ? info.Title : "";
  if (
    typeof title !== "string" ||
    /microsoft word|untitled|无标题|新建|\.(?:docx?|wps|indd|pages)$/iu.test(title)
  )
    return "";
  return title.trim();
}
