// A shop's knowledge with an embedding model: teaches the matcher the vectors of the shop's phrasings in the background,
// and fetches those of a turn's texts before it is decided. The engine answers alone until vectors are there, and whenever
// they are not. Made by knowledge-cache.ts for tenants that chose a model, and for no others.

import { embedPhrasings, type Matcher, type NormalisedText, textToEmbed } from "@yingda/language";
import type { Log } from "../../platform/log.ts";

/** What is needed of inference's embedder. */
export interface PhrasingEmbedder {
  embedMessage(texts: readonly string[]): Promise<Float32Array[] | null>;
  embedAll(texts: readonly string[]): Promise<Float32Array[]>;
}

export type TurnVectors = ReadonlyMap<string, Float32Array>;

/** After a failure the phrasings are tried again at the first turn after this. */
const againAfterMs = 60_000;

export class PhrasingVectors {
  readonly #matcher: Matcher;
  readonly #embedder: PhrasingEmbedder;
  readonly #log: Log;
  readonly #elapsedMs: () => number;
  #teaching: Promise<void> | null = null;
  #failedMs: number | null = null;

  constructor(matcher: Matcher, embedder: PhrasingEmbedder, log: Log, elapsedMs: () => number) {
    this.#matcher = matcher;
    this.#embedder = embedder;
    this.#log = log;
    this.#elapsedMs = elapsedMs;
  }

  /** Fetches the vectors that the matcher lacks; resolves when it has them or the model failed. Never throws. */
  async teach(): Promise<void> {
    await this.#teaching;
    if (this.#matcher.textsToEmbed.length === 0) return;
    this.#teaching ??= embedPhrasings(this.#matcher, (texts) => this.#embedder.embedAll(texts))
      .then(
        () => {
          this.#failedMs = null;
        },
        (error: unknown) => {
          this.#failedMs = this.#elapsedMs();
          this.#log.warn({ err: error }, "phrasings not embedded");
        },
      )
      .finally(() => {
        this.#teaching = null;
      });
    await this.#teaching;
  }

  /** Vectors by text; empty when the model is too slow or down. Never throws. */
  async ofTurn(messages: readonly (string | NormalisedText)[]): Promise<TurnVectors> {
    if (this.#failedMs !== null && this.#elapsedMs() - this.#failedMs > againAfterMs) void this.teach();
    const texts = [...new Set(messages.map(textToEmbed))].filter((text) => text.trim() !== "");
    const vectors = texts.length === 0 ? null : await this.#embedder.embedMessage(texts);
    return new Map(vectors?.map((vector, at) => [texts[at] as string, vector]) ?? []);
  }
}
