// What is learnt about one shop: its rows, their centres, its classifier and its calibration, from the shop's own
// phrasings, from what it borrows of the corpus (alignment.ts) and from a shipped pool of messages that nobody's FAQ
// answers. Items can be added, replaced and removed one at a time. Read by matcher.ts, kept by saved-model.ts.

import { type Alignment, aligningFaqs, alignOne } from "./alignment.ts";
import { Bridge } from "./bridge.ts";
import { type Coefficients, fitCoefficients, shippedCoefficients } from "./calibration.ts";
import { Centres } from "./centres.ts";
import { checkItem, checkItems, MatcherInputError, matcherLimits } from "./check-items.ts";
import { type ClassifierState, ShopClassifier } from "./classifier.ts";
import { type Wide, widen } from "./dot.ts";
import type { Vector } from "./feature-space.ts";
import { ownTexts, placingItem, type Slot } from "./item-rows.ts";
import { judgingShop } from "./judge-shop.ts";
import { type JudgedText, judgedTexts } from "./judged-texts.ts";
import { type Known, type MessageWords, messageWords } from "./known-words.ts";
import type { MatcherItem, MatcherOptions } from "./matcher-types.ts";
import type { PreparedText } from "./prepared-text.ts";
import { compareWithRows, type Scores } from "./scores.ts";
import { isHan, noneSlot, type Row, ShopRows } from "./shop-rows.ts";
import { backgroundFor, backgroundText } from "./shop-texts.ts";

/** Places kept free, so that items can be added without training anew. */
const spareSlots = 8;

const nothingKnown: Known = { covered: 0, missing: 1 };

/** A trained model without what can be made again from it in a moment: rows, vectors, centres. */
export interface ModelState {
  options: MatcherOptions;
  /** In the order they were given, each with its place and what it borrows. */
  items: { item: MatcherItem; slot: number; alignment: Alignment[] }[];
  slots: number;
  changes: number;
  /** Numbers of the messages of the background pool that it learnt from. */
  background: number[];
  coefficients: Coefficients;
  prior: Float32Array | null;
  /** Numbers of the intents that nobody may claim. */
  crowded: number[];
  /** Only with the option `keepsJudgements`. */
  judged: readonly JudgedText[];
  classifier: ClassifierState;
}

export class ShopModel {
  readonly options: MatcherOptions;
  readonly items = new Map<string, MatcherItem>();
  shop = new ShopRows();
  slots: (Slot | null)[] = [null];
  coefficients: Coefficients = shippedCoefficients;
  /** Empty without the option `keepsJudgements`. */
  judged: readonly JudgedText[] = [];
  #background: number[] = [];
  #strangers: Row[] = [];
  #centres = new Centres([], this.shop);
  #classifier = new ShopClassifier();
  #changes = 0;
  /** Null for a shop that does not borrow. */
  #prior: Float32Array | null = null;
  #crowded: number[] = [];
  #bridge: Bridge | null = null;

  /** Untrained. @throws MatcherInputError */
  constructor(items: Iterable<MatcherItem>, options: MatcherOptions) {
    const given = [...items];
    checkItems(given);
    this.options = options;
    for (const item of given) this.items.set(item.id, item);
  }

  /** Trains from scratch, in pieces of some tens of milliseconds: whoever drives it may do other work in between. */
  *training(): Generator<void> {
    this.#changes = 0;
    this.shop = new ShopRows();
    this.slots = [null];
    const items = [...this.items.values()];
    const texts: PreparedText[][] = [];
    for (const item of items) if (texts.push(ownTexts(item)) % 5 === 0) yield;
    const aligned = this.options.borrows === false ? null : yield* aligningFaqs(texts);
    this.#prior = aligned?.prior ?? null;
    this.#crowded = aligned?.crowded ?? [];
    for (const [at, item] of items.entries()) {
      const claims = aligned?.claims[at] ?? [];
      yield* this.#placing(this.slots.length, item, texts[at] as PreparedText[], claims);
    }
    for (let i = 0; i < spareSlots; i += 1) this.slots.push(null);
    this.#meet(backgroundFor(texts, this.options.background ?? "all"));
    yield* this.#reindexing();
    yield* this.#classifier.training(this.shop, this.#centres.vectors);
    yield* this.#classifier.trainingBlind(this.shop);
    const judged = yield* judgingShop(this.shop, this.items.size, (at, coverage) => {
      const { text } = this.shop.rows[at] as Row;
      const words = messageWords(text, this.shop.space);
      return this.scores(text.key, words, this.shop.vectorOf(at), widen(text.vector), coverage, at);
    });
    this.#classifier.settle();
    this.coefficients = fitCoefficients(judged);
    if (this.options.keepsJudgements === true) this.judged = judgedTexts(judged, this);
  }

  /** What is to be saved. */
  state(): ModelState {
    const places = new Map(this.slots.map((slot, at) => [slot?.item.id, at]));
    return {
      options: this.options,
      items: [...this.items.values()].map((item) => {
        const slot = places.get(item.id) ?? -1;
        return { item, slot, alignment: this.slots[slot]?.alignment ?? [] };
      }),
      slots: this.slots.length,
      changes: this.#changes,
      background: this.#background,
      coefficients: this.coefficients,
      prior: this.#prior,
      crowded: this.#crowded,
      judged: this.judged,
      classifier: this.#classifier.state(this.shop.space),
    };
  }

