/**
 * What a file is, by its bytes; its name only tells texts apart (a .md and a .csv are both text). Pure.
 */
import { isUtf8 } from "./decode-text.ts";
import { readBounds } from "./model.ts";
import { Unreadable } from "./refusal.ts";

export type FileKind = "pdf" | "docx" | "xlsx" | "csv" | "markdown" | "html" | "text" | "chat-lines";

const endings: Record<string, FileKind> = {
  csv: "csv",
  tsv: "csv",
  md: "markdown",
  markdown: "markdown",
  htm: "html",
  html: "html",
  xhtml: "html",
  txt: "text",
  text: "text",
  log: "text",
  jsonl: "chat-lines",
  ndjson: "chat-lines",
};

/** How files that we cannot read begin (Latin-1). */
const others: [string, string[]][] = [
  ["picture", ["\x89PNG", "\xff\xd8\xff", "GIF8", "II*\0", "MM\0*"]],
  ["sound-or-video", ["OggS", "ID3", "\xff\xfb", "RIFF", "\x1aE\xdf\xa3", "fLaC"]],
  ["archive", ["Rar!", "7z\xbc\xaf", "\x1f\x8b", "BZh", "\xfd7zXZ"]],
  ["program", ["MZ\x90", "\x7fELF", "\xca\xfe\xba\xbe", "\xcf\xfa\xed\xfe"]],
  ["rtf", ["{\\rtf"]],
];

/**
 * In:  the file as it came.
 * @throws Unreadable document/empty, document/too-large, document/old-format, document/encrypted, document/type-refused
 */
export function kindOfFile(name: string, type: string, bytes: Uint8Array): FileKind {
  if (bytes.length > readBounds.fileBytes)
    throw new Unreadable("document/too-large", { mostMb: Math.floor(readBounds.fileBytes / 1_048_576) });
  if (isBlank(bytes)) throw new Unreadable("document/empty");
  const start = Buffer.from(bytes.subarray(0, 2_048)).toString("latin1");
  const ending = /\.([a-z0-9]{1,8})$/iu.exec(name)?.[1]?.toLowerCase() ?? "";
  // A few printers and mail programs write some bytes before the mark; readers allow it within the first kilobyte.
  if (start.slice(0, 1_024).includes("%PDF-")) return "pdf";
  if (start.startsWith("PK\x03\x04")) return kindOfZip(bytes, ending);
  if (start.startsWith("PK\x05\x06")) throw new Unreadable("document/broken", { format: ending || "zip" });
  if (start.startsWith("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) throw compoundRefusal(bytes, ending);
  for (const [found, marks] of others)
    if (marks.some((mark) => start.startsWith(mark)))
      throw new Unreadable("document/type-refused", { found });
  if (start.slice(4, 8) === "ftyp")
    throw new Unreadable("document/type-refused", { found: "sound-or-video" });
  if (isBinary(bytes)) throw new Unreadable("document/type-refused", { found: "binary" });
  return textKind(start, ending, type);
}

function isBlank(bytes: Uint8Array): boolean {
  if (bytes.length > 4_096) return false;
  const text = Buffer.from(bytes).toString("latin1");
  return (
    text
      .replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/u, "")
      .replaceAll("\0", "")
      .trim() === ""
  );
}

function kindOfZip(bytes: Uint8Array, ending: string): FileKind {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (zip.includes("word/document")) return "docx";
  if (zip.includes("xl/workbook.xml")) return "xlsx";
  if (zip.includes("xl/workbook.bin")) throw new Unreadable("document/old-format", saveAs("xlsb", "xlsx"));
  if (zip.includes("ppt/presentation")) throw new Unreadable("document/type-refused", { found: "slides" });
  if (zip.includes("opendocument")) throw new Unreadable("document/old-format", saveAs(ending, "docx"));
  if (ending === "docx" || ending === "xlsx") throw new Unreadable("document/broken", { format: ending });
  throw new Unreadable("document/type-refused", { found: "archive" });
}

/** The container of Office before 2007, and of a newer file that is locked with a password. */
function compoundRefusal(bytes: Uint8Array, ending: string): Unreadable {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const holds = (entry: string) => file.includes(Buffer.from(entry, "utf16le"));
  if (holds("EncryptedPackage")) return new Unreadable("document/encrypted", { format: ending || "office" });
  if (holds("WordDocument")) return new Unreadable("document/old-format", saveAs("doc", "docx"));
  if (holds("Workbook") || holds("Book")) return new Unreadable("document/old-format", saveAs("xls", "xlsx"));
  if (ending === "doc" || ending === "wps")
    return new Unreadable("document/old-format", saveAs(ending, "docx"));
  if (ending === "xls" || ending === "et")
    return new Unreadable("document/old-format", saveAs(ending, "xlsx"));
  return new Unreadable("document/type-refused", { found: "old-office" });
}

function saveAs(format: string, wanted: string): Record<string, string> {
  return { format: format || "?", wanted };
}

/** Whether no encoding of text gives bytes like these: NULs that UTF-16 would not set, many control characters. */
function isBinary(bytes: Uint8Array): boolean {
  const looked = bytes.subarray(0, 65_536);
  let nuls = 0;
  let controls = 0;
  let evenNuls = 0;
  for (const [at, byte] of looked.entries()) {
    if (byte === 0) {
      nuls += 1;
      if (at % 2 === 0) evenNuls += 1;
    } else if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) controls += 1;
  }
  if (nuls > looked.length / 8 && (evenNuls <= nuls / 20 || evenNuls >= nuls * 0.95)) return false;
  const hasMark = (looked[0] === 0xff && looked[1] === 0xfe) || (looked[0] === 0xfe && looked[1] === 0xff);
  if (hasMark) return false;
  // A stray NUL or two in a text is dropped by the readers; a file full of them is no text.
  return controls + nuls > Math.max(8, looked.length / (isUtf8(looked.subarray(0, -4)) ? 50 : 200));
}

function textKind(start: string, ending: string, type: string): FileKind {
  const byName = endings[ending];
  if (byName !== undefined) return byName;
  if (/^\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body)\b/iu.test(start)) return "html";
  if (/text\/html|application\/xhtml/iu.test(type)) return "html";
  if (/text\/(?:csv|tab-separated)/iu.test(type)) return "csv";
  if (/markdown/iu.test(type)) return "markdown";
  if (/ndjson|jsonl/iu.test(type)) return "chat-lines";
  if (ending === "" || /^text\/plain/iu.test(type)) return "text";
  throw new Unreadable("document/type-refused", { found: ending });
}
