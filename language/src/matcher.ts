// Understands which of a shop's questions a message asks. One matcher per shop, trained from the shop's own phrasings
// and a shipped pool of messages that nobody's FAQ answers; items can be added, replaced and removed one at a time.
// Called by the brain and the lab. Not safe to share between shops; keeps everything in memory, reads no database.

import { fitCoefficients, type JudgedEvidence, probabilityOf, shippedCoefficients } from "./calibration.ts";
import { evidenceFor, type Scores, shortlist } from "./evidence.ts";
import { FeatureSpace, type Vector } from "./feature-space.ts";
import { extractFeatures, type Features } from "./features.ts";
import { LexicalIndex } from "./lexical-index.ts";
import type { Match, MatcherItem, MatcherOptions, MatchOptions, MatchResult } from "./matcher-types.ts";
import { type NormalisedText, normalise } from "./normalise.ts";
import { type Example, Regression } from "./regression.ts";
import { backgroundFor, type Text, textOf, widenByContext } from "./shop-texts.ts";

const epochs = 6;
const epochsPerFold = 5;
const epochsPerUpdate = 3;
const folds = 3;
const noneSlot = 0;
const noneImportance = 0.5;
/** How many unrelated messages a shop sees for each one that it answers: the fewer its questions, the more. */
export function strangersPerOwn(items: number): number {
  return Math.max(0.35, 3 / Math.max(1, items));
}
const spareSlots = 8;

interface Slot {
  id: string;
  phrasings: Text[];
  negatives: Text[];
}

/** One text in the index. */
interface Row {
  slot: number;
  text: Text;
  isNegative: boolean;
}

export class Matcher {
  readonly #options: MatcherOptions;
  readonly #items = new Map<string, MatcherItem>();
  #space = new FeatureSpace();
  #slots: (Slot | null)[] = [];
  #background: Text[] = [];
  #rows: Row[] = [];
  /** `#rows`' slots and signs side by side: a message is held against every row. */
  #rowSlots = new Int32Array(0);
  #rowIsNegative = new Uint8Array(0);
  #vectors: Vector[] = [];
  #index = new LexicalIndex([], 0);
  #regression = new Regression(0, 1);
  #coefficients = shippedCoefficients;
  #changes = 0;

  /** Untrained: made by createMatcher and createMatcherGently. */
  constructor(items: Iterable<MatcherItem>, options: MatcherOptions) {
    this.#options = options;
    for (const item of items) this.#items.set(item.id, item);
  }

  /** Trains from scratch, in pieces of some tens of milliseconds: whoever drives it may do other work in between. */
  *training(): Generator<void> {
    this.#changes = 0;
    this.#space = new FeatureSpace();
    this.#slots = [null];
    for (const item of this.#items.values()) {
      this.#place(this.#slots.length, item);
      yield;
    }
    for (let i = 0; i < spareSlots; i += 1) this.#slots.push(null);
    this.#background = backgroundFor(
      [...this.#items.values()],
      this.#options.background ?? "all",
      this.#space,
    );
    this.#reindex();
    const examples = this.#examples();
    this.#regression = this.#freshRegression();
    for (let epoch = 0; epoch < epochs; epoch += 1) {
      this.#regression.train(examples, 1);
      yield;
    }
    this.#regression.settle();
    yield* this.#calibrating(examples);
  }

  get size(): number {
    return this.#items.size;
  }

  /** Rough memory of the model's arrays. */
  get bytes(): number {
    const vectors = this.#vectors.reduce((sum, vector) => sum + vector.ids.byteLength * 4, 0);
    return this.#regression.bytes + vectors + this.#space.size * 90;
  }

  /** Adds an item or replaces the one with its id. Takes some tens of milliseconds; live when it returns. */
  set(item: MatcherItem): void {
    const known = this.#slots.findIndex((slot) => slot?.id === item.id);
    this.#items.set(item.id, item);
    const free = known >= 1 ? known : this.#slots.indexOf(null, 1);
    if (free < 1 || this.#needsFreshStart()) {
      this.#trainAll();
      return;
    }
    if (known >= 1) this.#forget(known);
    this.#place(free, item);
    this.#regression.growTo(this.#space.size);
    if (known < 1) this.#regression.open(free);
    this.#reindex();
    this.#regression.train(this.#examples(), epochsPerUpdate);
    this.#regression.settle();
  }

