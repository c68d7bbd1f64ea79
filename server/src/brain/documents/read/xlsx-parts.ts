/**
 * What the library that reads workbooks does not tell, out of the parts themselves: where the sheets stand, which are hidden,
 * and which numbers are shown as per cent ("15%" is kept as 0.15). Pure.
 */
type Parts = ReadonlyMap<string, Buffer>;

/** As many as a sheet can have. */
const mostColumns = 16_384;

export interface ListedSheet {
  name: string;
  part: string;
  isHidden: boolean;
}

/** The sheets in the workbook's order with the parts that hold them. */
export function listedSheets(parts: Parts): ListedSheet[] {
  const targets = new Map<string, string>();
  for (const [tag] of textOf(parts, "xl/_rels/workbook.xml.rels").matchAll(/<Relationship\b[^>]*>/giu))
    targets.set(attribute(tag, "Id"), attribute(tag, "Target"));
  return [...textOf(parts, "xl/workbook.xml").matchAll(/<(?:\w+:)?sheet\b[^>]*>/giu)].map(([tag]) => {
    const target = targets.get(attribute(tag, "r:id")) ?? "";
    return {
      name: plain(attribute(tag, "name")),
      part: target.startsWith("/") ? target.slice(1) : `xl/${target}`,
      isHidden: /^(?:hidden|veryHidden)$/u.test(attribute(tag, "state")),
    };
  });
}

/** Writes the numbers of a sheet that are shown as per cent as they are shown. Changes the rows. */
export function showPercents(rows: unknown[][], parts: Parts, part: string): void {
  const styles = percentStyles(textOf(parts, "xl/styles.xml"));
  if (styles.size === 0) return;
  for (const [tag] of textOf(parts, part).matchAll(/<(?:\w+:)?c\s[^>]*>/gu)) {
    if (!styles.has(attribute(tag, "s"))) continue;
    const place = placeOf(attribute(tag, "r"));
    const cells = rows[place.row];
    const value = cells?.[place.column];
    if (cells !== undefined && typeof value === "number")
      cells[place.column] = `${Number((value * 100).toPrecision(15))}%`;
  }
}

/** Numbers of the cell styles whose format shows per cent: 9 and 10 do in every workbook. */
function percentStyles(xml: string): Set<string> {
  const formats = new Set(["9", "10"]);
  for (const [tag] of xml.matchAll(/<(?:\w+:)?numFmt\s[^>]*>/gu)) {
    const code = attribute(tag, "formatCode").replace(/&quot;.*?&quot;|\\./gu, "");
    if (code.includes("%")) formats.add(attribute(tag, "numFmtId"));
  }
  const from = xml.search(/<(?:\w+:)?cellXfs\b/u);
  const list = from < 0 ? "" : (xml.slice(from).split(/<\/(?:\w+:)?cellXfs>/u, 1)[0] ?? "");
  const styles = [...list.matchAll(/<(?:\w+:)?xf\b[^>]*>/gu)];
  return new Set(
    styles.flatMap(([tag], at) => (formats.has(attribute(tag, "numFmtId")) ? [String(at)] : [])),
  );
}

/** The columns of a sheet that its author put out of sight, from 0. */
export function hiddenColumns(parts: Parts, part: string): number[] {
  const [before = ""] = textOf(parts, part).split(/<(?:\w+:)?sheetData\b/u, 1);
  const hidden = [...before.matchAll(/<(?:\w+:)?col\s[^>]*>/gu)].filter(([tag]) =>
    /^(?:1|true)$/u.test(attribute(tag, "hidden")),
  );
  return hidden.flatMap(([tag]) => {
    const first = Number(attribute(tag, "min")) - 1;
    const last = Math.min(Number(attribute(tag, "max")), mostColumns) - 1;
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);
  });
}

/** "B3" is row 2, column 1. */
export function placeOf(reference: string): { row: number; column: number } {
  const letters = reference.replace(/\d+$/u, "");
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return { row: Number(reference.slice(letters.length)) - 1, column };
}

function textOf(parts: Parts, part: string): string {
  return parts.get(part)?.toString("utf8") ?? "";
}

const marks: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function plain(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|apos);/gu, (_, mark: string) => marks[mark] ?? "");
}

function attribute(tag: string, name: string): string {
  return new RegExp(`\\s${name}\\s*=\\s*"([^"]*)"`, "u").exec(tag)?.[1] ?? "";
}
