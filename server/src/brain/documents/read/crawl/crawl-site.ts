/**
 * Walks a shop's site page by page, politely: one at a time with a pause, robots.txt respected, the same origin only.
 * Pages that the site lists itself and those under the start's folder come first. Ends by itself; a page that fails is told
 * and the walk goes on.
 */
import { setTimeout as pause } from "node:timers/promises";
import type { GuardedFetch } from "../../../../platform/net/index.ts";
import type { ReadProblem, ReadSection } from "../model.ts";
import { isInFolder, pageAddress, plainAddress } from "./addresses.ts";
import { type EarlierVisit, type FetchedPage, fetchPage, type PageOutcome } from "./fetch-page.ts";
import { fetchRobots, type Robots } from "./robots.ts";
import { fetchSitemaps } from "./sitemap.ts";

export interface ReadPage {
  url: string;
  title: string;
  sections: ReadSection[];
  /** Pages of the same site that it links to. */
  links: string[];
  problems: ReadProblem[];
  /** Equal as long as what was read is equal. */
  hash: string;
  etag: string | null;
  lastModified: string | null;
}

/** Asked before (`earlier`), and the same as then; its links are those that were handed in. */
export interface UnchangedPage {
  url: string;
  isUnchanged: true;
}

/** What is known of a page before it is asked for. */
export interface EarlierPage extends EarlierVisit {
  /** Pages of the same site that it linked to. */
  links: readonly string[];
  /** Of what was read then. */
  hash: string;
  /** This very walk has read it, before it was interrupted: it is not asked for again. */
  isRead: boolean;
}

export interface FailedPage {
  url: string;
  problem: ReadProblem;
  /** The site was busy or away for a moment: what was read of the page before still holds. */
  stillHolds?: true;
}

export type CrawledPage = ReadPage | UnchangedPage | FailedPage;

export interface CrawlOptions {
  start: URL;
  mostPages: number;
  /** Links to follow from the start; 0 reads only that, without looking at the site's list of pages. Default: any number. */
  depth?: number;
  fetch: GuardedFetch;
  signal: AbortSignal;
  respectsRobots: true;
  /** What the operator's exceptions for private addresses name. Default "site". */
  purpose?: string;
  /** Between two pages. Default 250; the site may ask for more. */
  pauseMs?: number;
  /** What the last visit left of a page, for asking only whether it changed. */
  earlier?: (url: string) => EarlierPage | undefined;
  onProgress?: (done: number, known: number) => void;
}

const usualPauseMs = 250;
/** The longest wait that a busy site may ask for; one that wants more is told as busy. */
const longestRetryMs = 20_000;
/** A site that is down is not asked for every page. */
const mostFailuresInARow = 8;
const mostWaiting = 20_000;
const passing = new Set(["site-unreachable", "page-timed-out", "site-busy"]);

/** @throws the reason of the signal when it aborts */
export async function* crawlSite(options: CrawlOptions): AsyncGenerator<CrawledPage> {
  const { fetch, signal, mostPages, purpose = "site" } = options;
  const start = plainAddress(options.start);
  const robots = await fetchRobots(fetch, purpose, start.origin, signal);
  if ("code" in robots) {
    yield { url: start.href, problem: robots };
    return;
  }
  const walk = new Walk(options, start, robots);
  if (options.depth === 0) {
    yield* walk.pages();
    return;
  }
  const files = [...robots.sitemaps, "/sitemap.xml", "/sitemap_index.xml"];
  walk.expect(
    await fetchSitemaps(fetch, purpose, { files, origin: start.origin, mostPages: mostPages * 4, signal }),
  );
  yield* walk.pages();
}

function isPassing({ code, values }: ReadProblem): boolean {
  return passing.has(code) || (code === "page-failed" && Number(values?.["status"]) >= 500);
}

class Walk {
  readonly #options: CrawlOptions;
  readonly #start: URL;
  readonly #robots: Robots;
  /** How many links each address is away from the start. */
  readonly #known = new Map<string, number>();
  readonly #hashes = new Set<string>();
  /** First what lies in the start's folder, then the rest. */
  readonly #near: URL[] = [];
  readonly #far: URL[] = [];
  #visited = 0;
  #told = 0;
  #failures = 0;

  constructor(options: CrawlOptions, start: URL, robots: Robots) {
    this.#options = options;
    this.#start = start;
    this.#robots = robots;
    this.#known.set(start.href, 0);
    this.#near.push(start);
  }