  /** Removes an item; false when it was not there. */
  remove(id: string): boolean {
    if (!this.#items.delete(id)) return false;
    const slot = this.#slots.findIndex((known) => known?.id === id);
    if (this.#needsFreshStart()) {
      this.#trainAll();
      return true;
    }
    this.#forget(slot);
    this.#regression.close(slot);
    this.#reindex();
    return true;
  }

  /**
   * Ranks the items by how probably the message asks them.
   *
   * Out: at most `limit` candidates (5), best first, each with a calibrated confidence; an empty list when nothing
   * is shared with any phrasing. `coverage`, `margin` and `unseen` say how far to trust the first. Never throws.
   */
  match(message: string | NormalisedText, options: MatchOptions = {}): MatchResult {
    const text = typeof message === "string" ? normalise(message) : message;
    const { vector, scores, nearest, unseen } = this.#score(text, options.previous ?? []);
    return this.#present(text, vector, scores, nearest, unseen, options.limit ?? 5);
  }

  /** The evidence behind a match, for fitting the shipped calibration (lab only). */
  weigh(message: string): { id: string; evidence: number[] }[] {
    const { scores } = this.#score(normalise(message), []);
    return shortlist(scores, 2).flatMap((slot) => {
      const id = this.#slots[slot]?.id;
      return id === undefined ? [] : [{ id, evidence: evidenceFor(slot, scores) }];
    });
  }

  #score(text: NormalisedText, previous: readonly string[]) {
    const features = widenByContext(extractFeatures(text.text), text, previous);
    const { vector, coverage, unseen } = this.#vectorOf(features);
    const similarity = new Float32Array(this.#slots.length);
    const nearest = new Int32Array(this.#slots.length).fill(-1);
    const cosines = this.#index.score(vector);
    const against = new Float32Array(this.#slots.length);
    const slots = this.#rowSlots;
    const isNegative = this.#rowIsNegative;
    for (let row = 0; row < slots.length; row += 1) {
      const cosine = cosines[row] as number;
      if (cosine <= 0) continue; // most rows share nothing, and nothing would come of them
      const slot = slots[row] as number;
      if (isNegative[row] === 1) against[slot] = Math.max(against[slot] as number, cosine);
      else if (cosine > (similarity[slot] as number)) {
        similarity[slot] = cosine;
        nearest[slot] = row;
      }
    }
    for (let slot = 1; slot < similarity.length; slot += 1) {
      if ((against[slot] as number) > (similarity[slot] as number))
        similarity[slot] = (similarity[slot] as number) / 2;
    }
    const scores: Scores = {
      probability: this.#regression.predict(vector),
      similarity,
      coverage,
      items: this.size,
    };
    return { vector, scores, nearest, unseen };
  }

  #present(
    text: NormalisedText,
    vector: Vector,
    scores: Scores,
    nearest: Int32Array,
    unseen: string[],
    limit: number,
  ): MatchResult {
    const matches: Match[] = [];
    for (const slot of vector.ids.length === 0 ? [] : shortlist(scores, limit + 1)) {
      const item = this.#slots[slot];
      if (item === null || item === undefined) continue;
      const isExact = item.phrasings.some((phrasing) => phrasing.key === text.text);
      const confidence = probabilityOf(evidenceFor(slot, scores), this.#coefficients);
      const row = nearest[slot] as number;
      matches.push({
        id: item.id,
        confidence: isExact ? Math.max(0.98, confidence) : Math.min(0.98, confidence),
        why: {
          phrasing: row < 0 ? "" : (this.#rows[row]?.text.original ?? ""),
          similarity: scores.similarity[slot] as number,
          probability: scores.probability[slot] as number,
          shared: row < 0 ? [] : this.#shared(vector, this.#vectors[row] as Vector),
          isExact,
        },
      });
    }
    matches.sort((a, b) => b.confidence - a.confidence);
    const [first, second] = matches;
    return {
      text,
      matches: matches.slice(0, limit),
      coverage: scores.coverage,
      margin: (first?.confidence ?? 0) - (second?.confidence ?? 0),
      unseen,
    };
  }

  #shared(message: Vector, phrasing: Vector): string[] {
    const shared: { name: string; weight: number }[] = [];
    for (let i = 0; i < message.ids.length; i += 1) {
      const id = message.ids[i] as number;
      const place = phrasing.ids.indexOf(id);
      if (place < 0) continue;
      const weight = (phrasing.weights[place] as number) * (message.weights[i] as number);
      const name = this.#space.nameOf(id);
      if (weight > 0 && isShownFeature(name)) shared.push({ name: name.slice(2), weight });
    }
    return shared
      .sort((a, b) => b.weight - a.weight)
      .slice(0, 4)
      .map(({ name }) => name);
  }

  #vectorOf(features: Features): { vector: Vector; coverage: number; unseen: string[] } {
    const { raw, unseen, unseenWeight } = this.#space.look(features);
    const vector = this.#space.weigh(raw, unseenWeight);
    let known = 0;
    for (const weight of vector.weights) known += weight * weight;
    return { vector, coverage: known, unseen };
  }

  #needsFreshStart(): boolean {
    this.#changes += 1;
    return this.#changes > Math.max(10, this.#items.size / 3);
  }

  #trainAll(): void {
    for (const _ of this.training());
  }

