// The first sheet in sight of a workbook as rows of text, read in a thread of its own with bounded memory and time: a file of one
// kilobyte can have a cell in the last row and the last column there are. One at a time. Called by read-sheet.ts.

import { Worker } from "node:worker_threads";
import { AppError } from "../../../platform/errors.ts";
import { readBounds } from "../../documents/read/model.ts";

const longestMs = 30_000;

export interface RowsWanted {
  bytes: Uint8Array;
  mostRows: number;
  mostColumns: number;
}
/** What a workbook holds beside the rows that were read. */
export interface LeftOut {
  /** Names of its other sheets in sight. */
  sheets: string[];
  /** Columns of the sheet that its author put out of sight, from 0. They are among the rows. */
  hiddenColumns: number[];
}
export type SheetRead = { rows: string[][]; left: LeftOut };
export type WorkerSays = SheetRead | { refused: "too-large" | "unreadable" };

/** @throws AppError import/too-large, import/unreadable */
export async function xlsxRows(wanted: RowsWanted): Promise<SheetRead> {
  const said = await whenFree(() => readApart(wanted));
  if ("rows" in said) return said;
  if (said.refused === "too-large")
    throw new AppError("import/too-large", { details: { maxRows: wanted.mostRows } });
  throw new AppError("import/unreadable", { details: { format: "xlsx" } });
}

let before: Promise<unknown> = Promise.resolve();

function whenFree<T>(work: () => Promise<T>): Promise<T> {
  const result = before.then(work, work);
  before = result.catch(() => {});
  return result;
}

/** A thread that runs out of memory or time has met a sheet that is too large. */
function readApart(wanted: RowsWanted): Promise<WorkerSays> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL("./xlsx-worker.ts", import.meta.url), {
      workerData: wanted,
      resourceLimits: { maxOldGenerationSizeMb: readBounds.heapMb },
    });
    const end = (said: WorkerSays) => {
      clearTimeout(timer);
      resolve(said);
      void worker.terminate();
    };
    const timer = setTimeout(() => end({ refused: "too-large" }), longestMs);
    worker.once("message", (said: WorkerSays) => end(said));
    worker.once("error", () => end({ refused: "too-large" }));
    worker.once("exit", () => end({ refused: "too-large" }));
  });
}
