// What is learnt about one shop: its rows, their centres, its classifier and its calibration, from the shop's own
// phrasings, from what it borrows of the corpus (alignment.ts) and from a shipped pool of messages that nobody's FAQ
// answers. Items can be added, replaced and removed one at a time. Read by matcher.ts. Everything is in memory.

import { type Alignment, alignFaqs } from "./alignment.ts";
import { Bridge } from "./bridge.ts";
import { type Coefficients, fitCoefficients, shippedCoefficients } from "./calibration.ts";
import { Centres } from "./centres.ts";
import { ShopClassifier } from "./classifier.ts";
import type { Vector } from "./feature-space.ts";
import { ownTexts, placeItem, type Slot } from "./item-rows.ts";
import { judgingShop } from "./judge-shop.ts";
import type { MatcherItem, MatcherOptions } from "./matcher-types.ts";
import type { PreparedText } from "./prepared-text.ts";
import { compareWithRows, type Scores } from "./scores.ts";
import { noneSlot, type Row, ShopRows } from "./shop-rows.ts";
import { backgroundFor } from "./shop-texts.ts";

/** Places kept free, so that items can be added without training anew. */
const spareSlots = 8;

export class ShopModel {
  readonly options: MatcherOptions;
  readonly items = new Map<string, MatcherItem>();
  shop = new ShopRows();
  slots: (Slot | null)[] = [null];
  coefficients: Coefficients = shippedCoefficients;
  #background: Row[] = [];
  #centres = new Centres([], this.shop);
  #classifier = new ShopClassifier();
  #changes = 0;
  /** Null for a shop that does not borrow. */
  #prior: Float32Array | null = null;
  #bridge: Bridge | null = null;

  /** Untrained. */
  constructor(items: Iterable<MatcherItem>, options: MatcherOptions) {
    this.options = options;
    for (const item of items) this.items.set(item.id, item);
  }

  /** Trains from scratch, in pieces of some tens of milliseconds: whoever drives it may do other work in between. */
  *training(): Generator<void> {
    this.#changes = 0;
    this.shop = new ShopRows();
    this.slots = [null];
    const items = [...this.items.values()];
    const texts: PreparedText[][] = [];
    for (const item of items) {
      texts.push(ownTexts(item));
      if (texts.length % 20 === 0) yield;
    }
    const aligned = this.options.borrows === false ? null : alignFaqs(texts);
    this.#prior = aligned?.prior ?? null;
    yield;
    for (const [at, item] of items.entries()) {
      const slot = this.slots.length;
      const claims = aligned?.claims[at] ?? [];
      this.slots.push(placeItem(this.shop, slot, item, texts[at] as PreparedText[], claims));
      if (at % 20 === 19) yield;
    }
    for (let i = 0; i < spareSlots; i += 1) this.slots.push(null);
    const taken = new Set(texts.flat().map(({ key }) => key));
    this.#background = backgroundFor(taken, this.options.background ?? "all").map((text) =>
      this.shop.add(noneSlot, "background", text),
    );
    yield;
    this.#reindex();
    yield;
    yield* this.#classifier.training(this.shop, this.#centres.vectors);
    yield* this.#classifier.trainingBlind(this.shop);
    const judged = yield* judgingShop(this.shop, this.items.size, (at, coverage) => {
      const text = (this.shop.rows[at] as Row).text;
      return this.scores(this.shop.vectors[at] as Vector, text.vector, coverage, at);
    });
    this.#classifier.settle();
    this.coefficients = fitCoefficients(judged);
  }

  /** Rough memory of the model's own arrays, in bytes; prepared corpus texts are shared by all shops. */
  get bytes(): number {
    const vectors = this.shop.vectors.reduce((sum, vector) => sum + vector.ids.byteLength * 4, 0);
    return this.#classifier.bytes + this.shop.bytes + vectors + this.shop.space.size * 40;
  }

  /** An item's place, or -1. */
  slotOf(id: string): number {
    return this.slots.findIndex((slot) => slot?.item.id === id);
  }

  /** Adds an item or replaces the one with its id. Takes some tens of milliseconds; live when it returns. */
  set(item: MatcherItem): void {
    const known = this.slotOf(item.id);
    this.items.set(item.id, item);
    const free = known >= 1 ? known : this.slots.indexOf(null, 1);
    if (free < 1 || this.#needsFreshStart()) {
      this.#trainAll();
      return;
    }
    if (known >= 1) this.#forget(known);
    const texts = ownTexts(item);
    this.slots[free] = placeItem(this.shop, free, item, texts, this.#alignOne(free, texts));
    this.#reindex();
    this.#classifier.learn(this.shop, this.#centres.vectors, free);
  }

  /** Removes an item; false when it was not there. */
  remove(id: string): boolean {
    if (!this.items.delete(id)) return false;
    const slot = this.slotOf(id);
    if (this.#needsFreshStart()) {
      this.#trainAll();
      return true;
    }
    this.#forget(slot);
    this.#classifier.close(slot);
    this.#reindex();
    return true;
  }

  /** What every part says about every item. `leaveOut`: a row whose text is judged, -1 for a message. */
  scores(sparse: Vector, dense: Float32Array, coverage: number, leaveOut = -1): Scores {
    const centre = this.#centres.cosines(dense, leaveOut);
    const classifier = this.#classifier;
    return {
      ...compareWithRows(this.shop, sparse, dense, centre, leaveOut),
      probability: (leaveOut < 0
        ? classifier.predict(sparse, dense)
        : classifier.predictBlind(sparse, dense)
      ).slice(),
      centre,
      bridge: this.#bridge?.read(dense) ?? new Float32Array(this.slots.length),
      coverage,
      items: this.items.size,
      counts: this.#centres.counts,
    };
  }

  #needsFreshStart(): boolean {
    this.#changes += 1;
    return this.#changes > Math.max(10, this.items.size / 3);
  }

  #trainAll(): void {
    for (const _ of this.training());
  }

  /** Aligns one item beside all others, whose claims stand. */
  #alignOne(slot: number, texts: PreparedText[]): Alignment[] {
    if (this.options.borrows === false) return [];
    const others = this.slots.flatMap((other, at) =>
      other === null || at === slot
        ? []
        : [other.rows.filter(({ kind }) => kind === "own").map(({ text }) => text)],
    );
    return alignFaqs([texts, ...others]).claims[0] ?? [];
  }

  #forget(slot: number): void {
    this.shop.forget(this.slots[slot]?.rows ?? []);
    this.slots[slot] = null;
  }

  #reindex(): void {
    const rowsOf = this.slots.map((slot) => slot?.rows ?? []);
    this.shop.rebuild([...rowsOf.flat(), ...this.#background], this.slots.length);
    this.#centres = new Centres(rowsOf, this.shop);
    if (this.#prior === null) return;
    const claims = new Map<number, number[]>();
    this.slots.forEach((slot, at) => {
      for (const intent of slot?.intents ?? []) claims.set(intent, [...(claims.get(intent) ?? []), at]);
    });
    this.#bridge = new Bridge(this.#prior, claims, this.#centres.vectors);
  }
}