  #place(slot: number, item: MatcherItem): void {
    const texts = (phrasings: readonly string[]) =>
      phrasings.map((phrasing) => textOf(phrasing, this.#space));
    this.#slots[slot] = {
      id: item.id,
      phrasings: texts(item.phrasings),
      negatives: texts(item.negatives ?? []),
    };
  }

  #forget(slot: number): void {
    const item = this.#slots[slot];
    for (const text of [...(item?.phrasings ?? []), ...(item?.negatives ?? [])]) this.#space.remove(text.raw);
    this.#slots[slot] = null;
  }

  #reindex(): void {
    const own = this.#slots.flatMap((item, slot) => [
      ...(item?.phrasings ?? []).map((text) => ({ slot, text, isNegative: false })),
      ...(item?.negatives ?? []).map((text) => ({ slot, text, isNegative: true })),
    ]);
    this.#rows = [...own, ...this.#background.map((text) => ({ slot: noneSlot, text, isNegative: false }))];
    this.#rowSlots = Int32Array.from(this.#rows, ({ slot }) => slot);
    this.#rowIsNegative = Uint8Array.from(this.#rows, ({ isNegative }) => (isNegative ? 1 : 0));
    this.#vectors = this.#rows.map(({ text }) => this.#space.weigh(text.raw));
    this.#index = new LexicalIndex(this.#vectors, this.#space.size);
  }

  #examples(): Example[] {
    return this.#rows.map(({ slot, isNegative }, row) => ({
      vector: this.#vectors[row] as Vector,
      label: slot,
      isNot: isNegative,
      importance: slot === noneSlot ? noneImportance : 1,
    }));
  }

  #freshRegression(): Regression {
    const regression = new Regression(this.#space.size, this.#slots.length);
    regression.open(noneSlot);
    this.#slots.forEach((item, slot) => {
      if (item !== null) regression.open(slot);
    });
    return regression;
  }

  /** Judges every phrasing and background message by models that have not seen it. */
  *#calibrating(examples: Example[]): Generator<void> {
    const judged: JudgedEvidence[] = [];
    const strangers = this.#background.length;
    const strangerImportance =
      strangers === 0
        ? 0
        : Math.min(1, (strangersPerOwn(this.size) * (this.#rows.length - strangers)) / strangers);
    for (let fold = 0; fold < folds; fold += 1) {
      const regression = this.#freshRegression();
      const seen = examples.filter((_, i) => i % folds !== fold);
      for (let epoch = 0; epoch < epochsPerFold; epoch += 1) {
        regression.train(seen, 1);
        yield;
      }
      for (let i = fold; i < examples.length; i += folds) {
        const example = examples[i] as Example;
        if (example.isNot) continue;
        const scores = {
          probability: regression.predict(example.vector),
          similarity: this.#similarityWithout(i, example.vector),
          coverage: this.#coverageWithout(example.vector),
          items: this.size,
        };
        for (const slot of shortlist(scores, 2)) {
          judged.push({
            evidence: evidenceFor(slot, scores),
            isRight: slot === example.label,
            importance: example.label === noneSlot ? strangerImportance : 1,
          });
        }
      }
    }
    this.#coefficients = fitCoefficients(judged);
  }

  #similarityWithout(left: number, vector: Vector): Float32Array {
    const cosines = this.#index.score(vector);
    const similarity = new Float32Array(this.#slots.length);
    for (let row = 0; row < this.#rows.length; row += 1) {
      const { slot, isNegative } = this.#rows[row] as Row;
      if (row !== left && !isNegative)
        similarity[slot] = Math.max(similarity[slot] as number, cosines[row] as number);
    }
    return similarity;
  }

  /** Share of the text's weight in features that at least one other text has, too. */
  #coverageWithout(vector: Vector): number {
    let known = 0;
    for (let i = 0; i < vector.ids.length; i += 1) {
      if (this.#space.countOf(vector.ids[i] as number) > 1) known += (vector.weights[i] as number) ** 2;
    }
    return known;
  }
}

/** Han pairs, words and concepts say something to a person; the rest of the features does not. */
function isShownFeature(name: string): boolean {
  const kind = name[0];
  return name[1] === ":" && (kind === "h" || kind === "w" || kind === "c");
}

/** Trains a matcher for one shop; some 100 ms for 600 phrasings. An empty list gives a matcher that finds nothing. */
export function createMatcher(items: Iterable<MatcherItem>, options: MatcherOptions = {}): Matcher {
  const matcher = new Matcher(items, options);
  for (const _ of matcher.training());
  return matcher;
}

/**
 * The same for a program that has others to serve: after every few milliseconds of work `pause` is awaited
 * (setImmediate, for example). Takes a little longer and never holds the thread for long.
 */
export async function createMatcherGently(
  items: Iterable<MatcherItem>,
  pause: () => Promise<void>,
  options: MatcherOptions = {},
): Promise<Matcher> {
  const matcher = new Matcher(items, options);
  for (const _ of matcher.training()) await pause();
  return matcher;
}
