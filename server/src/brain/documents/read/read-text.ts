/**
 * Plain text into sections: a short line that stands alone and is numbered like a chapter, underlined or in capitals is a
 * heading; everything else is text. Pure.
 */
import type { Reading, ReadResult } from "./model.ts";
import { SectionBuilder } from "./section-builder.ts";

/** The level of a line that looks like a heading by its number alone; 0 when it does not. Also asked for PDF lines. */
export function numberedLevel(line: string): number {
  const text = line.trim();
  if (text.length > 60 || /[。；;！!，,]$/u.test(text)) return 0;
  if (/^(?:第[〇零一二三四五六七八九十百\d]{1,4}[章篇编部]|(?:chapter|part)\s+[\divx]+\b)/iu.test(text))
    return 1;
  if (/^(?:第[〇零一二三四五六七八九十百\d]{1,4}[节条]|section\s+\d+\b)/iu.test(text)) return 2;
  if (/^[一二三四五六七八九十]{1,3}、\S/u.test(text)) return 2;
  if (/^[（(][一二三四五六七八九十]{1,3}[）)]\S/u.test(text)) return 3;
  const dotted = /^(\d{1,2}(?:\.\d{1,2}){1,3})\.?[ \t　]+\p{L}/u.exec(text)?.[1];
  return dotted === undefined ? 0 : dotted.split(".").length;
}

export function readText(text: string, { name }: Reading): ReadResult {
  const builder = new SectionBuilder();
  const lines = text.split("\n");
  let title = "";
  let paragraph: string[] = [];
  const flush = () => {
    builder.block(paragraph.join("\n"));
    paragraph = [];
  };
  for (let at = 0; at < lines.length; at += 1) {
    const line = (lines[at] ?? "").trim();
    const below = (lines[at + 1] ?? "").trim();
    const isUnderlined = line !== "" && line.length <= 60 && /^(?:={3,}|-{3,}|\*{3,}|～{3,})$/u.test(below);
    const level = isUnderlined ? (below.startsWith("=") ? 1 : 2) : levelAlone(line, paragraph.length === 0);
    if (line === "") flush();
    else if (level > 0) {
      flush();
      builder.heading(level, line);
      if (title === "" && level === 1) title = line;
      if (isUnderlined) at += 1;
    } else paragraph.push(line);
  }
  flush();
  return { title: title || name, pages: 1, sections: builder.end(), problems: [] };
}

function levelAlone(line: string, isAtStart: boolean): number {
  if (!isAtStart || line === "") return 0;
  const bracketed = /^【([^【】]{1,40})】$/u.test(line);
  const capitals = /^[A-Z][A-Z0-9 &/'-]{3,50}$/u.test(line) && /[A-Z]{3}/u.test(line);
  return numberedLevel(line) || (bracketed || capitals ? 2 : 0);
}
