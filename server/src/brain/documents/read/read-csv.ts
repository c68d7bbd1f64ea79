/**
 * A CSV (comma, tab, semicolon) into sections of rows with the header repeated; an exported chat in columns is read as a
 * chat.
 */
import { parse } from "csv-parse/sync";
import { chatFromRows } from "./chat-lines.ts";
import { pairsOf } from "./chat-pairs.ts";
import { type Reading, type ReadResult, readBounds } from "./model.ts";
import { Unreadable } from "./refusal.ts";
import { sheetSections } from "./sheet-sections.ts";

/** @throws Unreadable document/broken */
export function readCsv(text: string, { name }: Reading): ReadResult {
  const rows = rowsOf(text);
  const chat = chatFromRows(rows);
  if (chat !== null) return { title: name, pages: 1, ...pairsOf(chat) };
  const { sections, problems } = sheetSections({ name, page: null, rows }, [name]);
  return { title: name, pages: 1, sections, problems };
}

function rowsOf(text: string): string[][] {
  try {
    return parse(text, {
      delimiter: delimiterOf(text),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      to: readBounds.rows + 2,
    });
  } catch (error) {
    throw new Unreadable("document/broken", { format: "csv" }, error);
  }
}

/** The mark that stands most often in the first lines. */
function delimiterOf(text: string): string {
  const first = text.slice(0, 5_000).split("\n", 5).join("\n");
  const counted = [",", "\t", ";", "，", "|"].map((mark) => ({ mark, count: first.split(mark).length - 1 }));
  return counted.reduce((most, one) => (one.count > most.count ? one : most)).mark;
}
