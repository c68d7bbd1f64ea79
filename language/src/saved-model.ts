// A trained shop model as bytes and back. Kept are the shop's own texts, what each item borrows, and what was learnt (the
// classifier's weights, the calibration); rows and vectors are made again, so a model costs some 600 kB instead of 30 MB.
// Called by matcher.ts. Lines of the file: name, format and checksum of all that follows; the engine it was trained
// with; then, deflated, a description in JSON and the arrays. It holds the shop's phrasings in clear.

import { createHash } from "node:crypto";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { Alignment } from "./alignment.ts";
import { checkItems, MatcherInputError, matcherLimits } from "./check-items.ts";
import type { JudgedText } from "./embedding-scorer.ts";
import { shippedWeights } from "./encoder.ts";
import { evidenceNames } from "./evidence.ts";
import { shippedIntentWords } from "./intent-words.ts";
import type { MatcherItem, MatcherOptions } from "./matcher-types.ts";
import { type ModelState, ShopModel } from "./shop-model.ts";
import type { Row } from "./shop-rows.ts";
import { DamagedModelError } from "./weights-file.ts";

const format = 1;
/** To be raised when what a model has learnt means something else from now on; changed features are noticed anyway. */
const engine = 4;
const opening = /^yingda-shop-model (\d{1,6}) ([0-9a-f]{64})$/u;
const longestLine = 300;
/** Inflated; the largest shop that trains needs a fifth of it. */
const mostBytes = 400e6;

/** The model was trained with other shipped weights or by another version of the engine: train again. */
export class OutdatedModelError extends Error {
  override name = "OutdatedModelError";
}

interface Description {
  options: MatcherOptions;
  items: { item: MatcherItem; slot: number; alignment: Alignment[] }[];
  slots: number;
  changes: number;
  background: number[];
  crowded: number[];
  coefficients: number[];
  judged?: readonly JudgedText[];
  classifier: { isOff: boolean; trust: number; slots: number; seed: number };
  /** Of the rows that it was trained on: other ones, after a change of features or corpus, would not fit it. */
  rows: string;
  /** Length of each array, in `arraysOf`'s order; -1 for one that is not there. */
  lengths: number[];
}

/** Writes a model; 50 to 150 ms for a shop of 150 FAQs. */
export function packModel(model: ShopModel): Uint8Array<ArrayBuffer> {
  const state = model.state();
  const { isOff, trust, regression } = state.classifier;
  const arrays = arraysOf(state);
  const description: Description = {
    options: state.options,
    items: state.items,
    slots: state.slots,
    changes: state.changes,
    background: state.background,
    crowded: state.crowded,
    coefficients: state.coefficients,
    ...(state.judged.length === 0 ? {} : { judged: state.judged }),
    classifier: { isOff, trust, slots: regression.slots, seed: regression.seed },
    rows: digestOf(model.shop.rows),
    lengths: arrays.map((array) => array?.length ?? -1),
  };
  const text = Buffer.from(JSON.stringify(description));
  const size = Buffer.alloc(4);
  size.writeUInt32LE(text.length);
  const parts = arrays.flatMap((array) =>
    array === null ? [] : [Buffer.from(array.buffer, array.byteOffset, array.byteLength)],
  );
  const body = deflateRawSync(Buffer.concat([size, text, ...parts]), { level: 1 });
  const kept = Buffer.concat([Buffer.from(`${engineName()}\n`), body]);
  const whole = Buffer.concat([Buffer.from(`yingda-shop-model ${format} ${sha256(kept)}\n`), kept]);
  return new Uint8Array(whole); // a buffer of its own, which can be handed to another thread
}

/**
 * Reads a model in pieces of a few milliseconds (checking and inflating, the first one, takes some 20).
 *
 * @throws OutdatedModelError when it has to be trained anew, DamagedModelError for anything else that is no whole model.
 */
export function* loadingModel(bytes: Uint8Array): Generator<void, ShopModel> {
  const body = checkedBody(bytes);
  try {
    const { description, arrays } = unpack(body);
    yield;
    const model = yield* ShopModel.restoring(stateOf(description, arrays));
    if (digestOf(model.shop.rows) === description.rows) return model;
  } catch (error) {
    // the checksum fits, so this is what somebody wrote: yet no model
    if (error instanceof DamagedModelError) throw error;
    const why = error instanceof MatcherInputError ? error.code : "it cannot be read";
    throw new DamagedModelError(`this is not a whole model of a shop: ${why}`, { cause: error });
  }
  throw new OutdatedModelError(
    "the shop's model was trained on other corpus phrasings or features: train again",
  );
}

type Arrays = (Uint32Array | Float32Array | Int8Array | Uint8Array | null)[];

/** Those of four bytes an element first, so that all stay aligned. */
function arraysOf({ prior, classifier: { hashes, regression } }: ModelState): Arrays {
  const { scales, bias, biasSquares, dense, isUsed, wasUsed, packed } = regression;
  return [hashes, prior, scales, bias, biasSquares, dense, isUsed, wasUsed, packed];
}

