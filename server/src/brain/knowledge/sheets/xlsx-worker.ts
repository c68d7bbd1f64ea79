// The worker of xlsx-rows.ts: reads the first sheet in sight of a workbook, tells its rows, ends.

import { parentPort, workerData } from "node:worker_threads";
import { readSheet } from "read-excel-file/node";
import { Unreadable } from "../../documents/read/refusal.ts";
import { cellText } from "../../documents/read/sheet-sections.ts";
import { storedZip, unpackZip } from "../../documents/read/unpack-zip.ts";
import { hiddenColumns, listedSheets, showPercents } from "../../documents/read/xlsx-parts.ts";
import type { RowsWanted, WorkerSays } from "./xlsx-rows.ts";

const { bytes, mostRows, mostColumns } = workerData as RowsWanted;

async function read(): Promise<WorkerSays> {
  try {
    const parts = unpackZip(
      bytes,
      "xlsx",
      (part) => /\.(?:xml|rels)$/iu.test(part) && !/drawing|chart/iu.test(part),
    );
    const sheets = listedSheets(parts);
    const at = Math.max(
      0,
      sheets.findIndex(({ isHidden }) => !isHidden),
    );
    const part = sheets[at]?.part ?? "";
    const rows: unknown[][] = await readSheet(storedZip(parts), at + 1);
    showPercents(rows, parts, part);
    return {
      rows: rows.slice(0, mostRows).map((cells) => cells.slice(0, mostColumns).map(cellText)),
      left: {
        sheets: sheets.filter((one, place) => place !== at && !one.isHidden).map(({ name }) => name),
        hiddenColumns: hiddenColumns(parts, part).filter((column) => column < mostColumns),
      },
    };
  } catch (error) {
    const isLarge = error instanceof Unreadable && error.code === "document/unpacks-too-large";
    return { refused: isLarge ? "too-large" : "unreadable" };
  }
}

parentPort?.postMessage(await read());
