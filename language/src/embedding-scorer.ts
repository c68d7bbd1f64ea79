// The optional fourth scorer: a stronger embedding model's say in which question a message asks. Whoever has such a model
// (a service, an ONNX folder) gives vectors of the shop's own phrasings; a message then comes with its own vector. What the
// model says is put on a scale by leaving out each phrasing once, and added to what the engine thinks. Used by matcher.ts;
// without vectors nothing here is ever called.
//
// Surprises: models differ wildly in their cosines (0.7 may mean "nothing in common"), so no number of theirs is used as it
// is; and an owner's phrasings resemble each other more than customers' messages do, so the weights hardly leave their prior.

/** Texts in, vectors out, in the same order and all of the same dimension. May throw; then the engine goes on alone. */
export type EmbedTexts = (texts: readonly string[]) => Promise<readonly Float32Array[]>;

/** A text of known right answer, as the engine judged it without having seen it. */
export interface JudgedText {
  /** As it is embedded: see `embeddable`. */
  text: string;
  /** Id of its item; null for a message that no item answers. */
  right: string | null;
  importance: number;
  /** What the engine gave: log odds by item. */
  candidates: readonly { id: string; logOdds: number }[];
}

/** What the model says for each item. */
export interface Nearness {
  ids: readonly string[];
  /** Best cosine with an own phrasing of the item; -1 for an item without vectors. */
  near: Float32Array;
}

/** Log odds per unit of a number around the middle between right and wrong items; slope 0 says nothing. */
interface Scale {
  slope: number;
  middle: number;
}

/** Where the weights of lead and nearness begin: both together a little less than one claim, since they claim the same. */
const priorWeights = [0.6, 0.3] as const;
/** How much curvature the prior is worth: that of some 60 undecided candidates. */
const priorStrength = 15;
/** As many samples count half. */
const halfTrusted = 6;
/**
 * A customer's message stands about half as clearly nearest to its item as a phrasing of the owner to the others: measured
 * on the tuning shops with the shipped encoder, 0.50 and 0.27 (lead, zh and en), 0.49 and 0.31 (nearness).
 */
const customersShare = 0.5;
const fewestSamples = 4;
const mostLogOdds = 5;
const unknown = -1;

const noScale: Scale = { slope: 0, middle: 0 };

