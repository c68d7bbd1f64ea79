// Reads what a document is made of: its file, or the pages behind its address. Gives sections; keeps only the pages of a
// site, for the next reading and for one that was interrupted.

import type { DocumentProblem } from "@yingda/contract";
import type { Ctx } from "../../../platform/context.ts";
import { transact } from "../../../platform/db/index.ts";
import { AppError } from "../../../platform/errors.ts";
import type { Section } from "../cut/cut-passages.ts";
import { type CrawledPage, crawlSite, type ReadProblem, readDocument } from "../read/index.ts";
import type { DocumentRow } from "./document-store.ts";
import { type KeptPage, keepPage, listEarlierPages, seePage } from "./page-store.ts";
import type { ReadingRef } from "./reading-store.ts";

export interface SourceRead {
  /** As the document calls itself; "" where it does not. */
  title: string;
  pages: number;
  sections: Section[];
  problems: DocumentProblem[];
}

export interface HowToRead {
  signal: AbortSignal;
  onProgress: (done: number, total: number) => void;
}

/** Told to the owner; more of one kind say nothing new. */
const mostProblems = 100;

/** @throws AppError when nothing of it can be read; the signal's reason when it aborts */
export async function readSource(ctx: Ctx, row: DocumentRow, how: HowToRead): Promise<SourceRead> {
  const read = row.url === null ? await readFile(ctx, row, how) : await readSite(ctx, row, row.url, how);
  return { ...read, problems: read.problems.slice(0, mostProblems) };
}

async function readFile(ctx: Ctx, row: DocumentRow, { signal, onProgress }: HowToRead): Promise<SourceRead> {
  const opened = row.media_id === null ? undefined : await ctx.media.open(ctx.tenantId, row.media_id);
  if (opened === undefined) throw new AppError("document/no-original");
  const parts: Uint8Array[] = [];
  for await (const part of opened.body) parts.push(part);
  const file = { name: row.file_name ?? "", type: row.file_type ?? "", bytes: Buffer.concat(parts) };
  const { title, pages, sections, problems } = await readDocument(file, { signal, onProgress });
  return { title, pages, sections, problems: problems.map((problem) => presentProblem(problem, null)) };
}

/** One page after the other; a page that cannot be read is a problem, unless none can. */
async function readSite(
  ctx: Ctx,
  row: DocumentRow,
  url: string,
  { signal, onProgress }: HowToRead,
): Promise<SourceRead> {
  const isPage = row.kind === "page";
  const start = new URL(url);
  const mostPages = row.most_pages;
  const pages: KeptPage[] = [];
  const problems: DocumentProblem[] = [];
  let isAnswering = false;
  const { fetch, tenantId } = ctx;
  const reading = { documentId: row.id, run: row.run };
  const known = await transact(ctx, (tx) => listEarlierPages(tx, tenantId, reading));
  const earlier = (at: string) => known.get(at);
  const walk = crawlSite({
    start,
    mostPages,
    depth: row.depth,
    fetch,
    signal,
    respectsRobots: true,
    earlier,
  });
  for await (const page of walk) {
    signal.throwIfAborted();
    if ("problem" in page) {
      // nobody asked for more than the one page
      if (!isPage || page.problem.code !== "pages-not-visited")
        problems.push(presentProblem(page.problem, page.url));
      // a site that went away in the middle: what was read of it before is better than its first half
      if (page.problem.code === "site-gave-up" && row.read_at !== null)
        throw new SourceUnreadable(presentProblem(page.problem, page.url));
      const kept = page.stillHolds ? await seenPage(ctx, reading, page.url) : undefined;
      if (kept !== undefined) pages.push(kept);
    } else {
      isAnswering = true;
      const kept = await keptPage(ctx, reading, page);
      if (kept === undefined) continue;
      pages.push(kept);
      problems.push(...kept.problems.map((problem) => presentProblem(problem, kept.url)));
    }
    onProgress(Math.min(mostPages, pages.length + problems.length), mostPages);
  }
  const [first] = pages;
  if (first === undefined || !isAnswering)
    throw new SourceUnreadable(problems[0] ?? presentProblem({ code: "document/no-text" }, start.href));
  return {
    title: first.title,
    pages: pages.length,
    sections: pages.flatMap(({ url: at, title, sections }) =>
      sections.map(({ heading, text }) => ({
        page: null,
        url: at,
        heading: under(title, heading, isPage),
        text,
      })),
    ),
    problems,
  };
}

/** A page that was read is written down; one that has not changed is taken from there. */
function keptPage(
  ctx: Ctx,
  reading: ReadingRef,
  page: Exclude<CrawledPage, { problem: ReadProblem }>,
): Promise<KeptPage | undefined> {
  return transact(ctx, async (tx) => {
    if (!("sections" in page)) return seePage(tx, ctx.tenantId, reading, page.url);
    await keepPage(tx, ctx.tenantId, reading, page);
    return page;
  });
}

function seenPage(ctx: Ctx, reading: ReadingRef, url: string): Promise<KeptPage | undefined> {
  return transact(ctx, (tx) => seePage(tx, ctx.tenantId, reading, url));
}

/** A site's pages are told apart by their titles, which stand above all their headings. */
function under(title: string, heading: readonly string[], isPage: boolean): readonly string[] {
  return isPage || title === "" || heading[0] === title ? heading : [title, ...heading];
}

function presentProblem({ code, values = {}, page }: ReadProblem, url: string | null): DocumentProblem {
  return { code, values, page: page ?? null, url };
}

/** No page of a site could be read: the reason of the first one. */
export class SourceUnreadable extends Error {
  readonly problem: DocumentProblem;

  constructor(problem: DocumentProblem) {
    super(problem.code);
    this.name = "SourceUnreadable";
    this.problem = problem;
  }
}
