// Trains the sentence encoder: a vector per feature and a prototype per label, by softmax over the cosines of a text with
// all prototypes of its source, with a margin for the right one. Features are dropped at random, so that no single word
// carries a text. Plain typed arrays, one thread, AdaGrad with one step size per row; the same seed gives the same bytes.

import { HashTable } from "@yingda/language/training";
import type { TrainingTexts } from "./texts.ts";

export interface TrainingPlan {
  dims: number;
  epochs: number;
  /** How boldly cosines become probabilities. */
  scale: number;
  /** The right prototype must be this much nearer. */
  margin: number;
  rate: number;
  /** Share of features left out of each text. */
  dropout: number;
  /** Features seen in fewer texts are not learnt. */
  leastSeen: number;
  /** How many features ship at most: those that say most, often enough. */
  mostFeatures: number;
  /** Labels of other groups that a text is told apart from each time, drawn anew. */
  strangers: number;
  /** Share of the times that a text is shown with slips in it. */
  spoilt: { han: number; latin: number };
  seed: number;
}

export const shippedPlan: TrainingPlan = {
  dims: 128,
  epochs: 12,
  scale: 8,
  margin: 0,
  rate: 0.5,
  dropout: 0.3,
  leastSeen: 2,
  mostFeatures: 211_000,
  strangers: 60,
  spoilt: { han: 0.2, latin: 0.1 },
  seed: 20_261_121,
};

export interface TrainedEncoder {
  dims: number;
  keys: Uint32Array;
  /** `keys.length` rows of `dims`. */
  rows: Float32Array;
  labels: string[];
  /** Unit vectors, one per label. */
  prototypes: Float32Array;
}

/**
 * A prototype with a smaller slope is moved by this much now and then instead of a little each time: the same on average,
 * and far cheaper. Leaving small slopes out altogether would let all vectors drift together: nothing would push them apart.
 */
const leastMove = 4e-3;
const stepShare = 0.2;

export function trainEncoder(
  { texts, labels, sources, groups }: TrainingTexts,
  plan: TrainingPlan,
  report: (epoch: number, loss: number, right: number) => void = () => {},
): TrainedEncoder {
  const { keys, rarity } = chooseFeatures(texts, plan.leastSeen);
  const table = new HashTable(keys);
  const inputs = texts.map(({ hashes, kinds }) => knownOnly(table, hashes, kinds));
  const spoilt = texts.map(({ spoilt: { hashes, kinds } }) => knownOnly(table, hashes, kinds));
  const random = randomFrom(plan.seed);
  const model = new Model(plan, keys.length, labels.length, rarity, random);
  const rivals = new Rivals(sources, groups, plan.strangers, random);
  const order = texts.map((_, i) => i);
  for (let epoch = 0; epoch < plan.epochs; epoch += 1) {
    shuffle(order, random);
    const rate = plan.rate * (1 - (0.9 * epoch) / plan.epochs);
    let loss = 0;
    let right = 0;
    for (const i of order) {
      const { label, isHan } = texts[i] as TrainingTexts["texts"][number];
      const input = random() < plan.spoilt[isHan ? "han" : "latin"] ? spoilt[i] : inputs[i];
      const learnt = model.learn(input as Input, label, rivals.of(label), rate);
      loss += learnt.loss;
      right += learnt.isRight ? 1 : 0;
    }
    report(epoch, loss / texts.length, right / texts.length);
  }
  const kept = strongest(model.rows, plan, weightsOf(inputs, keys.length));
  return {
    dims: plan.dims,
    keys: keys.filter((_, row) => kept[row] === 1),
    rows: model.rows.filter((_, at) => kept[Math.floor(at / plan.dims)] === 1),
    labels,
    prototypes: model.unitPrototypes(),
  };
}

/** How much each feature was read in all: squares of its weights by kind. */
function weightsOf(inputs: readonly Input[], features: number): Float64Array {
  const weights = new Float64Array(features);
  for (const { rows, kinds } of inputs)
    rows.forEach((row, i) => {
      weights[row] = (weights[row] as number) + (kinds[i] as number) ** 2;
    });
  return weights;
}

/** 1 for the features that are kept: long vectors, and often read. A fifth of all can go and nothing is lost. */
function strongest(
  rows: Float32Array,
  { dims, mostFeatures }: TrainingPlan,
  weights: Float64Array,
): Uint8Array {
  const strengths = Array.from(weights, (weight, row) => {
    let squares = 0;
    for (let d = 0; d < dims; d += 1) squares += (rows[row * dims + d] as number) ** 2;
    return { row, strength: Math.sqrt(weight) * squares };
  });
  strengths.sort((a, b) => b.strength - a.strength || a.row - b.row);
  const kept = new Uint8Array(weights.length);
  for (const { row } of strengths.slice(0, mostFeatures)) kept[row] = 1;
  return kept;
}

interface Input {
  rows: Int32Array;
  kinds: Float32Array;
}