/** What is sent to the model: the normalised text without the masks that stand for values. Never empty. */
export function embeddable(normalised: string): string {
  const words = normalised
    .replace(/#[a-z]+/gu, " ")
    .replace(/\s+/gu, " ")
    .trim();
  return words === "" ? normalised : words;
}

export class EmbeddingScorer {
  readonly #vectors = new Map<string, Float32Array>();
  #dimensions = 0;
  #ids: string[] = [];
  /** Rows of all items: vector, text and the number of the item. */
  #rows: { vector: Float32Array; text: string; item: number }[] = [];
  #lead = noScale;
  #near = noScale;
  #weights: readonly [number, number] = [...priorWeights];

  /** Remembers vectors by text. Those of another dimension than the first ones are of another model and refused. */
  add(vectors: ReadonlyMap<string, Float32Array>): void {
    for (const [text, vector] of vectors) {
      if (this.#dimensions === 0) this.#dimensions = vector.length;
      if (vector.length === this.#dimensions && vector.length > 0) this.#vectors.set(text, unit(vector));
    }
  }

  has(text: string): boolean {
    return this.#vectors.has(text);
  }

  /** How two weights were fitted, for tests and the lab. */
  get weights(): readonly [number, number] {
    return this.#weights;
  }

  /** Takes the items as they are now, and learns how far to trust the model. `texts`: own phrasings by item. */
  learn(texts: ReadonlyMap<string, readonly string[]>, judged: readonly JudgedText[]): void {
    this.#ids = [...texts.keys()];
    this.#rows = this.#ids.flatMap((id, item) =>
      (texts.get(id) ?? []).flatMap((text) => {
        const vector = this.#vectors.get(text);
        return vector === undefined ? [] : [{ vector, text, item }];
      }),
    );
    const samples = judged.flatMap((sample) => {
      const vector = this.#vectors.get(sample.text);
      return vector === undefined ? [] : [{ sample, said: this.#nearness(vector, sample.text) }];
    });
    this.#rescale(samples);
    this.#reweigh(samples);
  }

  /** Null when the vector is not one of this model. */
  nearness(vector: Float32Array): Nearness | null {
    if (vector.length !== this.#dimensions || this.#rows.length === 0) return null;
    return this.#nearness(unit(vector), null);
  }

  /** What the model adds to an item's log odds. */
  logOdds(said: Nearness, id: string): number {
    const [lead, near] = this.#evidence(said, said.ids.indexOf(id));
    return this.#weights[0] * lead + this.#weights[1] * near;
  }

  #nearness(vector: Float32Array, leaveOut: string | null): Nearness {
    const near = new Float32Array(this.#ids.length).fill(unknown);
    for (const row of this.#rows) {
      if (row.text === leaveOut) continue;
      const cosine = dot(row.vector, vector);
      if (cosine > (near[row.item] as number)) near[row.item] = cosine;
    }
    return { ids: this.#ids, near };
  }

  #evidence({ near }: Nearness, at: number): [number, number] {
    const own = near[at] ?? unknown;
    if (own === unknown) return [0, 0];
    return [read(this.#lead, own - bestBut(near, at)), read(this.#near, own)];
  }

  /** Right items against the best wrong ones, each on two scales: how near, and how far ahead of all others. */
  #rescale(samples: readonly { sample: JudgedText; said: Nearness }[]): void {
    const right: { near: number; lead: number }[] = [];
    const wrong: { near: number; lead: number }[] = [];
    for (const { sample, said } of samples) {
      const { near } = said;
      const own = sample.right === null ? -1 : said.ids.indexOf(sample.right);
      const other = indexOfBest(near, own);
      if (own >= 0 && near[own] !== unknown)
        right.push({ near: near[own] as number, lead: (near[own] as number) - bestBut(near, own) });
      if (other >= 0)
        wrong.push({ near: near[other] as number, lead: (near[other] as number) - bestBut(near, other) });
    }
    const [leads, lags] = [right.map(({ lead }) => lead), wrong.map(({ lead }) => lead)];
    const [nears, fars] = [right.map(({ near }) => near), wrong.map(({ near }) => near)];
    const far = mean(fars);
    this.#lead = scaleBetween(customersShare * mean(leads), customersShare * mean(lags), leads, lags);
    this.#near = scaleBetween(far + customersShare * (mean(nears) - far), far, nears, fars);
  }

  /** Two weights on top of the engine's log odds, by Newton's method with a Gaussian prior; never below 0. */
  #reweigh(samples: readonly { sample: JudgedText; said: Nearness }[]): void {
    const rows = samples.flatMap(({ sample, said }) =>
      sample.candidates.map(({ id, logOdds }) => ({
        logOdds,
        evidence: this.#evidence(said, said.ids.indexOf(id)),
        isRight: id === sample.right,
        importance: sample.importance,
      })),
    );
    let [a, b]: [number, number] = [...priorWeights];
    for (let round = 0; round < 8; round += 1) {
      let ga = priorStrength * (priorWeights[0] - a);
      let gb = priorStrength * (priorWeights[1] - b);
      let [haa, hab, hbb] = [priorStrength, 0, priorStrength];
      for (const { logOdds, evidence, isRight, importance } of rows) {
        const [x, y] = evidence;
        const p = 1 / (1 + Math.exp(-(logOdds + a * x + b * y)));
        const slack = importance * ((isRight ? 1 : 0) - p);
        const bend = importance * p * (1 - p);
        ga += slack * x;
        gb += slack * y;
        haa += bend * x * x;
        hab += bend * x * y;
        hbb += bend * y * y;
      }
      const size = haa * hbb - hab * hab;
      a += (ga * hbb - gb * hab) / size;
      b += (gb * haa - ga * hab) / size;
    }
    this.#weights = [Math.max(0, a), Math.max(0, b)];
  }
}

/** Two bell curves of equal width: their log ratio is a line. The less was seen, the flatter. */
function scaleBetween(high: number, low: number, right: readonly number[], wrong: readonly number[]): Scale {
  const samples = Math.min(right.length, wrong.length);
  if (samples < fewestSamples) return noScale;
  const spread =
    (squares(right, mean(right)) + squares(wrong, mean(wrong))) /
      Math.max(1, right.length + wrong.length - 2) +
    1e-4;
  const slope = ((high - low) / spread) * (samples / (samples + halfTrusted));
  return slope > 0 ? { slope, middle: (high + low) / 2 } : noScale;
}

function read({ slope, middle }: Scale, value: number): number {
  return Math.max(-mostLogOdds, Math.min(mostLogOdds, slope * (value - middle)));
}

function indexOfBest(near: Float32Array, except: number): number {
  let best = -1;
  for (let at = 0; at < near.length; at += 1)
    if (at !== except && near[at] !== unknown && (best < 0 || (near[at] as number) > (near[best] as number)))
      best = at;
  return best;
}

/** With no other item to compare with, nothing leads. */
function bestBut(near: Float32Array, at: number): number {
  const other = indexOfBest(near, at);
  return other < 0 ? (near[at] as number) : (near[other] as number);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function squares(values: readonly number[], around: number): number {
  return values.reduce((sum, value) => sum + (value - around) ** 2, 0);
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

function unit(vector: Float32Array): Float32Array {
  const length = Math.sqrt(dot(vector, vector));
  return length === 0 || Math.abs(length - 1) < 1e-6 ? vector : vector.map((value) => value / length);
}
