/**
 * One page of a site: fetched with its redirects followed by us, decoded, read into sections.
 */
import { createHash } from "node:crypto";
import type { GuardedFetch, GuardedResponse } from "../../../../platform/net/index.ts";
import { decodeText } from "../decode-text.ts";
import { type ReadProblem, type ReadSection, withinBounds } from "../model.ts";
import { readAny } from "../read-document.ts";
import { namedCharset, type PageFacts, readHtml } from "../read-html.ts";
import { isLoginAddress, plainAddress } from "./addresses.ts";
import { problemOfError, problemOfStatus } from "./crawl-problems.ts";

export const pageBytes = 5_000_000;
const mostRedirects = 5;
/** A larger page is read in a process of its own: reading this much takes a few milliseconds. */
const smallBytes = 150_000;
/** A page with a password field and less text than this is the way in, not what is behind it. */
const loginCharacters = 600;

/** What an earlier visit left, for asking whether the page has changed since. */
export interface EarlierVisit {
  etag?: string | null;
  lastModified?: string | null;
}

export interface FetchedPage {
  kind: "page";
  url: URL;
  title: string;
  sections: ReadSection[];
  problems: ReadProblem[];
  facts: PageFacts | null;
  /** SHA-256 of what was read: equal as long as the text is, whatever the markup does. */
  hash: string;
  etag: string | null;
  lastModified: string | null;
}

export type PageOutcome =
  | FetchedPage
  | { kind: "unchanged"; url: URL }
  | { kind: "problem"; url: URL; problem: ReadProblem; retryAfterMs?: number };

export interface PageRequest {
  fetch: GuardedFetch;
  purpose: string;
  signal: AbortSignal;
  earlier?: EarlierVisit | undefined;
  /** Whether a redirect may be followed there. */
  allows: (url: URL) => boolean;
}

/** @throws the reason of the signal when it aborts; everything else is an outcome */
export async function fetchPage(start: URL, request: PageRequest): Promise<PageOutcome> {
  const seen = new Set<string>();
  let url = start;
  for (;;) {
    seen.add(url.href);
    try {
      const reply = await ask(url, request);
      const location = reply.headers["location"];
      if (reply.status < 300 || reply.status >= 400 || reply.status === 304 || location === undefined)
        return await outcomeOf(url, reply, request);
      await reply.discard();
      const next = nextAddress(location, url, start, seen, request);
      if (!(next instanceof URL)) return { kind: "problem", url: start, problem: next };
      url = next;
    } catch (error) {
      request.signal.throwIfAborted();
      return { kind: "problem", url: start, problem: problemOfError(error) };
    }
  }
}

function ask(url: URL, { fetch, purpose, signal, earlier }: PageRequest): Promise<GuardedResponse> {
  const headers: Record<string, string> = {
    accept: "text/html, application/xhtml+xml, application/pdf;q=0.8, text/plain;q=0.7, */*;q=0.1",
  };
  if (earlier?.etag) headers["if-none-match"] = earlier.etag;
  if (earlier?.lastModified) headers["if-modified-since"] = earlier.lastModified;
  return fetch(purpose, url, { headers, signal, maxBytes: pageBytes, maxRedirects: 0 });
}

function nextAddress(
  location: string,
  from: URL,
  start: URL,
  seen: ReadonlySet<string>,
  request: PageRequest,
): URL | ReadProblem {
  if (!URL.canParse(location, from.href)) return { code: "page-failed", values: { status: 302 } };
  const next = plainAddress(new URL(location, from));
  if (isLoginAddress(next)) return { code: "login-needed" };
  if (seen.has(next.href)) return { code: "redirect-loop" };
  if (seen.size > mostRedirects) return { code: "too-many-redirects" };
  if (next.origin !== start.origin) return { code: "left-site", values: { host: next.host } };
  return request.allows(next) ? next : { code: "robots-refused" };
}

async function outcomeOf(url: URL, reply: GuardedResponse, request: PageRequest): Promise<PageOutcome> {
  if (reply.status === 304) {
    await reply.discard();
    return { kind: "unchanged", url };
  }
  if (!reply.isOk) {
    await reply.discard();
    const seconds = Number(reply.headers["retry-after"]);
    const wait = Number.isFinite(seconds) && seconds > 0 ? { retryAfterMs: seconds * 1_000 } : {};
    return { kind: "problem", url, problem: problemOfStatus(reply.status), ...wait };
  }
  const type = (reply.headers["content-type"] ?? "").toLowerCase();
  if (!/^(?:$|text\/(?:html|plain|markdown)|application\/(?:xhtml\+xml|pdf))/u.test(type)) {
    await reply.discard();
    return {
      kind: "problem",
      url,
      problem: { code: "not-a-page", values: { type: type.split(";")[0] ?? "" } },
    };
  }
  return readPage(url, await reply.bytes(), type, reply.headers, request.signal);
}

async function readPage(
  url: URL,
  bytes: Buffer,
  type: string,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<PageOutcome> {
  const read = await readBytes(url, bytes, type, signal);
  if ("code" in read) return { kind: "problem", url, problem: read };
  const { title, sections, problems, facts } = read;
  const characters = sections.reduce((sum, { text }) => sum + text.length, 0);
  if (facts?.hasPasswordField === true && characters < loginCharacters)
    return { kind: "problem", url, problem: { code: "login-needed" } };
  if (facts?.isKept === false) return { kind: "problem", url, problem: { code: "page-not-to-keep" } };
  const hash = createHash("sha256")
    .update(JSON.stringify([title, sections]))
    .digest("hex");
  const { etag = null, "last-modified": lastModified = null } = headers;
  return { kind: "page", url, title, sections, problems, facts, hash, etag, lastModified };
}

type PageText = { title: string; sections: ReadSection[]; problems: ReadProblem[]; facts: PageFacts | null };

async function readBytes(
  url: URL,
  bytes: Buffer,
  type: string,
  signal: AbortSignal,
): Promise<PageText | ReadProblem> {
  const name = decodedName(url);
  const isHtml = !/pdf|plain|markdown/u.test(type) && !bytes.subarray(0, 1_024).includes("%PDF-");
  const charset = /charset\s*=\s*"?([\w-]{2,20})/u.exec(type)?.[1] ?? null;
  if (isHtml && bytes.length <= smallBytes) {
    const { text } = decodeText(bytes, charset ?? namedCharset(bytes));
    const read = readHtml(text, { name, onProgress: () => {} });
    return { ...read, ...withinBounds(read.sections), facts: read.facts };
  }
  try {
    const ending = isHtml ? "html" : /pdf/u.test(type) ? "pdf" : "txt";
    const { facts = null, ...read } = await readAny({ name: `${name}.${ending}`, type, bytes }, { signal });
    return { ...read, facts };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Error && "code" in error && typeof error.code === "string")
      return { code: error.code.replace(/^document\//u, "file-") };
    throw error;
  }
}

/** What the page is called where it has no title: the last part of its address. */
function decodedName(url: URL): string {
  const last = url.pathname.split("/").filter(Boolean).at(-1) ?? url.host;
  try {
    return decodeURIComponent(last).replace(/\.\w{1,5}$/u, "");
  } catch {
    return last;
  }
}