function chooseFeatures(texts: TrainingTexts["texts"], leastSeen: number) {
  const counts = new Map<number, number>();
  for (const { hashes } of texts) for (const hash of hashes) counts.set(hash, (counts.get(hash) ?? 0) + 1);
  const chosen = [...counts].filter(([, count]) => count >= leastSeen).sort(([a], [b]) => a - b);
  return {
    keys: Uint32Array.from(chosen, ([hash]) => hash),
    rarity: Float32Array.from(chosen, ([, count]) => Math.log(1 + texts.length / count)),
  };
}

function knownOnly(table: HashTable, hashes: Uint32Array, kinds: Float32Array): Input {
  const rows: number[] = [];
  const known: number[] = [];
  hashes.forEach((hash, i) => {
    const row = table.find(hash);
    if (row < 0) return;
    rows.push(row);
    known.push(kinds[i] as number);
  });
  return { rows: Int32Array.from(rows), kinds: Float32Array.from(known) };
}

/** Groups whose intents stand beside those of every trade in a shop. */
const everywhere = new Set(["0.common", "0.order", "0.membership"]);

/**
 * What a text is told apart from: the labels of its own group and of the groups that every shop has, as in a real shop, and
 * some strangers. A source without groups is one group.
 */
class Rivals {
  readonly #groups: readonly string[];
  readonly #ofSource: number[][] = [];
  readonly #sources: readonly number[];
  readonly #near = new Map<string, number[]>();
  readonly #strangers: number;
  readonly #random: () => number;

