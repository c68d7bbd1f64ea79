// The worker of xlsx-rows.ts: reads the first sheet of a workbook, tells its rows, ends.

import { parentPort, workerData } from "node:worker_threads";
import { readSheet } from "read-excel-file/node";
import { Unreadable } from "../../documents/read/refusal.ts";
import { cellText } from "../../documents/read/sheet-sections.ts";
import { storedZip, unpackZip } from "../../documents/read/unpack-zip.ts";
import { listedSheets, showPercents } from "../../documents/read/xlsx-parts.ts";
import type { RowsWanted, WorkerSays } from "./xlsx-rows.ts";

const { bytes, mostRows, mostColumns } = workerData as RowsWanted;

async function read(): Promise<WorkerSays> {
  try {
    const parts = unpackZip(
      bytes,
      "xlsx",
      (part) => /\.(?:xml|rels)$/iu.test(part) && !/drawing|chart/iu.test(part),
    );
    const rows: unknown[][] = await readSheet(storedZip(parts));
    showPercents(rows, parts, listedSheets(parts)[0]?.part ?? "");
    return { rows: rows.slice(0, mostRows).map((cells) => cells.slice(0, mostColumns).map(cellText)) };
  } catch (error) {
    const isLarge = error instanceof Unreadable && error.code === "document/unpacks-too-large";
    return { refused: isLarge ? "too-large" : "unreadable" };
  }
}

parentPort?.postMessage(await read());
