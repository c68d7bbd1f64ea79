// From what the corpus takes a message for to the shop's items: an intent that an item claims speaks for it whole, any other
// intent speaks for the items nearest to it ("not shipped yet" for 多久发货 where nothing nearer is there), and the less the
// farther it is from all of them. What no shop answers (the weather, a joke) is said to every shop and speaks for nobody.
// Used by matcher.ts.

import { intentCosines, intentProbabilities, weighByPrior } from "./alignment.ts";
import { outsideGroup } from "./corpus.ts";
import { dotRow, type Wide } from "./dot.ts";
import { shippedEncoder } from "./encoder.ts";
import { noneSlot } from "./shop-rows.ts";

/** How sharply an unclaimed intent prefers its nearest item. */
const preference = 12;
/** Cosine of intent and item from which on the intent speaks for it at all, and from which on it does so fully. */
const nearFrom = 0.4;
const nearTo = 0.75;
const unclaimedShare = 0.85;
const negligible = 2e-3;
/** Multiplications of one piece of building. */
const productsAtOnce = 3e6;

export class Bridge {
  readonly #slots: number;
  readonly #prior: Float32Array;
  /** What each intent says for each slot: `slots` numbers an intent. */
  readonly #speaks: Float32Array;

  private constructor(prior: Float32Array, slots: number) {
    this.#slots = slots;
    this.#prior = prior;
    this.#speaks = new Float32Array(shippedEncoder().intents.length * slots);
  }

  /**
   * Builds one in pieces of a few milliseconds.
   *
   * `claims`: slots that claim each intent. `centres`: one unit vector per slot, zero for an empty one.
   */
  static *building(
    prior: Float32Array,
    claims: ReadonlyMap<number, readonly number[]>,
    centres: Wide,
  ): Generator<void, Bridge> {
    const { dims, intents, prototypes } = shippedEncoder();
    const slots = centres.length / dims;
    const isOutside = (intent: number) => (intents[intent] as string).startsWith(`${outsideGroup}.`);
    const bridge = new Bridge(
      prior.map((expected, intent) => (isOutside(intent) ? 1 : expected)),
      slots,
    );
    const intentsAtOnce = Math.max(1, Math.floor(productsAtOnce / (slots * dims)));
    for (let intent = 0; intent < intents.length; intent += 1) {
      const own = bridge.#speaks.subarray(intent * slots, (intent + 1) * slots);
      const claimants = claims.get(intent);
      if (claimants !== undefined) for (const slot of claimants) own[slot] = 1;
      else if (!isOutside(intent))
        spread(prototypes.subarray(intent * dims, (intent + 1) * dims), centres, own);
      if (intent % intentsAtOnce === intentsAtOnce - 1) yield;
    }
    return bridge;
  }

  /** Probability per slot by the corpus alone; slot 0: of what no item is near to. */
  read(dense: Wide): Float32Array {
    const found = new Float32Array(this.#slots);
    const probabilities = weighByPrior(intentProbabilities(intentCosines(dense)), this.#prior);
    let spoken = 0;
    for (let intent = 0; intent < probabilities.length; intent += 1) {
      const probability = probabilities[intent] as number;
      if (probability < negligible) continue;
      const start = intent * this.#slots;
      for (let slot = noneSlot + 1; slot < this.#slots; slot += 1) {
        const share = probability * (this.#speaks[start + slot] as number);
        found[slot] = (found[slot] as number) + share;
        spoken += share;
      }
    }
    found[noneSlot] = Math.max(0, 1 - spoken);
    return found;
  }
}

function spread(prototype: Wide, centres: Wide, into: Float32Array): void {
  let nearest = -1;
  for (let slot = noneSlot + 1; slot < into.length; slot += 1) {
    const sum = dotRow(prototype, centres, slot);
    into[slot] = sum;
    if (sum > nearest) nearest = sum;
  }
  const gate = unclaimedShare * Math.max(0, Math.min(1, (nearest - nearFrom) / (nearTo - nearFrom)));
  let total = 0;
  for (let slot = noneSlot + 1; slot < into.length; slot += 1) {
    const value = into[slot] === 0 ? 0 : Math.exp(preference * ((into[slot] as number) - nearest));
    into[slot] = value;
    total += value;
  }
  for (let slot = noneSlot + 1; slot < into.length; slot += 1)
    into[slot] = total > 0 ? (gate * (into[slot] as number)) / total : 0;
}
