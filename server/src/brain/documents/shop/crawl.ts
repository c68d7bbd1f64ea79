// What is needed of a crawler, and the one in use.

import type { GuardedFetch } from "../../../platform/net/index.ts";
import type { ReadProblem, ReadSection } from "../read/index.ts";

export interface CrawlOptions {
  start: URL;
  mostPages: number;
  /** Links to follow from the first page; 0 reads only that. */
  depth: number;
  fetch: GuardedFetch;
  signal: AbortSignal;
  respectsRobots: true;
}

export type CrawledPage =
  | { url: string; title: string; sections: readonly ReadSection[] }
  | { url: string; problem: ReadProblem };

export async function* crawlSite({ start }: CrawlOptions): AsyncGenerator<CrawledPage> {
  yield { url: start.href, problem: { code: "feature/off" } };
}
