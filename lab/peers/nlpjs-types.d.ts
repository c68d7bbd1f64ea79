// The little of NLP.js that the peer lab uses; its packages bring no types.

declare module "@nlpjs/core" {
  export interface Container {
    use(plugin: unknown): void;
  }
  export function containerBootstrap(): Promise<Container>;
}
declare module "@nlpjs/lang-en" {
  export const LangEn: unknown;
}
declare module "@nlpjs/lang-zh" {
  export const LangZh: unknown;
}
declare module "@nlpjs/nlu" {
  import type { Container } from "@nlpjs/core";

  export const NluNeural: unknown;
  export class NluManager {
    constructor(settings: { container: Container; locales: string[]; trainByDomain: boolean });
    add(locale: string, utterance: string, intent: string): void;
    train(settings: { log: boolean }): Promise<void>;
    process(
      locale: string,
      utterance: string,
    ): Promise<{ classifications: { intent: string; score: number }[] }>;
  }
}
