// What models cost, as data. Prices change and differ by region and hour: they are a beginning that an owner overwrites on
// the usage page, and the page says so. Money inside the server is whole millionths of a yuan.

import type { ModelPrice } from "@yingda/contract";

interface ListedPrice {
  /** Of "preset/model": the beginning that it must have. */
  model: string;
  price: ModelPrice;
  source: string;
}

/** The longest beginning that fits counts. */
const listed: readonly ListedPrice[] = [
  {
    model: "deepseek/",
    price: { input: 2, cachedInput: 0.5, output: 8 },
    source: "list price of deepseek-chat, 2025, per million tokens",
  },
  {
    model: "deepseek/deepseek-reasoner",
    price: { input: 4, cachedInput: 1, output: 16 },
    source: "list price of deepseek-reasoner, 2025, per million tokens",
  },
  { model: "ollama/", price: { input: 0, cachedInput: 0, output: 0 }, source: "runs in the own house" },
  { model: "vllm/", price: { input: 0, cachedInput: 0, output: 0 }, source: "runs in the own house" },
];

/** For a model without a price: rather too dear than too cheap, so that a budget stops in time. */
export const assumedPrice: ModelPrice = { input: 4, cachedInput: 1, output: 16 };

export interface PriceFound {
  price: ModelPrice;
  isAssumed: boolean;
}

/** The shop's own price first, then the listed one, then the assumed. */
export function priceOf(model: string, own: Readonly<Record<string, ModelPrice>>): PriceFound {
  const chosen = Object.hasOwn(own, model) ? own[model] : undefined;
  if (chosen !== undefined) return { price: chosen, isAssumed: false };
  const fitting = listed
    .filter((one) => model.startsWith(one.model))
    .sort((a, b) => b.model.length - a.model.length)[0];
  return fitting === undefined
    ? { price: assumedPrice, isAssumed: true }
    : { price: fitting.price, isAssumed: false };
}

interface Tokens {
  inputTokens: number;
  cachedInputTokens: number;
  outputTokens: number;
}

/** In millionths of a yuan: yuan per million tokens times tokens is just that. Rounded up, never below zero. */
export function costMicros({ input, cachedInput, output }: ModelPrice, tokens: Tokens): number {
  const cached = Math.min(tokens.cachedInputTokens, tokens.inputTokens);
  const micros = (tokens.inputTokens - cached) * input + cached * cachedInput + tokens.outputTokens * output;
  return Math.max(0, Math.ceil(micros));
}
