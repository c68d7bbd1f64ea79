/**
 * Writes small PDFs for tests, byte by byte: text in one of the built-in fonts, or Chinese in a font that the file only
 * names, encoded as old Chinese programs do.
 */
import iconv from "iconv-lite";

export interface PdfLineToWrite {
  text: string;
  size?: number;
  x?: number;
}

export interface PdfToWrite {
  /** The lines of each page from the top down; a page without lines shows a picture only. */
  pages: readonly (readonly (string | PdfLineToWrite)[])[];
  /** The encoding of the font; Latin by default. */
  encoding?: "UniGB-UCS2-H" | "GBK-EUC-H";
  title?: string;
  /** Locks the file with a password that nobody knows. */
  isLocked?: boolean;
}

export function makePdf({ pages, encoding, title, isLocked = false }: PdfToWrite): Buffer {
  const objects: string[] = [];
  const add = (body: string): number => objects.push(body);
  const font =
    encoding === undefined
      ? add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
      : addChineseFont(add, encoding);
  const picture = add(
    stream(
      "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8",
      "\x80",
    ),
  );
  const tree = objects.length + pages.length * 2 + 1;
  const kids = pages.map((lines) => {
    const content = add(
      stream("<<", lines.length === 0 ? "q 500 0 0 700 50 50 cm /P Do Q" : written(lines, encoding)),
    );
    const resources = `<< /Font << /F ${font} 0 R >> /XObject << /P ${picture} 0 R >> >>`;
    return add(
      `<< /Type /Page /Parent ${tree} 0 R /MediaBox [0 0 595 842] /Resources ${resources} /Contents ${content} 0 R >>`,
    );
  });
  add(`<< /Type /Pages /Count ${kids.length} /Kids [${kids.map((kid) => `${kid} 0 R`).join(" ")}] >>`);
  const catalog = add(`<< /Type /Catalog /Pages ${tree} 0 R >>`);
  const about = add(`<< /Title ${hex(title ?? "", "UniGB-UCS2-H", "FEFF")} >>`);
  const lock = isLocked
    ? add(`<< /Filter /Standard /V 1 /R 2 /P -4 /O <${"ab".repeat(32)}> /U <${"cd".repeat(32)}> >>`)
    : 0;
  return assembled(
    objects,
    `/Root ${catalog} 0 R /Info ${about} 0 R${lock > 0 ? ` /Encrypt ${lock} 0 R /ID [<01> <01>]` : ""}`,
  );
}

function addChineseFont(add: (body: string) => number, encoding: string): number {
  const descriptor = add(
    "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 900 /Descent -200 /CapHeight 800 /StemV 80 >>",
  );
  const glyphs = add(
    `<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor ${descriptor} 0 R /DW 1000 >>`,
  );
  return add(
    `<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light-${encoding} /Encoding /${encoding} /DescendantFonts [${glyphs} 0 R] >>`,
  );
}

function written(lines: readonly (string | PdfLineToWrite)[], encoding: PdfToWrite["encoding"]): string {
  let y = 800;
  return lines
    .map((line) => {
      const { text, size = 11, x = 60 } = typeof line === "string" ? { text: line } : line;
      y -= size * 1.6;
      return `BT /F ${size} Tf 1 0 0 1 ${x} ${y.toFixed(2)} Tm ${hex(text, encoding)} Tj ET`;
    })
    .join("\n");
}

function hex(text: string, encoding: PdfToWrite["encoding"], before = ""): string {
  const bytes =
    encoding === "UniGB-UCS2-H"
      ? iconv.encode(text, "utf-16be")
      : iconv.encode(text, encoding === "GBK-EUC-H" ? "gbk" : "latin1");
  return `<${before}${bytes.toString("hex")}>`;
}

function stream(dictionary: string, content: string): string {
  return `${dictionary} /Length ${Buffer.byteLength(content, "latin1")} >>\nstream\n${content}\nendstream`;
}

function assembled(objects: readonly string[], trailer: string): Buffer {
  let file = "%PDF-1.5\n";
  const places = objects.map((body, at) => {
    const place = file.length;
    file += `${at + 1} 0 obj\n${body}\nendobj\n`;
    return place;
  });
  const table = places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`).join("");
  const count = objects.length + 1;
  const from = file.length;
  file += `xref\n0 ${count}\n0000000000 65535 f \n${table}trailer\n<< /Size ${count} ${trailer} >>\nstartxref\n${from}\n%%EOF\n`;
  return Buffer.from(file, "latin1");
}
