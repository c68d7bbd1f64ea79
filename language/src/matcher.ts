// Understands which of a shop's questions a message asks. One matcher per shop, trained from the shop's own phrasings,
// from what it borrows of the corpus (alignment.ts) and from a shipped pool of messages that nobody's FAQ answers; items
// can be added, replaced and removed one at a time. Called by the brain and the lab. Everything is in memory.

import { type Alignment, alignFaqs } from "./alignment.ts";
import { Bridge } from "./bridge.ts";
import {
  type Coefficients,
  fitCoefficients,
  type JudgedEvidence,
  probabilityOf,
  shippedCoefficients,
} from "./calibration.ts";
import { Centres } from "./centres.ts";
import { isBlindTo, ShopClassifier } from "./classifier.ts";
import { corpusIntent } from "./corpus.ts";
import { shippedEncoder } from "./encoder.ts";
import { evidenceFor, shortlist, weighable } from "./evidence.ts";
import type { Vector } from "./feature-space.ts";
import { extractFeatures } from "./features.ts";
import type {
  Borrowed,
  Match,
  MatcherItem,
  MatcherOptions,
  MatchOptions,
  MatchResult,
} from "./matcher-types.ts";
import { type NormalisedText, normalise } from "./normalise.ts";
import { hashedFeatures, type PreparedText, preparedPhrasings, prepareText } from "./prepared-text.ts";
import { compareWithRows, type Scores } from "./scores.ts";
import { noneSlot, type Row, ShopRows } from "./shop-rows.ts";
import { backgroundFor, widenByContext } from "./shop-texts.ts";

const spareSlots = 8;
/** A text judged by the shop itself is judged on rows without it; more than this many are drawn evenly. */
const mostJudged = 240;

/** How many unrelated messages a shop sees for each one that it answers: the fewer its questions, the more. */
export function strangersPerOwn(items: number): number {
  return Math.max(0.35, 3 / Math.max(1, items));
}

interface Slot {
  item: MatcherItem;
  rows: Row[];
  alignment: Alignment[];
  /** Numbers of the aligned intents. */
  intents: number[];
}

interface Read {
  text: NormalisedText;
  sparse: Vector;
  scores: Scores;
  names: string[];
  hashes: Uint32Array;
  unseen: string[];
  completedFrom: string | null;
}

export class Matcher {
  readonly #options: MatcherOptions;
  readonly #items = new Map<string, MatcherItem>();
  #shop = new ShopRows();
  #slots: (Slot | null)[] = [null];
  #background: Row[] = [];
  #centres = new Centres([], this.#shop);
  #classifier = new ShopClassifier();
  #coefficients: Coefficients = shippedCoefficients;
  #changes = 0;
  /** Null for a shop that does not borrow. */
  #prior: Float32Array | null = null;
  #bridge: Bridge | null = null;

  /** Untrained: made by createMatcher and createMatcherGently. */
  constructor(items: Iterable<MatcherItem>, options: MatcherOptions) {
    this.#options = options;
    for (const item of items) this.#items.set(item.id, item);
  }

  /** Trains from scratch, in pieces of some tens of milliseconds: whoever drives it may do other work in between. */
  *training(): Generator<void> {
    this.#changes = 0;
    this.#shop = new ShopRows();
    this.#slots = [null];
    const items = [...this.#items.values()];
    const texts: PreparedText[][] = [];
    for (const item of items) {
      texts.push(unique(item.phrasings.map(prepareText)));
      if (texts.length % 20 === 0) yield;
    }
    const aligned = this.#options.borrows === false ? null : alignFaqs(texts);
    this.#prior = aligned?.prior ?? null;
    yield;
    for (const [at, item] of items.entries()) {
      this.#place(this.#slots.length, item, texts[at] as PreparedText[], aligned?.claims[at] ?? []);
      if (at % 20 === 19) yield;
    }
    for (let i = 0; i < spareSlots; i += 1) this.#slots.push(null);
    const taken = new Set(texts.flat().map(({ key }) => key));
    this.#background = backgroundFor(taken, this.#options.background ?? "all").map((text) =>
      this.#shop.add(noneSlot, "background", text),
    );
    yield;
    this.#reindex();
    yield;
    yield* this.#classifier.training(this.#shop, this.#centres.vectors);
    yield* this.#calibrating();
  }

