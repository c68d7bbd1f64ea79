/**
 * The character maps that PDFs in Chinese name without holding them (UniGB-UCS2-H, GBK-EUC-H …).
 *
 * Adobe's tables are 1.7 MB; we only want the text. So each map is made up here with the Unicode number of a character as
 * its glyph number, and the table from glyphs back to Unicode is the identity. Widths of glyphs are then wrong, which moves
 * no line. A font that names glyphs of Adobe's collection directly cannot be read this way: that map is refused.
 */
import iconv from "iconv-lite";

const unicode = /^(UniGB|UniCNS|UniJIS|UniJIS2004|UniKS)-(?:UCS2|UTF16)-[HV]$/u;
const encodings: [RegExp, string][] = [
  [/^(?:GBK|GBKp|GBK2K|GB|GBpc)-(?:EUC-)?[HV]$/u, "gb18030"],
  [/^(?:ETen-B5|ETenms-B5|B5pc|HKscs-B5)-[HV]$/u, "big5hkscs"],
  [/^(?:90ms|90msp|90pv|83pv)-RKSJ-[HV]$/u, "shift_jis"],
  [/^(?:KSCms-UHC|KSCms-UHC-HW|KSC-EUC|KSCpc-EUC)-[HV]$/u, "cp949"],
];
const back = /^Adobe-(?:GB1|CNS1|Japan1|Korea1)-UCS2$/u;

/** Given to pdf.js as the class that fetches the files it does not bring: character maps are made up, the rest is missing. */
export class MadeUpMaps {
  #hasMade = false;

  async fetch({ kind, filename }: { kind: string; filename: string }): Promise<Uint8Array> {
    const text = kind === "cMapUrl" ? this.#textOf(filename) : null;
    if (text === null) throw new Error(`no file ${filename}`);
    return new TextEncoder().encode(text);
  }

  #textOf(name: string): string | null {
    if (back.test(name))
      return this.#hasMade ? `${start(2)}1 beginbfrange\n<0000> <FFFF> <0000>\nendbfrange\n${end}` : null;
    this.#hasMade = true;
    if (unicode.test(name)) return `${start(2)}1 begincidrange\n<0000> <FFFF> 0\nendcidrange\n${end}`;
    const encoding = encodings.find(([pattern]) => pattern.test(name))?.[1];
    return encoding === undefined ? null : encodedMap(encoding);
  }
}

const end = "endcmap\n";

function start(bytes: 1 | 2): string {
  const space = bytes === 2 ? "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n" : "";
  return `begincmap\n${space}`;
}

/** One byte below 0x80, two above it; each code's glyph is its Unicode number. */
function encodedMap(encoding: string): string {
  const spaces = "2 begincodespacerange\n<00> <80>\n<8140> <FEFE>\nendcodespacerange\n";
  const codes: string[] = [];
  for (let high = 0x81; high <= 0xfe; high += 1)
    for (let low = 0x40; low <= 0xfe; low += 1) {
      const letter = iconv.decode(Buffer.from([high, low]), encoding);
      const point = letter.codePointAt(0) ?? 0xfffd;
      if (letter.length === 1 && point > 0x7f && point !== 0xfffd)
        codes.push(`<${((high << 8) | low).toString(16)}> ${point}`);
    }
  const single = "1 begincidrange\n<00> <7f> 0\nendcidrange\n";
  return `begincmap\n${spaces}${single}${codes.length} begincidchar\n${codes.join("\n")}\nendcidchar\n${end}`;
}
