// Understands which of a shop's questions a message asks: reads the message, has the shop's model (shop-model.ts) score
// it, weighs the candidates into probabilities and says why. One matcher per shop. Called by the brain and the lab.

import { probabilityOf } from "./calibration.ts";
import { completeFromTopic } from "./complete-from-topic.ts";
import { corpusIntent } from "./corpus.ts";
import { widen } from "./dot.ts";
import { EmbeddingScorer, type EmbedTexts } from "./embedding-scorer.ts";
import { shippedEncoder } from "./encoder.ts";
import { evidenceFor, shortlist, type Weighable, weighable } from "./evidence.ts";
import type { Vector } from "./feature-space.ts";
import { extractFeatures } from "./features.ts";
import { logOddsOf, ownTextsOf } from "./judged-texts.ts";
import { messageWords } from "./known-words.ts";
import { embedPhrasings } from "./match-with-embedding.ts";
import type { Borrowed, MatcherItem, MatcherOptions, MatchOptions, MatchResult } from "./matcher-types.ts";
import { type NormalisedText, normalise } from "./normalise.ts";
import { hashedFeatures } from "./prepared-text.ts";
import { presentMatch, type Ranked, type Read, rank } from "./present-match.ts";
import { loadingModel, packModel } from "./saved-model.ts";
import { ShopModel } from "./shop-model.ts";

export class Matcher {
  readonly #model: ShopModel;
  /** Null for a shop without an embedding model. */
  #scorer: EmbeddingScorer | null = null;

  /** Made by createMatcher and createMatcherGently, which train the model first. */
  constructor(model: ShopModel) {
    this.#model = model;
  }

  get size(): number {
    return this.#model.items.size;
  }

  /** Rough memory of the model's own arrays, in bytes; prepared corpus texts are shared by all shops. */
  get bytes(): number {
    return this.#model.bytes;
  }

  /** Adds an item or replaces the one with its id. Takes some tens of milliseconds; live when it returns. */
  set(item: MatcherItem): void {
    this.#model.set(item);
    this.#relearn();
  }

  /** Removes an item; false when it was not there. */
  remove(id: string): boolean {
    const isRemoved = this.#model.remove(id);
    this.#relearn();
    return isRemoved;
  }

  /**
   * Ranks the items by how probably the message asks them.
   *
   * Out: at most `limit` candidates (5), best first, each with a calibrated confidence; an empty list when nothing
   * is shared with any phrasing. `coverage`, `margin` and `unseen` say how far to trust the first. A message that leans on
   * one of `previous` is read together with it, too, and the surer reading counts (`completedFrom`). Never throws.
   */
  match(message: string | NormalisedText, options: MatchOptions = {}): MatchResult {
    const text = typeof message === "string" ? normalise(message) : message;
    const limit = options.limit ?? 5;
    const alone = this.#matchText(text, limit, options.embedding ?? null);
    const completed = completeFromTopic(text.original, options.previous ?? []);
    if (completed === null) return alone;
    const whole = this.#matchText(normalise(completed.text), limit, null); // the vector says half of what is meant
    const before = this.#matchText(normalise(completed.completedFrom), 1, null);
    const favour = before.matches[0]?.id === whole.matches[0]?.id ? repeatedFavour : completedFavour;
    return sureness(whole) + favour >= sureness(alone)
      ? { ...whole, text, completedFrom: completed.completedFrom }
      : alone;
  }

