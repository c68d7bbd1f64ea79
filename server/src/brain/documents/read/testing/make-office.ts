/**
 * Writes small Word and Excel files for tests, packed as Office packs them.
 */
import { crc32, deflateRawSync } from "node:zlib";

/** A zip of packed entries. `claim` is what its directory says an entry unpacks to, where that is a lie. */
export function makeZip(
  entries: Record<string, string | Buffer>,
  { claim, isLocked = false }: { claim?: number; isLocked?: boolean } = {},
): Buffer {
  const local: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, text] of Object.entries(entries)) {
    const content = Buffer.from(text);
    const packed = deflateRawSync(content);
    const called = Buffer.from(name);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04_03_4b_50, 0);
    head.writeUInt16LE(20, 4);
    head.writeUInt16LE(isLocked ? 1 : 0, 6);
    head.writeUInt16LE(8, 8);
    head.writeUInt32LE(crc32(content), 14);
    head.writeUInt32LE(packed.length, 18);
    head.writeUInt32LE(claim ?? content.length, 22);
    head.writeUInt16LE(called.length, 26);
    const record = Buffer.alloc(46);
    record.writeUInt32LE(0x02_01_4b_50, 0);
    record.writeUInt16LE(20, 4);
    head.copy(record, 6, 4, 30);
    record.writeUInt32LE(at, 42);
    local.push(head, called, packed);
    directory.push(record, called);
    at += 30 + called.length + packed.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06_05_4b_50, 0);
  end.writeUInt16LE(Object.keys(entries).length, 8);
  end.writeUInt16LE(Object.keys(entries).length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...local, ...directory, end]);
}

const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const office = "http://schemas.openxmlformats.org";
const types = (parts: string) =>
  `${xml}<Types xmlns="${office}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${parts}</Types>`;
const relations = (list: string) =>
  `${xml}<Relationships xmlns="${office}/package/2006/relationships">${list}</Relationships>`;
const relation = (id: string, kind: string, target: string) =>
  `<Relationship Id="${id}" Type="${office}/officeDocument/2006/relationships/${kind}" Target="${target}"/>`;

export interface DocxParagraph {
  text: string;
  style?: string;
}

/** Paragraphs, and tables as rows of cells. */
export function docxParts(
  blocks: readonly (DocxParagraph | readonly (readonly string[])[])[],
): Record<string, string> {
  const paragraph = ({ text, style }: DocxParagraph) =>
    `<w:p>${style ? `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>` : ""}<w:r><w:t xml:space="preserve">${escaped(text)}</w:t></w:r></w:p>`;
  const body = blocks.map((block) =>
    "text" in block
      ? paragraph(block)
      : `<w:tbl>${block.map((row) => `<w:tr>${row.map((text) => `<w:tc>${paragraph({ text })}</w:tc>`).join("")}</w:tr>`).join("")}</w:tbl>`,
  );
  const main = `${office}/wordprocessingml/2006/main`;
  const names = [1, 2].map(
    (n) => `<w:style w:type="paragraph" w:styleId="H${n}"><w:name w:val="heading ${n}"/></w:style>`,
  );
  return {
    "[Content_Types].xml": types(
      '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>',
    ),
    "_rels/.rels": relations(relation("r1", "officeDocument", "word/document.xml")),
    "word/_rels/document.xml.rels": relations(relation("r1", "styles", "styles.xml")),
    "word/styles.xml": `${xml}<w:styles xmlns:w="${main}">${names.join("")}</w:styles>`,
    "word/document.xml": `${xml}<w:document xmlns:w="${main}"><w:body>${body.join("")}</w:body></w:document>`,
  };
}

export interface SheetToWrite {
  name: string;
  rows: readonly (readonly (string | number)[])[];
  merged?: readonly string[];
  isHidden?: boolean;
  /** First and last, from 1. */
  hiddenColumns?: readonly [number, number];
}

export function xlsxParts(sheets: readonly SheetToWrite[]): Record<string, string> {
  const main = `${office}/spreadsheetml/2006/main`;
  const cell = (value: string | number, row: number, column: number) => {
    const place = `${String.fromCharCode(65 + column)}${row + 1}`;
    return typeof value === "number"
      ? `<c r="${place}"><v>${value}</v></c>`
      : `<c r="${place}" t="inlineStr"><is><t>${escaped(value)}</t></is></c>`;
  };
  const parts: Record<string, string> = {
    "[Content_Types].xml": types(
      '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>',
    ),
    "_rels/.rels": relations(relation("r1", "officeDocument", "xl/workbook.xml")),
    "xl/_rels/workbook.xml.rels": relations(
      sheets.map((_, at) => relation(`r${at + 1}`, "worksheet", `worksheets/sheet${at + 1}.xml`)).join(""),
    ),
    "xl/workbook.xml": `${xml}<workbook xmlns="${main}" xmlns:r="${office}/officeDocument/2006/relationships"><sheets>${sheets
      .map(
        ({ name, isHidden }, at) =>
          `<sheet name="${escaped(name)}" sheetId="${at + 1}"${isHidden ? ' state="hidden"' : ""} r:id="r${at + 1}"/>`,
      )
      .join("")}</sheets></workbook>`,
  };
  for (const [at, { rows, merged = [], hiddenColumns }] of sheets.entries()) {
    const body = rows.map(
      (row, r) =>
        `<row r="${r + 1}">${row.map((value, c) => (value === "" ? "" : cell(value, r, c))).join("")}</row>`,
    );
    const merges =
      merged.length > 0
        ? `<mergeCells>${merged.map((ref) => `<mergeCell ref="${ref}"/>`).join("")}</mergeCells>`
        : "";
    const [first, last] = hiddenColumns ?? [];
    const columns = hiddenColumns ? `<cols><col min="${first}" max="${last}" hidden="1"/></cols>` : "";
    parts[`xl/worksheets/sheet${at + 1}.xml`] =
      `${xml}<worksheet xmlns="${main}">${columns}<sheetData>${body.join("")}</sheetData>${merges}</worksheet>`;
  }
  return parts;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
