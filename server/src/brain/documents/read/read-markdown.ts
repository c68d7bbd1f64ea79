/**
 * Markdown as people write it (CommonMark and tables) into sections: headings of both kinds, lists, tables, code as it
 * stands; marks of emphasis, addresses of links and comments are dropped. Pure.
 */
import type { Reading, ReadResult } from "./model.ts";
import { SectionBuilder } from "./section-builder.ts";
import { tableLines } from "./table-lines.ts";

const fence = /^ {0,3}(`{3,}|~{3,})/u;
const atx = /^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$/u;
const separator = /^ {0,3}\|?[ \t]*:?-{1,}:?[ \t]*(?:\|[ \t]*:?-{1,}:?[ \t]*)*\|?[ \t]*$/u;

export function readMarkdown(text: string, { name }: Reading): ReadResult {
  const { title: front, lines } = frontMatter(text);
  const builder = new SectionBuilder();
  let title = front;
  let paragraph: string[] = [];
  const flush = () => {
    builder.block(plain(paragraph.join("\n")));
    paragraph = [];
  };
  const head = (level: number, words: string) => {
    flush();
    const spoken = plain(words);
    if (title === "" && level === 1) title = spoken;
    builder.heading(level, spoken);
  };
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    const opened = fence.exec(line)?.[1];
    const heading = atx.exec(line);
    const below = lines[at + 1] ?? "";
    if (opened !== undefined) {
      flush();
      const end = endOfFence(lines, at + 1, opened);
      builder.block(lines.slice(at + 1, end).join("\n"));
      at = end;
    } else if (heading !== null) head(heading[1]?.length ?? 1, heading[2] ?? "");
    else if (line.trim() !== "" && paragraph.length === 0 && /^ {0,3}(?:=+|-{2,})[ \t]*$/u.test(below)) {
      head(below.trim().startsWith("=") ? 1 : 2, line);
      at += 1;
    } else if (line.includes("|") && below.includes("-") && separator.test(below)) {
      flush();
      const end = endOfTable(lines, at + 2);
      const rows = lines.slice(at + 2, end).map(cellsOf);
      builder.block(tableLines(cellsOf(line), rows).join("\n"));
      at = end - 1;
    } else if (line.trim() === "" || /^ {0,3}(?:[-*_][ \t]*){3,}$/u.test(line)) flush();
    else paragraph.push(line);
  }
  flush();
  return { title: title || name, pages: 1, sections: builder.end(), problems: [] };
}

/** The block of settings that site generators put first: only its title is the reader's. */
function frontMatter(text: string): { title: string; lines: string[] } {
  const lines = text.replace(/<!--[\s\S]*?(?:-->|$)/gu, "").split("\n");
  if (lines[0]?.trim() !== "---") return { title: "", lines };
  const end = lines.findIndex((line, at) => at > 0 && at < 200 && /^(?:---|\.\.\.)\s*$/u.test(line));
  if (end < 0) return { title: "", lines };
  const named = lines.slice(1, end).find((line) => /^title\s*:/iu.test(line)) ?? "";
  const title = named.slice(named.indexOf(":") + 1).trim();
  return { title: title.replace(/^(["'])(.*)\1$/u, "$2"), lines: lines.slice(end + 1) };
}

function endOfFence(lines: readonly string[], from: number, opened: string): number {
  const end = lines.findIndex((line, at) => at >= from && line.trim().startsWith(opened));
  return end < 0 ? lines.length : end;
}

function endOfTable(lines: readonly string[], from: number): number {
  let at = from;
  while (at < lines.length && (lines[at] ?? "").includes("|")) at += 1;
  return at;
}

function cellsOf(line: string): string[] {
  const bare = line.trim().replace(/^\||(?<!\\)\|$/gu, "");
  return bare.split(/(?<!\\)\|/u).map((cell) => plain(cell.replaceAll("\\|", "|")).trim());
}

/** What a reader sees of a line's marks. */
function plain(text: string): string {
  return text
    .replace(/!\[([^\]\n]*)\]\([^)\n]*\)/gu, "$1")
    .replace(/\[([^\]\n]+)\](?:\([^)\n]*\)|\[[^\]\n]*\])/gu, "$1")
    .replace(/<((?:https?|mailto):[^>\s]+)>/giu, "$1")
    .replace(/<br\s*\/?>/giu, "\n")
    .replace(/<\/?[a-z][^<>\n]{0,300}>/giu, "")
    .replace(/^[ \t]*(?:>[ \t]?)+/gmu, "")
    .replace(/^([ \t]*)[*+][ \t]+/gmu, "$1- ")
    .replace(/(\*\*|__)(?=\S)([^\n]*?\S)\1/gu, "$2")
    .replace(/(?<![\w*])([*_])(?=[^\s*_])([^\n*_]*[^\s*_])\1(?![\w*])/gu, "$2")
    .replace(/~~([^~\n]+)~~/gu, "$1")
    .replace(/(`+)([^`\n]+)\1/gu, "$2")
    .replace(/\\([\\`*_{}[\]()#+\-.!|>~])/gu, "$1");
}