  /** `away`: links from the start. What the site lists itself is one away. */
  expect(urls: readonly URL[], away = 1): void {
    if (away > (this.#options.depth ?? Number.POSITIVE_INFINITY)) return;
    for (const url of urls) {
      if (this.#known.has(url.href) || this.#known.size >= mostWaiting) continue;
      this.#known.set(url.href, away);
      (isInFolder(url, this.#start) ? this.#near : this.#far).push(url);
    }
  }

  async *pages(): AsyncGenerator<CrawledPage> {
    for (let url = this.#next(); url !== undefined; url = this.#next()) {
      if (this.#told >= this.#options.mostPages) {
        const left = this.#near.length + this.#far.length + 1;
        yield { url: this.#start.href, problem: { code: "pages-not-visited", values: { count: left } } };
        return;
      }
      const told = await this.#visit(url);
      this.#options.onProgress?.(this.#told, Math.min(this.#known.size, this.#options.mostPages));
      if (told !== null) yield told;
      if (this.#failures >= mostFailuresInARow) {
        yield { url: this.#start.href, problem: { code: "site-gave-up" } };
        return;
      }
    }
  }

  #next(): URL | undefined {
    return this.#near.shift() ?? this.#far.shift();
  }

  /** @returns null for what was told already under another address */
  async #visit(url: URL): Promise<CrawledPage | null> {
    if (!this.#robots.allows(url)) {
      // Pages that nobody asked for by name are left alone in silence, as the site wants.
      return url.href === this.#start.href ? { url: url.href, problem: { code: "robots-refused" } } : null;
    }
    const earlier = this.#options.earlier?.(url.href);
    if (earlier?.isRead) return this.#passOver(url, earlier);
    const outcome = await this.#fetch(url);
    this.#failures = outcome.kind === "problem" && passing.has(outcome.problem.code) ? this.#failures + 1 : 0;
    if (outcome.kind === "page") return this.#take({ ...outcome, asked: url });
    if (outcome.kind === "unchanged" && earlier !== undefined) return this.#passOver(url, earlier);
    this.#told += 1;
    const problem =
      outcome.kind === "problem" ? outcome.problem : { code: "page-failed", values: { status: 304 } };
    if (earlier === undefined || !isPassing(problem)) return { url: url.href, problem };
    this.#follow(earlier.links, url, url);
    return { url: url.href, problem, stillHolds: true };
  }

  /** @returns null where the same text was told under another address */
  #passOver(url: URL, { links, hash }: EarlierPage): CrawledPage | null {
    this.#follow(links, url, url);
    if (this.#hashes.has(hash)) return null;
    this.#hashes.add(hash);
    this.#told += 1;
    return { url: url.href, isUnchanged: true };
  }

  async #fetch(url: URL): Promise<PageOutcome> {
    const { fetch, signal, purpose = "site", earlier } = this.#options;
    const request = {
      fetch,
      purpose,
      signal,
      earlier: earlier?.(url.href),
      allows: (to: URL) => this.#robots.allows(to),
    };
    await this.#rest();
    const outcome = await fetchPage(url, request);
    const waitMs = outcome.kind === "problem" ? (outcome.retryAfterMs ?? 0) : 0;
    if (waitMs === 0 || waitMs > longestRetryMs) return outcome;
    await pause(waitMs, undefined, { signal });
    return fetchPage(url, request);
  }

  async #rest(): Promise<void> {
    const { signal, pauseMs = usualPauseMs } = this.#options;
    signal.throwIfAborted();
    const waitMs = Math.max(pauseMs, this.#robots.pauseMs);
    if (this.#visited > 0 && waitMs > 0) await pause(waitMs, undefined, { signal });
    this.#visited += 1;
  }

  #take(page: FetchedPage & { asked: URL }): CrawledPage | null {
    const { facts } = page;
    const base =
      facts?.base && URL.canParse(facts.base, page.url.href) ? new URL(facts.base, page.url) : page.url;
    const links = facts === null || !facts.isFollowed ? [] : this.#follow(facts.links, base, page.asked);
    if (facts?.refresh) this.#follow([facts.refresh], base, page.asked);
    const canonical = facts?.canonical ? pageAddress(facts.canonical, base, this.#start.origin) : null;
    const url = (canonical ?? page.url).href;
    const isNew = url === page.url.href || !this.#known.has(url);
    if (!this.#known.has(url)) this.#known.set(url, this.#known.get(page.url.href) ?? 0);
    if (page.sections.length === 0) {
      if (facts?.refresh) return null;
      this.#told += 1;
      return { url, problem: { code: "page-empty" } };
    }
    // The named page is waiting to be visited itself, or the same text was told under another address.
    if (!isNew || this.#hashes.has(page.hash)) return null;
    this.#hashes.add(page.hash);
    this.#told += 1;
    const { title, sections, problems, hash, etag, lastModified } = page;
    return { url, title, sections, links, problems, hash, etag, lastModified };
  }

  /** @returns the addresses that are pages of this site */
  #follow(links: readonly string[], base: URL, from: URL): string[] {
    const urls = links
      .map((link) => pageAddress(link, base, this.#start.origin))
      .filter((url) => url !== null);
    this.expect(urls, (this.#known.get(from.href) ?? 0) + 1);
    return [...new Set(urls.map((url) => url.href))];
  }
}
