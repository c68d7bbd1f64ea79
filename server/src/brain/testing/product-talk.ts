// Conversations about products in tests: line by line through decide, with state and history kept as turns keeps them.

import {
  type FlowState,
  type ProductDraft,
  type ProductId,
  productDraft,
  type TurnDecision,
  type TurnInput,
} from "@yingda/contract";
import { textOfAction } from "../ask.ts";
import { ShopKnowledge } from "../knowledge/knowledge.ts";
import { knownProducts, type PrintedCode } from "../products/known-products.ts";
import { decideOn } from "./turns.ts";

export type GivenProduct = { name: string } & { [Key in keyof ProductDraft]?: unknown };

/** A shop of these products (ids "p1", "p2" …) and no FAQs, or with the knowledge given. */
export function shopOf(
  given: readonly GivenProduct[],
  printed: Record<string, { product: string; batch: string }> = {},
  knowledge = new ShopKnowledge([], new Map()),
): ShopKnowledge {
  const products = given.map((draft, at) => ({
    ...productDraft.parse(draft),
    id: `p${at + 1}` as ProductId,
    checkedOn: "2026-11-21",
  }));
  knowledge.useProducts(knownProducts(products, new Map(Object.entries(printed) as [string, PrintedCode][])));
  return knowledge;
}

export class ProductTalk {
  state: FlowState | null = null;
  readonly #shop: ShopKnowledge;
  readonly #history: TurnInput["history"] = [];
  readonly #usual: Partial<TurnInput>;
  #misses = 0;

  constructor(shop: ShopKnowledge, usual: Partial<TurnInput> = {}) {
    this.#shop = shop;
    this.#usual = usual;
  }

  say(line: Parameters<typeof decideOn>[0], changes: Partial<TurnInput> = {}): TurnDecision {
    const decision = decideOn(
      line,
      {
        flowState: this.state,
        history: [...this.#history],
        turnsWithoutProgress: this.#misses,
        ...this.#usual,
        ...changes,
      },
      this.#shop,
    );
    const set = decision.actions.find((action) => action.kind === "set-flow-state");
    this.state = set?.kind === "set-flow-state" ? set.state : null;
    this.#misses = decision.outcome === "ask-back" ? this.#misses + 1 : 0;
    const text = typeof line === "string" ? line : "";
    this.#history.push({ author: "contact", text, faqSlug: null });
    this.#history.push({ author: "bot", text: saidIn(decision), faqSlug: decision.faq });
    return decision;
  }
}

export function saidIn({ actions }: TurnDecision): string {
  return actions
    .map(textOfAction)
    .filter((line) => line !== "")
    .join("\n");
}

export const reasonOf = ({ trace }: TurnDecision) => trace.at(-1)?.because.code;
