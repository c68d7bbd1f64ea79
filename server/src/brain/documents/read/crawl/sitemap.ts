/**
 * The pages that a site lists itself: sitemap.xml, packed or not, an index of several, a plain list of addresses.
 */
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { GuardedFetch } from "../../../../platform/net/index.ts";
import { decodeText } from "../decode-text.ts";
import { pageAddress } from "./addresses.ts";

const unpack = promisify(gunzip);
const mostFiles = 40;
const mostBytes = 30 * 1_024 * 1_024;
const deepest = 2;
const longestAddress = 2_048;

/**
 * In:  where to look, most of them guesses: a sitemap that is missing or broken is no problem, links are followed anyway.
 * Out: at most `mostPages` addresses of the same origin, each once.
 */
export async function fetchSitemaps(
  fetch: GuardedFetch,
  purpose: string,
  {
    files,
    origin,
    mostPages,
    signal,
  }: { files: readonly string[]; origin: string; mostPages: number; signal: AbortSignal },
): Promise<URL[]> {
  const pages = new Map<string, URL>();
  const seen = new Set<string>();
  const waiting = files.map((file) => ({ file, depth: 0 }));
  for (const { file, depth } of waiting) {
    if (seen.size >= mostFiles || pages.size >= mostPages) break;
    if (!URL.canParse(file, origin)) continue;
    const url = new URL(file, origin);
    if (url.origin !== origin || seen.has(url.href)) continue;
    seen.add(url.href);
    const text = await fetchText(fetch, purpose, url, signal);
    const isIndex = /<(?:\w+:)?sitemapindex\b/iu.test(text.slice(0, 5_000));
    for (const listed of addressesIn(text)) {
      if (isIndex && depth < deepest) waiting.push({ file: listed, depth: depth + 1 });
      const page = isIndex ? null : pageAddress(listed, url, origin);
      if (page !== null) pages.set(page.href, page);
      if (pages.size >= mostPages) break;
    }
  }
  return [...pages.values()];
}

async function fetchText(
  fetch: GuardedFetch,
  purpose: string,
  url: URL,
  signal: AbortSignal,
): Promise<string> {
  try {
    const reply = await fetch(purpose, url, { signal });
    if (!reply.isOk) {
      await reply.discard();
      return "";
    }
    const bytes = await reply.bytes();
    const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
    return decodeText(isPacked ? await unpack(bytes, { maxOutputLength: mostBytes }) : bytes).text;
  } catch {
    signal.throwIfAborted();
    return "";
  }
}

/** The <loc> of a sitemap, or the lines of a plain list. */
export function addressesIn(text: string): string[] {
  if (!text.includes("<"))
    return text
      .split(/\s+/u)
      .filter((line) => /^https?:\/\//iu.test(line))
      .slice(0, 50_000);
  const found: string[] = [];
  // no part of it can begin where another one does: whatever a site sends, it is read in one pass
  for (const [, plain = "", packed = ""] of text.matchAll(
    /<(?:\w{1,20}:)?loc>([^<]{0,3000})(?:<!\[CDATA\[([^<\]]{0,3000})\]\]>[^<]{0,100})?<\/(?:\w{1,20}:)?loc>/giu,
  )) {
    const inside = plain.trim() || packed.trim();
    if (inside === "" || inside.length > longestAddress) continue;
    found.push(unescaped(inside));
    if (found.length === 50_000) break;
  }
  return found;
}

function unescaped(text: string): string {
  const names: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
  return text.replace(
    /&(amp|lt|gt|quot|apos);/giu,
    (whole, name: string) => names[name.toLowerCase()] ?? whole,
  );
}