  /**
   * The trained model as bytes, for loadMatcher: some 600 kB for a shop of 150 FAQs. They hold the shop's phrasings in
   * clear, and nothing else that the shop would not want to lose: whoever has the items can train again.
   */
  save(): Uint8Array<ArrayBuffer> {
    return packModel(this.#model);
  }

  /** What an item borrows, to be shown to the owner; empty when the corpus does not know it. */
  borrowed(id: string): Borrowed[] {
    const slot = this.#model.slots[this.#model.slotOf(id)];
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
    const ready = weighable(this.#read(normalise(message), null).scores);
    return shortlist(ready, 2).flatMap((slot) => {
      const id = this.#model.slots[slot]?.item.id;
      return id === undefined ? [] : [{ id, evidence: evidenceFor(slot, ready) }];
    });
  }

  /** Texts that an embedding model has not been asked for yet: the shop's phrasings, and strangers to tell them from. */
  get textsToEmbed(): string[] {
    const texts = [...ownTextsOf(this.#model).values()].flat();
    const wanted = new Set([...texts, ...this.#model.judged.map(({ text }) => text)]);
    return [...wanted].filter((text) => this.#scorer?.has(text) !== true);
  }

  /**
   * Takes vectors of `textsToEmbed` by text, all by one model, and learns how far to trust them. The matcher has to be
   * trained with `keepsJudgements`, else there is nothing to weigh the model by, and it adds nothing.
   */
  addVectors(vectors: ReadonlyMap<string, Float32Array>): void {
    this.#scorer ??= new EmbeddingScorer();
    this.#scorer.add(vectors);
    this.#relearn();
  }

  #relearn(): void {
    this.#scorer?.learn(ownTextsOf(this.#model), this.#model.judged);
  }

  /** Those that the engine would look at, and those that the embedding model would. */
  #candidates(ready: Weighable, { meant }: Read, size: number): number[] {
    const slots = shortlist(ready, size);
    if (meant === null) return slots;
    const nearest = [...meant.near.keys()]
      .sort((a, b) => (meant.near[b] as number) - (meant.near[a] as number))
      .slice(0, size)
      .map((at) => this.#model.slotOf(meant.ids[at] as string));
    return [...new Set([...slots, ...nearest.filter((slot) => slot >= 1)])];
  }

  #probability(slot: number, ready: Weighable, { meant }: Read): number {
    const own = probabilityOf(evidenceFor(slot, ready), this.#model.coefficients);
    const id = this.#model.slots[slot]?.item.id;
    if (meant === null || this.#scorer === null || id === undefined) return own;
    return 1 / (1 + Math.exp(-(logOddsOf(own) + this.#scorer.logOdds(meant, id))));
  }

  #matchText(text: NormalisedText, limit: number, embedding: Float32Array | null): MatchResult {
    const read = this.#read(text, embedding);
    const ready = weighable(read.scores);
    const isEmpty = read.hashes.length === 0;
    const ranked = (isEmpty ? [] : this.#candidates(ready, read, limit + 1))
      .map((slot) => rank(this.#model, slot, read, this.#probability(slot, ready, read)))
      .filter((place): place is Ranked => place !== null)
      .sort((a, b) => b.confidence - a.confidence);
    return {
      text,
      matches: ranked.slice(0, limit).map((place) => presentMatch(this.#model, place, read)),
      coverage: read.scores.coverage,
      margin: (ranked[0]?.confidence ?? 0) - (ranked[1]?.confidence ?? 0),
      unseen: read.unseen,
      completedFrom: null,
    };
  }

  #read(text: NormalisedText, embedding: Float32Array | null): Read {
    const features = extractFeatures(text.text);
    const names = [...features.keys()];
    const hashed = hashedFeatures(features);
    const { space } = this.#model.shop;
    const { raw, unseenAt, unseenWeight } = space.look(hashed);
    const sparse = space.weigh(raw, unseenWeight);
    const dense = shippedEncoder().encodeHashed(hashed.hashes, hashed.kinds);
    const unseen = unseenAt
      .map((at) => names[at] as string)
      .filter((name) => /^(?:h:..$|w:)/u.test(name))
      .map((name) => name.slice(2));
    const scores = this.#model.scores(
      text.text,
      messageWords(hashed, space),
      sparse,
      widen(dense),
      coverageOf(sparse),
    );
    const meant = embedding === null ? null : (this.#scorer?.nearness(embedding) ?? null);
    return { text, scores, names, hashes: hashed.hashes, unseen, meant };
  }
}

/** What a message that leans on the line before means together with it wins, unless it is this much less sure … */
const completedFavour = 0.05;
/** … and must be this much surer where it would only ask once more what that line asked. */
const repeatedFavour = -0.1;

function sureness({ matches }: MatchResult): number {
  return matches[0]?.confidence ?? 0;
}

function coverageOf(vector: Vector): number {
  let known = 0;
  for (const weight of vector.weights) known += weight * weight;
  return known;
}

/** Trains a matcher for one shop. An empty list gives a matcher that finds nothing. @throws MatcherInputError */
export function createMatcher(items: Iterable<MatcherItem>, options: MatcherOptions = {}): Matcher {
  const model = new ShopModel(items, options);
  for (const _ of model.training());
  return new Matcher(model);
}

/**
 * The same for a program that has others to serve: after every few milliseconds of work `pause` is awaited
 * (setImmediate, for example). Takes a little longer and never holds the thread for long. With `embed` the shop's own
 * phrasings get vectors; should it fail, the matcher is one without.
 *
 * @throws MatcherInputError
 */
export async function createMatcherGently(
  items: Iterable<MatcherItem>,
  pause: () => Promise<void>,
  { embed, ...options }: MatcherOptions & { embed?: EmbedTexts } = {},
): Promise<Matcher> {
  const keeps = embed === undefined ? {} : { keepsJudgements: true };
  const model = new ShopModel(items, { ...options, ...keeps });
  for (const _ of model.training()) await pause();
  const matcher = new Matcher(model);
  if (embed !== undefined) await embedPhrasings(matcher, embed).catch(() => undefined);
  return matcher;
}

/**
 * The matcher that was saved, several times faster than training it. It matches bit for bit as the saved one and can be
 * changed like it.
 *
 * @throws OutdatedModelError for one trained by another engine (train again), DamagedModelError for damaged, foreign or
 * cut bytes
 */
export function loadMatcher(bytes: Uint8Array): Matcher {
  const loading = loadingModel(bytes);
  for (;;) {
    const step = loading.next();
    if (step.done === true) return new Matcher(step.value);
  }
}

/** The same in pieces of a few milliseconds, with `pause` awaited between them. */
export async function loadMatcherGently(bytes: Uint8Array, pause: () => Promise<void>): Promise<Matcher> {
  const loading = loadingModel(bytes);
  for (;;) {
    const step = loading.next();
    if (step.done === true) return new Matcher(step.value);
    await pause();
  }
}
