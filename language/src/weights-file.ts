// How learnt weights are kept in a file: one line of JSON with a checksum, then typed arrays one after the other. Rows of
// int8 with a scale each, found by the hash of a feature's name. Written by the trainer (lab), read by encoder and mood.

import { createHash } from "node:crypto";

export interface Weights {
  /** What they are for: "encoder", "mood". */
  kind: string;
  dims: number;
  /** Hash of each feature, one per row. */
  keys: Uint32Array;
  /** Row r is `rows[r * dims …] * scales[r]`. */
  rows: Int8Array;
  scales: Float32Array;
  /** What the outputs are: corpus intents of an encoder, classes of a classifier. */
  names: string[];
  /** One vector of `dims` per name, times 127; empty for a classifier. */
  vectors: Int8Array;
}

/** Weights as they were read. */
export interface StoredWeights extends Weights {
  /** Of all the arrays: tells one training from another. */
  sha256: string;
}

const magic = "yingda-language-1";
const longestHead = 1_000_000;

/** The file is not a model of this package and kind, or is damaged. */
export class DamagedModelError extends Error {
  override name = "DamagedModelError";
}

interface Head {
  magic: string;
  kind: string;
  dims: number;
  features: number;
  names: string[];
  sha256: string;
}

export function packWeights(weights: Weights): Buffer {
  const { kind, dims, names } = weights;
  const parts = [weights.keys, weights.scales, weights.rows, weights.vectors];
  const body = Buffer.concat(parts.map((part) => Buffer.from(part.buffer, part.byteOffset, part.byteLength)));
  const sha256 = createHash("sha256").update(body).digest("hex");
  const head: Head = { magic, kind, dims, features: weights.keys.length, names, sha256 };
  return Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), body]);
}

/**
 * Reads weights; their arrays lie in shared memory, so that worker threads need no copy.
 *
 * @throws DamagedModelError for bytes that are no model of this kind, cut short, or changed.
 */
export function unpackWeights(bytes: Buffer, kind: string): StoredWeights {
  const end = bytes.indexOf(10);
  const head = end < 0 || end > longestHead ? null : parseHead(bytes.subarray(0, end).toString("utf8"));
  if (head === null || head.kind !== kind)
    throw new DamagedModelError(`this file is not a model of the language engine for "${kind}"`);
  const body = bytes.subarray(end + 1);
  if (createHash("sha256").update(body).digest("hex") !== head.sha256)
    throw new DamagedModelError(`the ${kind} model is damaged: its checksum does not fit`);
  const own = new SharedArrayBuffer(body.length);
  new Uint8Array(own).set(body); // aligned at 0, which arrays of four bytes need
  const { dims, features, names, sha256 } = head;
  const rowsAt = features * 8;
  const vectorsAt = rowsAt + features * dims;
  if (own.byteLength < vectorsAt) throw new DamagedModelError(`the ${kind} model is cut short`);
  return {
    kind,
    dims,
    names,
    sha256,
    keys: new Uint32Array(own, 0, features),
    scales: new Float32Array(own, features * 4, features),
    rows: new Int8Array(own, rowsAt, features * dims),
    vectors: new Int8Array(own, vectorsAt),
  };
}

function parseHead(line: string): Head | null {
  try {
    const head = JSON.parse(line) as Head;
    return head?.magic === magic ? head : null;
  } catch {
    return null;
  }
}