  get size(): number {
    return this.#items.size;
  }

  /** Rough memory of the model's own arrays, in bytes; prepared corpus texts are shared by all shops. */
  get bytes(): number {
    const vectors = this.#shop.vectors.reduce((sum, vector) => sum + vector.ids.byteLength * 4, 0);
    return this.#classifier.bytes + this.#shop.bytes + vectors + this.#shop.space.size * 40;
  }

  /** Adds an item or replaces the one with its id. Takes some tens of milliseconds; live when it returns. */
  set(item: MatcherItem): void {
    const known = this.#slotOf(item.id);
    this.#items.set(item.id, item);
    const free = known >= 1 ? known : this.#slots.indexOf(null, 1);
    if (free < 1 || this.#needsFreshStart()) {
      this.#trainAll();
      return;
    }
    if (known >= 1) this.#forget(known);
    const texts = unique(item.phrasings.map(prepareText));
    this.#place(free, item, texts, this.#alignOne(free, texts));
    this.#reindex();
    this.#classifier.learn(this.#shop, this.#centres.vectors, free);
  }

  /** Removes an item; false when it was not there. */
  remove(id: string): boolean {
    if (!this.#items.delete(id)) return false;
    const slot = this.#slotOf(id);
    if (this.#needsFreshStart()) {
      this.#trainAll();
      return true;
    }
    this.#forget(slot);
    this.#classifier.close(slot);
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
    const read = this.#read(text, options.previous ?? []);
    const limit = options.limit ?? 5;
    const ready = weighable(read.scores);
    const isEmpty = read.hashes.length === 0;
    const matches = (isEmpty ? [] : shortlist(ready, limit + 1))
      .map((slot) => this.#present(slot, read, probabilityOf(evidenceFor(slot, ready), this.#coefficients)))
      .filter((match) => match !== null)
      .sort((a, b) => b.confidence - a.confidence);
    return {
      text,
      matches: matches.slice(0, limit),
      coverage: read.scores.coverage,
      margin: (matches[0]?.confidence ?? 0) - (matches[1]?.confidence ?? 0),
      unseen: read.unseen,
      completedFrom: read.completedFrom,
    };
  }

  /** What an item borrows, to be shown to the owner; empty when the corpus does not know it. */
  borrowed(id: string): Borrowed[] {
    const slot = this.#slots[this.#slotOf(id)];
    return (slot?.alignment ?? []).map(({ slug, strength }) => ({
      slug,
      strength,
      zh: corpusIntent(slug)?.zh ?? "",
      en: corpusIntent(slug)?.en ?? "",
      phrasings: (slot?.rows ?? []).filter(({ intent }) => intent === slug).map(({ text }) => text.original),
    }));
  }

  /** The evidence behind a match, for fitting the shipped calibration (lab only). */
  weigh(message: string): { id: string; evidence: number[] }[] {
    const ready = weighable(this.#read(normalise(message), []).scores);
    return shortlist(ready, 2).flatMap((slot) => {
      const id = this.#slots[slot]?.item.id;
      return id === undefined ? [] : [{ id, evidence: evidenceFor(slot, ready) }];
    });
  }

  #slotOf(id: string): number {
    return this.#slots.findIndex((slot) => slot?.item.id === id);
  }

  #read(text: NormalisedText, previous: readonly string[]): Read {
    const { features, completedFrom } = widenByContext(extractFeatures(text.text), text, previous);
    const names = [...features.keys()];
    const hashed = hashedFeatures(features);
    const { raw, unseenAt, unseenWeight } = this.#shop.space.look(hashed);
    const sparse = this.#shop.space.weigh(raw, unseenWeight);
    const dense = shippedEncoder().encodeHashed(hashed.hashes, hashed.kinds);
    const unseen = unseenAt
      .map((at) => names[at] as string)
      .filter((name) => /^(?:h:..$|w:)/u.test(name))
      .map((name) => name.slice(2));
    const scores = this.#scores(sparse, dense, coverageOf(sparse));
    return { text, sparse, scores, names, hashes: hashed.hashes, unseen, completedFrom };
  }

  #scores(sparse: Vector, dense: Float32Array, coverage: number, leaveOut = -1): Scores {
    const centre = this.#centres.cosines(dense, leaveOut);
    const classifier = this.#classifier;
    return {
      ...compareWithRows(this.#shop, sparse, dense, centre, leaveOut),
      probability: (leaveOut < 0
        ? classifier.predict(sparse, dense)
        : classifier.predictBlind(sparse, dense)
      ).slice(),
      centre,
      bridge: this.#bridge?.read(dense) ?? new Float32Array(this.#slots.length),
      coverage,
      items: this.size,
      counts: this.#centres.counts,
    };
  }

  #present(slot: number, read: Read, confidence: number): Match | null {
    const item = this.#slots[slot]?.item;
    if (item === undefined) return null;
    const { scores } = read;
    const rows = this.#slots[slot]?.rows ?? [];
    const isExact = rows.some(({ kind, text }) => kind === "own" && text.key === read.text.text);
    const at = scores.nearest[slot] as number;
    const nearest = at < 0 ? null : (this.#shop.rows[at] as Row);
    return {
      id: item.id,
      confidence: isExact ? Math.max(0.98, confidence) : Math.min(0.98, confidence),
      why: {
        phrasing: nearest?.text.original ?? "",
        borrowedFrom: nearest?.intent ?? null,
        words: scores.words[slot] as number,
        wordsBorrowed: scores.wordsBorrowed[slot] as number,
        sense: scores.sense[slot] as number,
        senseBorrowed: scores.senseBorrowed[slot] as number,
        probability: scores.probability[slot] as number,
        bridge: scores.bridge[slot] as number,
        shared: nearest === null ? [] : this.#shared(read, nearest.text),
        isExact,
      },
    };
  }

  /** Han pairs, words and concepts that message and phrasing share, the rarest first. */
  #shared(read: Read, phrasing: PreparedText): string[] {
    const theirs = new Set(phrasing.hashes);
    const { space } = this.#shop;
    return read.names
      .flatMap((name, at) => {
        const hash = read.hashes[at] as number;
        if (!theirs.has(hash) || !isShownFeature(name)) return [];
        return [{ name: name.slice(2), rarity: 1 / (1 + space.countOf(space.idOf(hash))) }];
      })
      .sort((a, b) => b.rarity - a.rarity)
      .slice(0, 4)
      .map(({ name }) => name);
  }