  constructor(
    sources: readonly number[],
    groups: readonly string[],
    strangers: number,
    random: () => number,
  ) {
    this.#groups = groups;
    this.#sources = sources;
    this.#strangers = strangers;
    this.#random = random;
    sources.forEach((source, label) => {
      this.#ofSource[source] ??= [];
      this.#ofSource[source].push(label);
    });
    for (const group of new Set(groups)) {
      const source = sources[groups.indexOf(group)];
      this.#near.set(
        group,
        (this.#ofSource[source as number] ?? []).filter((label) => {
          const other = groups[label] as string;
          return other === group || everywhere.has(other);
        }),
      );
    }
  }

  of(label: number): Int32Array {
    const near = this.#near.get(this.#groups[label] as string) ?? [];
    const all = this.#ofSource[this.#sources[label] as number] ?? [];
    if (near.length + this.#strangers >= all.length) return Int32Array.from(all);
    const known = new Set(near);
    while (known.size < near.length + this.#strangers)
      known.add(all[Math.floor(this.#random() * all.length)] as number);
    return Int32Array.from(known);
  }
}

class Model {
  readonly rows: Float32Array;
  readonly #plan: TrainingPlan;
  readonly #random: () => number;
  readonly #prototypes: Float32Array;
  readonly #rowSquares: Float32Array;
  readonly #prototypeSquares: Float32Array;
  /** One over the length of each prototype. */
  readonly #inverse: Float32Array;
  readonly #sense: Float32Array;
  readonly #gradient: Float32Array;
  readonly #cosines: Float32Array;
  #kept = new Uint8Array(1_024);

  constructor(
    plan: TrainingPlan,
    features: number,
    labels: number,
    rarity: Float32Array,
    random: () => number,
  ) {
    const { dims } = plan;
    this.#plan = plan;
    this.#random = random;
    this.rows = new Float32Array(features * dims);
    for (let at = 0; at < this.rows.length; at += 1)
      this.rows[at] = normal(random) * 0.025 * (rarity[Math.floor(at / dims)] as number);
    this.#prototypes = Float32Array.from({ length: labels * dims }, () => normal(random) * 0.1);
    this.#rowSquares = new Float32Array(features).fill(1e-2);
    this.#prototypeSquares = new Float32Array(labels).fill(1e-2);
    this.#inverse = new Float32Array(labels);
    for (let label = 0; label < labels; label += 1) this.#measure(label);
    this.#sense = new Float32Array(dims);
    this.#gradient = new Float32Array(dims);
    this.#cosines = new Float32Array(labels);
  }

  unitPrototypes(): Float32Array {
    const { dims } = this.#plan;
    return this.#prototypes.map((value, at) => value * (this.#inverse[Math.floor(at / dims)] as number));
  }

  learn(input: Input, label: number, rivals: Int32Array, rate: number): { loss: number; isRight: boolean } {
    const inverse = this.#read(input);
    if (inverse === 0) return { loss: 0, isRight: false };
    const { highest, total, best } = this.#compare(label, rivals);
    const { scale, margin } = this.#plan;
    this.#gradient.fill(0);
    for (const rival of rivals) {
      const own = rival === label ? margin : 0;
      const probability = Math.exp(scale * ((this.#cosines[rival] as number) - own) - highest) / total;
      const slope = probability - (rival === label ? 1 : 0);
      this.#pull(rival, slope * scale);
      if (Math.abs(slope) >= leastMove) this.#movePrototype(rival, slope * scale, rate);
      else if (this.#random() * leastMove < slope) this.#movePrototype(rival, leastMove * scale, rate);
    }
    this.#moveRows(input, inverse, rate);
    const loss = highest + Math.log(total) - scale * ((this.#cosines[label] as number) - margin);
    return { loss, isRight: best === label };
  }

  /** The text's unit vector without the features that are dropped; returns one over its length before. */
  #read({ rows, kinds }: Input): number {
    const { dims, dropout } = this.#plan;
    const sense = this.#sense.fill(0);
    if (this.#kept.length < rows.length) this.#kept = new Uint8Array(rows.length * 2);
    for (let i = 0; i < rows.length; i += 1) {
      const isKept = this.#random() >= dropout;
      this.#kept[i] = isKept ? 1 : 0;
      if (!isKept) continue;
      const start = (rows[i] as number) * dims;
      const kind = kinds[i] as number;
      for (let d = 0; d < dims; d += 1)
        sense[d] = (sense[d] as number) + kind * (this.rows[start + d] as number);
    }
    let squares = 0;
    for (let d = 0; d < dims; d += 1) squares += (sense[d] as number) ** 2;
    if (squares < 1e-12) return 0;
    const inverse = 1 / Math.sqrt(squares);
    for (let d = 0; d < dims; d += 1) sense[d] = (sense[d] as number) * inverse;
    return inverse;
  }

  #compare(label: number, rivals: Int32Array): { highest: number; total: number; best: number } {
    const { dims, scale, margin } = this.#plan;
    const sense = this.#sense;
    let highest = Number.NEGATIVE_INFINITY;
    let best = -1;
    let nearest = -2;
    for (const rival of rivals) {
      const start = rival * dims;
      let sum = 0;
      for (let d = 0; d < dims; d += 1) sum += (sense[d] as number) * (this.#prototypes[start + d] as number);
      const cosine = sum * (this.#inverse[rival] as number);
      this.#cosines[rival] = cosine;
      if (cosine > nearest) {
        nearest = cosine;
        best = rival;
      }
      highest = Math.max(highest, scale * (rival === label ? cosine - margin : cosine));
    }
    let total = 0;
    for (const rival of rivals)
      total += Math.exp(
        scale * ((this.#cosines[rival] as number) - (rival === label ? margin : 0)) - highest,
      );
    return { highest, total, best };
  }

  /** Adds what a prototype says to the text's gradient. */
  #pull(label: number, slope: number): void {
    const { dims } = this.#plan;
    const start = label * dims;
    const share = slope * (this.#inverse[label] as number);
    const gradient = this.#gradient;
    for (let d = 0; d < dims; d += 1)
      gradient[d] = (gradient[d] as number) + share * (this.#prototypes[start + d] as number);
  }

  #movePrototype(label: number, slope: number, rate: number): void {
    const { dims } = this.#plan;
    const start = label * dims;
    const inverse = this.#inverse[label] as number;
    const cosine = this.#cosines[label] as number;
    let squares = 0;
    for (let d = 0; d < dims; d += 1) {
      const unit = (this.#prototypes[start + d] as number) * inverse;
      squares += (slope * ((this.#sense[d] as number) - cosine * unit) * inverse) ** 2;
    }
    const sum = (this.#prototypeSquares[label] as number) + squares / dims;
    this.#prototypeSquares[label] = sum;
    const step = (rate * stepShare * slope * inverse) / Math.sqrt(sum);
    for (let d = 0; d < dims; d += 1) {
      const value = this.#prototypes[start + d] as number;
      this.#prototypes[start + d] = value - step * ((this.#sense[d] as number) - cosine * value * inverse);
    }
    this.#measure(label);
  }

  #moveRows({ rows, kinds }: Input, inverse: number, rate: number): void {
    const { dims } = this.#plan;
    const gradient = this.#gradient;
    let along = 0;
    for (let d = 0; d < dims; d += 1) along += (gradient[d] as number) * (this.#sense[d] as number);
    let squares = 0;
    for (let d = 0; d < dims; d += 1) {
      const value = ((gradient[d] as number) - along * (this.#sense[d] as number)) * inverse;
      gradient[d] = value;
      squares += value * value;
    }
    squares /= dims;
    for (let i = 0; i < rows.length; i += 1) {
      if (this.#kept[i] === 0) continue;
      const row = rows[i] as number;
      const kind = kinds[i] as number;
      const sum = (this.#rowSquares[row] as number) + squares * kind * kind;
      this.#rowSquares[row] = sum;
      const step = (rate * stepShare * kind) / Math.sqrt(sum);
      const start = row * dims;
      for (let d = 0; d < dims; d += 1)
        this.rows[start + d] = (this.rows[start + d] as number) - step * (gradient[d] as number);
    }
  }

  #measure(label: number): void {
    const { dims } = this.#plan;
    let squares = 1e-9;
    for (let d = 0; d < dims; d += 1) squares += (this.#prototypes[label * dims + d] as number) ** 2;
    this.#inverse[label] = 1 / Math.sqrt(squares);
  }
}

function randomFrom(start: number): () => number {
  let seed = start | 0 || 1;
  return () => {
    seed ^= seed << 13;
    seed ^= seed >>> 17;
    seed ^= seed << 5;
    return (seed >>> 0) / 4_294_967_296;
  };
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(random() + 1e-12)) * Math.cos(2 * Math.PI * random());
}

function shuffle(order: number[], random: () => number): void {
  for (let i = order.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j] as number, order[i] as number];
  }
}
