/**
 * What stands inside a backup's sealed stream: a row of frames, each kind (1) | length (uint32) | payload.
 *
 * tables: table, rows*, table-end (with the count) · sequences · files: blob, blob-bytes*, blob-end · end.
 * Rows are COPY text, compressed with zstd (hex of sealed values halves). The reader checks order and counts
 * as it goes, so whoever reads to the end knows the content is whole.
 */
import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { z } from "zod";
import { BackupProblem } from "./backup-problem.ts";

const tableShape = z.object({ table: z.string(), columns: z.array(z.string()) });
const sequenceShape = z.object({ sequence: z.string(), lastValue: z.string(), isCalled: z.boolean() });
const blobShape = z.object({ name: z.string() });
const countShape = z.object({ count: z.number() });
const endShape = z.object({ tables: z.int(), rows: z.int(), blobs: z.int() });

export type BackupEnd = z.infer<typeof endShape>;
export type Frame =
  | { kind: "table"; table: string; columns: string[] }
  | { kind: "rows"; bytes: Buffer }
  | { kind: "table-end"; count: number }
  | { kind: "sequence"; sequence: string; lastValue: string; isCalled: boolean }
  | { kind: "blob"; name: string }
  | { kind: "blob-bytes"; bytes: Buffer }
  | { kind: "blob-end"; count: number }
  | ({ kind: "end" } & BackupEnd);

const kinds = ["table", "rows", "table-end", "sequence", "blob", "blob-bytes", "blob-end", "end"] as const;
const headBytes = 5;
const longestFrameBytes = 64_000_000;

export function writeFrame(frame: Frame): Buffer {
  const { kind, ...rest } = frame;
  const payload =
    frame.kind === "rows"
      ? zstdCompressSync(frame.bytes, { params: { [constants.ZSTD_c_compressionLevel]: 1 } })
      : frame.kind === "blob-bytes"
        ? frame.bytes
        : Buffer.from(JSON.stringify(rest));
  const head = Buffer.alloc(headBytes);
  head.writeUInt8(kinds.indexOf(kind) + 1, 0);
  head.writeUInt32BE(payload.length, 1);
  return Buffer.concat([head, payload]);
}

/** Reads frames from opened chunks. Throws BackupProblem damaged when they do not add up or do not end. */
export async function* readFrames(plain: AsyncIterable<Uint8Array>): AsyncGenerator<Frame> {
  const check = new OrderCheck();
  let pending = Buffer.alloc(0);
  for await (const bytes of plain) {
    pending = pending.length === 0 ? Buffer.from(bytes) : Buffer.concat([pending, bytes]);
    let at = 0;
    while (pending.length - at >= headBytes) {
      const length = pending.readUInt32BE(at + 1);
      if (length > longestFrameBytes) throw new BackupProblem("damaged");
      if (pending.length - at < headBytes + length) break;
      const frame = readFrame(
        pending.readUInt8(at),
        pending.subarray(at + headBytes, at + headBytes + length),
      );
      check.next(frame);
      yield frame;
      at += headBytes + length;
    }
    pending = pending.subarray(at);
  }
  if (pending.length > 0 || !check.isEnded) throw new BackupProblem("damaged");
}

function readFrame(code: number, payload: Buffer): Frame {
  try {
    return parseFrame(code, payload);
  } catch (error) {
    throw error instanceof BackupProblem ? error : new BackupProblem("damaged", error);
  }
}

function parseFrame(code: number, payload: Buffer): Frame {
  const kind = kinds[code - 1];
  if (kind === "rows")
    return { kind, bytes: zstdDecompressSync(payload, { maxOutputLength: longestFrameBytes }) };
  if (kind === "blob-bytes") return { kind, bytes: Buffer.from(payload) };
  const fields: unknown = JSON.parse(payload.toString("utf8"));
  switch (kind) {
    case "table":
      return { kind, ...tableShape.parse(fields) };
    case "table-end":
    case "blob-end":
      return { kind, ...countShape.parse(fields) };
    case "sequence":
      return { kind, ...sequenceShape.parse(fields) };
    case "blob":
      return { kind, ...blobShape.parse(fields) };
    case "end":
      return { kind, ...endShape.parse(fields) };
    case undefined:
      throw new BackupProblem("newer-format");
    default:
      return kind satisfies never;
  }
}

/** Which frame may follow which, and whether the counts are right. */
class OrderCheck {
  isEnded = false;
  #inside: "table" | "blob" | null = null;
  #rows = 0;
  #bytes = 0;
  readonly #seen: BackupEnd = { tables: 0, rows: 0, blobs: 0 };

  next(frame: Frame): void {
    if (this.isEnded || !this.#fits(frame)) throw new BackupProblem("damaged");
  }

  #fits(frame: Frame): boolean {
    switch (frame.kind) {
      case "table":
        return this.#open("table");
      case "rows":
        this.#rows += countRows(frame.bytes);
        return this.#inside === "table";
      case "table-end":
        this.#seen.tables += 1;
        this.#seen.rows += frame.count;
        return this.#close("table") && this.#rows === frame.count;
      case "sequence":
        return this.#inside === null;
      case "blob":
        return this.#open("blob");
      case "blob-bytes":
        this.#bytes += frame.bytes.length;
        return this.#inside === "blob";
      case "blob-end":
        this.#seen.blobs += 1;
        return this.#close("blob") && this.#bytes === frame.count;
      case "end": {
        this.isEnded = true;
        const { tables, rows, blobs } = this.#seen;
        return (
          this.#inside === null && tables === frame.tables && rows === frame.rows && blobs === frame.blobs
        );
      }
      default:
        return frame satisfies never;
    }
  }

  #open(what: "table" | "blob"): boolean {
    const isFree = this.#inside === null;
    this.#inside = what;
    this.#rows = 0;
    this.#bytes = 0;
    return isFree;
  }

  #close(what: "table" | "blob"): boolean {
    const isRight = this.#inside === what;
    this.#inside = null;
    return isRight;
  }
}

/** Rows of COPY text: one per line; line breaks inside values are escaped. */
export function countRows(text: Uint8Array): number {
  let rows = 0;
  for (let at = text.indexOf(10); at !== -1; at = text.indexOf(10, at + 1)) rows += 1;
  return rows;
}