  #needsFreshStart(): boolean {
    this.#changes += 1;
    return this.#changes > Math.max(10, this.#items.size / 3);
  }

  #trainAll(): void {
    for (const _ of this.training());
  }

  /** Aligns one item beside all others, whose claims stand. */
  #alignOne(slot: number, texts: PreparedText[]): Alignment[] {
    if (this.#options.borrows === false) return [];
    const others = this.#slots.flatMap((other, at) =>
      other === null || at === slot
        ? []
        : [other.rows.filter(({ kind }) => kind === "own").map(({ text }) => text)],
    );
    return alignFaqs([texts, ...others]).claims[0] ?? [];
  }

  #place(slot: number, item: MatcherItem, texts: PreparedText[], alignment: Alignment[]): void {
    const refused = new Set(item.unborrowed ?? []);
    const own = texts.map((text) => this.#shop.add(slot, "own", text));
    const taken = new Set(texts.map(({ key }) => key));
    const hasEnglish = texts.some(({ key }) => /[a-z]{3}/u.test(key));
    const hasChinese = texts.some(({ key }) => /\p{Script=Han}/u.test(key));
    const kept = alignment.filter(({ slug }) => !refused.has(slug));
    const borrowed = kept.flatMap(({ slug }) =>
      [
        ...(hasChinese ? evenly(preparedPhrasings(slug, "zh")) : []),
        ...(hasEnglish ? evenly(preparedPhrasings(slug, "en")) : []),
      ]
        .filter(({ key, original }) => !taken.has(key) && !refused.has(original))
        .map((text) => this.#shop.add(slot, "borrowed", text, slug)),
    );
    const negatives = (item.negatives ?? []).map((text) =>
      this.#shop.add(slot, "negative", prepareText(text)),
    );
    const { intents } = shippedEncoder();
    this.#slots[slot] = {
      item,
      rows: [...own, ...borrowed, ...negatives],
      alignment: kept,
      intents: kept.map(({ slug }) => intents.indexOf(slug)),
    };
  }

  #forget(slot: number): void {
    this.#shop.forget(this.#slots[slot]?.rows ?? []);
    this.#slots[slot] = null;
  }

  #reindex(): void {
    this.#shop.rebuild(
      [...this.#slots.flatMap((slot) => slot?.rows ?? []), ...this.#background],
      this.#slots.length,
    );
    this.#centres = new Centres(
      this.#slots.map((slot) => slot?.rows ?? []),
      this.#shop,
    );
    if (this.#prior === null) return;
    const claims = new Map<number, number[]>();
    this.#slots.forEach((slot, at) => {
      for (const intent of slot?.intents ?? []) claims.set(intent, [...(claims.get(intent) ?? []), at]);
    });
    this.#bridge = new Bridge(this.#prior, claims, this.#centres.vectors);
  }

  /** Judges the shop's own phrasings by models that have not seen them, and moves the calibration a little. */
  *#calibrating(): Generator<void> {
    const { rows } = this.#shop;
    const own = rows.flatMap(({ kind }, at) =>
      isBlindTo(at) && (kind === "own" || kind === "background") ? [at] : [],
    );
    const step = Math.max(1, Math.floor(own.length / mostJudged));
    const judgedRows = own.filter((_, i) => i % step === 0);
    const strangers = judgedRows.filter((at) => (rows[at] as Row).kind === "background").length;
    const owners = judgedRows.length - strangers;
    const strangerImportance =
      strangers === 0 ? 0 : Math.min(1, (strangersPerOwn(this.size) * owners) / strangers);
    yield* this.#classifier.trainingBlind(this.#shop);
    const judged: JudgedEvidence[] = [];
    for (const [i, at] of judgedRows.entries()) {
      const row = rows[at] as Row;
      const sparse = this.#shop.vectors[at] as Vector;
      const scores = this.#scores(sparse, row.text.vector, this.#coverageWithout(sparse), at);
      const ready = weighable(scores);
      for (const slot of shortlist(ready, 2))
        judged.push({
          evidence: evidenceFor(slot, ready),
          isRight: slot === row.slot,
          importance: row.slot === noneSlot ? strangerImportance : 1,
        });
      if (i % 40 === 39) yield;
    }
    this.#classifier.settle();
    this.#coefficients = fitCoefficients(judged);
  }

  /** Share of the text's weight in features that at least one other text has, too. */
  #coverageWithout(vector: Vector): number {
    let known = 0;
    for (let i = 0; i < vector.ids.length; i += 1)
      if (this.#shop.space.countOf(vector.ids[i] as number) > 1) known += (vector.weights[i] as number) ** 2;
    return known;
  }
}

/** Han pairs, words and concepts say something to a person; the rest of the features does not. */
function isShownFeature(name: string): boolean {
  return name.startsWith("w:") || name.startsWith("c:") || (name.startsWith("h:") && [...name].length === 4);
}

function coverageOf(vector: Vector): number {
  let known = 0;
  for (const weight of vector.weights) known += weight * weight;
  return known;
}

/** Borrowed per intent and language: more of them cost every message time, and the encoder knows them all anyway. */
const mostBorrowed = 36;

/** At most that many, drawn evenly, so that every writer has a say. */
function evenly(texts: PreparedText[]): PreparedText[] {
  const step = texts.length / mostBorrowed;
  return step <= 1 ? texts : texts.filter((_, at) => Math.floor(at / step) !== Math.floor((at - 1) / step));
}

/** Without repetitions and texts that have nothing to compare. */
function unique(texts: PreparedText[]): PreparedText[] {
  const seen = new Set<string>();
  return texts.filter(({ key, hashes }) => hashes.length > 0 && !seen.has(key) && seen.add(key));
}

/** Trains a matcher for one shop. An empty list gives a matcher that finds nothing. */
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
