/**
 * Reads one document in the process it is called in. The child process calls it; nobody else should: a hostile file can
 * take all the time and memory there is.
 */
import { decodeText } from "./decode-text.ts";
import { type FileKind, kindOfFile } from "./kind-of-file.ts";
import { oneLine, type Reading, type ReadResult, tidy, withinBounds } from "./model.ts";
import type { PageFacts } from "./read-html.ts";
import { Unreadable } from "./refusal.ts";

export interface FileToRead {
  name: string;
  type: string;
  bytes: Uint8Array;
}

/** Of a web page also what it says of itself. */
export type ReadAny = ReadResult & { facts?: PageFacts };

/** @throws Unreadable what cannot be read at all */
export async function readNow(file: FileToRead, onProgress: Reading["onProgress"]): Promise<ReadAny> {
  const kind = kindOfFile(file.name, file.type, file.bytes);
  const reading: Reading = { name: nameOf(file.name), onProgress };
  const read = await readers[kind](file.bytes, reading);
  const { sections, problems } = withinBounds(read.sections);
  if (sections.length === 0) throw new Unreadable("document/no-text", { kind });
  return {
    title: oneLine(read.title).slice(0, 200) || reading.name,
    pages: read.pages,
    sections,
    problems: [...read.problems, ...problems],
    ...(read.facts === undefined ? {} : { facts: read.facts }),
  };
}

type Reader = (bytes: Uint8Array, reading: Reading) => Promise<ReadAny>;

/** Loaded when they are needed: a text file does not pay for the PDF library. */
const readers: Record<FileKind, Reader> = {
  pdf: async (bytes, reading) => (await import("./read-pdf.ts")).readPdf(bytes, reading),
  docx: async (bytes, reading) => (await import("./read-docx.ts")).readDocx(bytes, reading),
  xlsx: async (bytes, reading) => (await import("./read-xlsx.ts")).readWorkbook(bytes, reading),
  csv: decoded(async (text, reading) => (await import("./read-csv.ts")).readCsv(text, reading)),
  "chat-lines": decoded(async (text, reading) =>
    (await import("./read-chat.ts")).readJsonLines(text, reading),
  ),
  text: decoded(async (text, reading) => {
    const chat = (await import("./read-chat.ts")).readChat(text, reading);
    return chat ?? (await import("./read-text.ts")).readText(text, reading);
  }),
  markdown: decoded(async (text, reading) =>
    (await import("./read-markdown.ts")).readMarkdown(text, reading),
  ),
  html: async (bytes, reading) => {
    const { namedCharset, readHtml } = await import("./read-html.ts");
    const { text, problems } = decodeText(bytes, namedCharset(bytes));
    const read = readHtml(text, reading);
    return { ...read, problems: [...problems, ...read.problems] };
  },
};

function decoded(read: (text: string, reading: Reading) => Promise<ReadResult>): Reader {
  return async (bytes, reading) => {
    const { text, problems } = decodeText(bytes);
    const nuls = text.split("\0").length - 1;
    const found = nuls === 0 ? problems : [...problems, { code: "nul-removed", values: { count: nuls } }];
    const result = await read(tidy(text), reading);
    return { ...result, problems: [...found, ...result.problems] };
  };
}

/** "C:\\manuals\\A3 说明书.pdf" is called "A3 说明书". */
function nameOf(fileName: string): string {
  const base = fileName.split(/[\\/]/u).at(-1) ?? "";
  return oneLine(base.replace(/\.[a-z0-9]{1,8}$/iu, "")).slice(0, 120) || "文档";
}
