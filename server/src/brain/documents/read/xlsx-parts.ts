/**
 * What the library that reads workbooks does not tell, out of the parts themselves: where the sheets stand, which are hidden,
 * and which numbers are shown as per cent ("15%" is kept as 0.15). Pure.
 */
type Parts = ReadonlyMap<string, Buffer>;

/** The sheets in the workbook's order with the parts that hold them. */
export function listedSheets(parts: Parts): { part: string; isHidden: boolean }[] {
  const targets = new Map<string, string>();
  for (const [tag] of textOf(parts, "xl/_rels/workbook.xml.rels").matchAll(/<Relationship\b[^>]*>/giu))
    targets.set(attribute(tag, "Id"), attribute(tag, "Target"));
  return [...textOf(parts, "xl/workbook.xml").matchAll(/<(?:\w+:)?sheet\b[^>]*>/giu)].map(([tag]) => {
    const target = targets.get(attribute(tag, "r:id")) ?? "";
    return {
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

/** "B3" is row 2, column 1. */
export function placeOf(reference: string): { row: number; column: number } {
  const letters = reference.replace(/\d+$/u, "");
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return { row: Number(reference.slice(letters.length)) - 1, column };
}

function textOf(parts: Parts, part: string): string {
  return parts.get(part)?.toString("utf8") ?? "";
}

function attribute(tag: string, name: string): string {
  return new RegExp(`\\s${name}\\s*=\\s*"([^"]*)"`, "u").exec(tag)?.[1] ?? "";
}