  /** The model that had this state, in pieces of a few milliseconds. It matches and changes exactly as that one. */
  static *restoring(state: ModelState): Generator<void, ShopModel> {
    const model = new ShopModel(
      state.items.map(({ item }) => item),
      state.options,
    );
    model.#changes = state.changes;
    model.coefficients = state.coefficients;
    model.judged = state.judged;
    model.#prior = state.prior;
    model.#crowded = state.crowded;
    model.#classifier = ShopClassifier.from(state.classifier, model.shop.space);
    model.slots = new Array<Slot | null>(state.slots).fill(null);
    yield;
    for (const { item, slot, alignment } of [...state.items].sort((a, b) => a.slot - b.slot))
      yield* model.#placing(slot, item, ownTexts(item), alignment);
    model.#meet(state.background);
    yield* model.#reindexing();
    return model;
  }

  /** Rough memory of the model's own arrays, in bytes; prepared corpus texts are shared by all shops. */
  get bytes(): number {
    return this.#classifier.bytes + this.shop.bytes;
  }

  /** An item's place, or -1. */
  slotOf(id: string): number {
    return this.slots.findIndex((slot) => slot?.item.id === id);
  }

  /** Adds an item or replaces the one with its id. Takes some tens of milliseconds; live when it returns. */
  set(item: MatcherItem): void {
    checkItem(item);
    if (this.items.size >= matcherLimits.items && !this.items.has(item.id))
      throw new MatcherInputError("too-many-items", item.id);
    const known = this.slotOf(item.id);
    this.items.set(item.id, item);
    const free = known >= 1 ? known : this.slots.indexOf(null, 1);
    const hasLearntNothing = this.shop.rows.length === 0;
    if (free < 1 || hasLearntNothing || this.#needsFreshStart()) {
      atOnce(this.training());
      return;
    }
    if (known >= 1) this.#forget(known);
    const texts = ownTexts(item);
    const others = this.slots.flatMap((slot) => (slot === null ? [] : [slot.alignment]));
    const alignment = { prior: this.#prior ?? new Float32Array(0), crowded: this.#crowded };
    const claims = this.#prior === null ? [] : alignOne(texts, alignment, others);
    atOnce(this.#placing(free, item, texts, claims));
    atOnce(this.#reindexing());
    this.#classifier.learn(this.shop, this.#centres.vectors, free);
  }

  /** Removes an item; false when it was not there. */
  remove(id: string): boolean {
    if (!this.items.delete(id)) return false;
    const slot = this.slotOf(id);
    if (this.#needsFreshStart()) {
      atOnce(this.training());
      return true;
    }
    this.#forget(slot);
    this.#classifier.close(slot);
    atOnce(this.#reindexing());
    return true;
  }

  /** What every part says about every item. `key`: the normalised text. `leaveOut`: a row whose text is judged, -1 for a message. */
  scores(
    key: string,
    words: MessageWords,
    sparse: Vector,
    dense: Wide,
    coverage: number,
    leaveOut = -1,
  ): Scores {
    const centre = this.#centres.cosines(dense, leaveOut);
    const classifier = this.#classifier;
    return {
      ...compareWithRows(this.shop, sparse, dense, centre, isHan(key) ? 1 : 2, leaveOut),
      probability: (leaveOut < 0
        ? classifier.predict(sparse, dense)
        : classifier.predictBlind(sparse, dense)
      ).slice(),
      centre,
      bridge: this.#bridge?.read(dense) ?? new Float32Array(this.slots.length),
      coverage,
      items: this.items.size,
      counts: this.#centres.counts,
      said: words.said,
      known: (slot) => {
        const isOwn = leaveOut >= 0 && this.shop.rows[leaveOut]?.slot === slot;
        return this.slots[slot]?.known.know(words, isOwn) ?? nothingKnown;
      },
    };
  }

  #needsFreshStart(): boolean {
    this.#changes += 1;
    return this.#changes > Math.max(10, this.items.size / 3);
  }

  *#placing(slot: number, item: MatcherItem, texts: PreparedText[], claims: Alignment[]): Generator<void> {
    this.slots[slot] = yield* placingItem(this.shop, slot, item, texts, claims);
    yield;
  }

  /** Adds messages of the background pool. */
  #meet(background: number[]): void {
    this.#background = background;
    this.#strangers = background
      .map(backgroundText)
      .flatMap((text) => (text === undefined ? [] : [this.shop.add(noneSlot, "background", text)]));
  }

  #forget(slot: number): void {
    this.shop.forget(this.slots[slot]?.rows ?? []);
    this.slots[slot] = null;
  }

  *#reindexing(): Generator<void> {
    const rowsOf = this.slots.map((slot) => slot?.rows ?? []);
    yield* this.shop.rebuilding([...rowsOf.flat(), ...this.#strangers], this.slots.length);
    yield;
    this.#centres = new Centres(rowsOf, this.shop);
    yield;
    if (this.#prior === null) return;
    const claims = new Map<number, number[]>();
    this.slots.forEach((slot, at) => {
      for (const intent of slot?.intents ?? []) claims.set(intent, [...(claims.get(intent) ?? []), at]);
    });
    this.#bridge = yield* Bridge.building(this.#prior, claims, this.#centres.vectors);
  }
}

function atOnce(pieces: Generator<void>): void {
  for (const _ of pieces);
}