/** What stands behind the head of an undamaged model of this engine. */
function checkedBody(bytes: Uint8Array): Buffer {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [first, afterFirst] = lineOf(file, 0);
  const [, foundFormat, checksum] = opening.exec(first) ?? [];
  if (foundFormat === undefined) throw new DamagedModelError("this is not a saved model of a shop");
  if (Number(foundFormat) !== format)
    throw new OutdatedModelError(`the shop's model has format ${foundFormat}, not ${format}: train again`);
  if (sha256(file.subarray(afterFirst)) !== checksum)
    throw new DamagedModelError("the shop's model is damaged: its checksum does not fit");
  const [trainedWith, afterSecond] = lineOf(file, afterFirst);
  if (trainedWith !== engineName())
    throw new OutdatedModelError(
      "the shop's model was trained with another engine or other weights: train again",
    );
  return file.subarray(afterSecond);
}

function unpack(body: Buffer): { description: Description; arrays: Buffer } {
  const plain = inflateRawSync(body, { maxOutputLength: mostBytes });
  const end = 4 + plain.readUInt32LE(0);
  if (end > plain.length) throw new DamagedModelError("the shop's model is cut short");
  return {
    description: JSON.parse(plain.subarray(4, end).toString("utf8")) as Description,
    arrays: plain.subarray(end),
  };
}

/** The line that starts at `from`, and where the next one starts; an empty one when there is no end in sight. */
function lineOf(file: Buffer, from: number): [string, number] {
  const end = file.subarray(from, from + longestLine).indexOf(10);
  return end < 0 ? ["", file.length] : [file.subarray(from, from + end).toString("latin1"), from + end + 1];
}

function stateOf(description: Description, bytes: Buffer): ModelState {
  const { options, items, slots, changes, background, coefficients, classifier } = description;
  checkItems(items.map(({ item }) => item));
  const own = new Uint8Array(bytes).buffer;
  let at = 0;
  const take = <T>(index: number, make: ArrayMaker<T>): T => {
    const array = new make(own, at, description.lengths[index] as number);
    at += (description.lengths[index] as number) * make.BYTES_PER_ELEMENT;
    return array;
  };
  const hashes = take(0, Uint32Array);
  const prior = description.lengths[1] === -1 ? null : take(1, Float32Array);
  const regression = {
    slots: classifier.slots,
    seed: classifier.seed,
    scales: take(2, Float32Array),
    bias: take(3, Float32Array),
    biasSquares: take(4, Float32Array),
    dense: take(5, Float32Array),
    isUsed: take(6, Uint8Array),
    wasUsed: take(7, Uint8Array),
    packed: take(8, Int8Array),
  };
  const { isOff, trust } = classifier;
  const { judged = [], crowded } = description;
  const state = { options, items, slots, changes, background, crowded, coefficients, prior, judged };
  const saved: ModelState = { ...state, classifier: { isOff, trust, hashes, regression } };
  if (at !== own.byteLength || !fitsTogether(saved))
    throw new DamagedModelError("the parts of the shop's model do not fit together");
  return saved;
}

interface ArrayMaker<T> {
  new (buffer: ArrayBuffer, at: number, length: number): T;
  BYTES_PER_ELEMENT: number;
}

function fitsTogether(state: ModelState): boolean {
  const { items, slots, changes, crowded, coefficients, prior, judged, classifier } = state;
  const { isOff, trust, hashes, regression } = classifier;
  const { scales, bias, biasSquares, dense, isUsed, wasUsed, packed } = regression;
  const places = new Set(items.map(({ slot }) => slot));
  return (
    [slots, changes, regression.seed].every((value) => Number.isInteger(value) && value >= 0) &&
    slots <= 2 * matcherLimits.items &&
    places.size === items.length &&
    [...places].every((slot) => Number.isInteger(slot) && slot >= 1 && slot < slots) &&
    coefficients.length === evidenceNames.length &&
    coefficients.every(Number.isFinite) &&
    crowded.every((intent) => Number.isInteger(intent) && intent >= 0) &&
    judged.every(({ text, candidates }) => typeof text === "string" && Array.isArray(candidates)) &&
    (prior === null || prior.length === shippedWeights().names.length) &&
    (dense.length === 0 || dense.length === shippedWeights().dims * regression.slots) &&
    trust >= 0 &&
    trust <= 1 &&
    [bias, biasSquares, isUsed, wasUsed].every(({ length }) => length === regression.slots) &&
    packed.length === scales.length * regression.slots &&
    (isOff || scales.length === 0 || scales.length >= hashes.length)
  );
}

function engineName(): string {
  return `engine ${engine} evidence ${evidenceNames.length} encoder ${shippedWeights().sha256} words ${shippedIntentWords().sha256}`;
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Two numbers of 32 bits over the features of all rows, in order. */
function digestOf(rows: readonly Row[]): string {
  let a = 0x811c9dc5;
  let b = 0x2c1b3c6d;
  for (const { slot, kind, text, raw } of rows) {
    a = Math.imul(a ^ slot ^ (kind.length << 24), 0x01000193);
    const kinds = new Uint32Array(raw.kinds.buffer, raw.kinds.byteOffset, raw.kinds.length);
    for (let i = 0; i < text.hashes.length; i += 1) {
      a = Math.imul(a ^ (text.hashes[i] as number), 0x01000193);
      b = Math.imul((b << 7) ^ (b >>> 25) ^ (kinds[i] as number) ^ a, 0x85ebca6b);
    }
  }
  return `${rows.length}-${(a >>> 0).toString(16)}-${(b >>> 0).toString(16)}`;
}
