/**
 * What a site's robots.txt allows us (RFC 9309). A site without one allows everything; one that fails to answer allows
 * nothing (2.3.1).
 */
import type { GuardedFetch } from "../../../../platform/net/index.ts";
import { decodeText } from "../decode-text.ts";
import type { ReadProblem } from "../model.ts";
import { problemOfError } from "./crawl-problems.ts";

export interface Robots {
  allows(url: URL): boolean;
  /** What the site asks to wait between two pages. */
  pauseMs: number;
  sitemaps: string[];
}

/** The name that sites address us by, in lower case. */
const ourName = "yingda";
const longestPauseMs = 10_000;
const mostLines = 20_000;

/** @returns a problem when the site does not answer at all, or answers that it cannot */
export async function fetchRobots(
  fetch: GuardedFetch,
  purpose: string,
  origin: string,
  signal: AbortSignal,
): Promise<Robots | ReadProblem> {
  try {
    const reply = await fetch(purpose, new URL("/robots.txt", origin), { maxBytes: 512_000, signal });
    if (reply.isOk) return parseRobots(decodeText(await reply.bytes()).text);
    await reply.discard();
    return reply.status >= 500 ? { code: "robots-unreachable" } : parseRobots("");
  } catch (error) {
    signal.throwIfAborted();
    return problemOfError(error);
  }
}

interface Rule {
  path: string;
  isAllowed: boolean;
}

interface Group {
  names: string[];
  rules: Rule[];
  delay: number;
}

export function parseRobots(text: string): Robots {
  const { groups, sitemaps } = groupsOf(text);
  const named = groups.filter(({ names }) => names.includes(ourName));
  const ours = named.length > 0 ? named : groups.filter(({ names }) => names.includes("*"));
  const rules = ours.flatMap((group) => group.rules);
  const delay = Math.max(0, ...ours.map((group) => group.delay));
  return {
    allows: (url) => url.pathname === "/robots.txt" || isAllowed(rules, url.pathname + url.search),
    pauseMs: Math.min(longestPauseMs, delay * 1_000),
    sitemaps,
  };
}

function groupsOf(text: string): { groups: Group[]; sitemaps: string[] } {
  const groups: Group[] = [];
  const sitemaps: string[] = [];
  let isNaming = false;
  for (const line of text.split(/[\r\n]+/u, mostLines)) {
    const [said = ""] = line.split("#", 1);
    const colon = said.indexOf(":");
    const key = said.slice(0, Math.max(0, colon)).trim().toLowerCase();
    const value = said.slice(colon + 1).trim();
    if (key === "sitemap") sitemaps.push(value);
    else if (key === "user-agent") {
      if (!isNaming) groups.push({ names: [], rules: [], delay: 0 });
      groups.at(-1)?.names.push(value.toLowerCase().replace(/[^a-z_*-].*$/u, ""));
      isNaming = true;
    } else if (key === "allow" || key === "disallow") {
      isNaming = false;
      if (value !== "") groups.at(-1)?.rules.push({ path: value, isAllowed: key === "allow" });
    } else if (key === "crawl-delay") {
      isNaming = false;
      const group = groups.at(-1);
      if (group !== undefined && Number(value) > 0) group.delay = Number(value);
    }
  }
  return { groups, sitemaps };
}

/** The longest rule that fits decides; of equal ones the one that allows. */
function isAllowed(rules: readonly Rule[], path: string): boolean {
  const plain = decoded(path);
  let best: Rule | null = null;
  for (const rule of rules) {
    if (!fits(decoded(rule.path), plain)) continue;
    const longer = best === null || rule.path.length > best.path.length;
    if (longer || (rule.path.length === best?.path.length && rule.isAllowed)) best = rule;
  }
  return best?.isAllowed ?? true;
}

/** "*" stands for anything, "$" at the end for the end. Never looks back over a part that fitted: no pattern is slow. */
function fits(pattern: string, path: string): boolean {
  const isWhole = pattern.endsWith("$");
  const parts = (isWhole ? pattern.slice(0, -1) : pattern).split("*");
  const [first = "", ...rest] = parts;
  if (!path.startsWith(first)) return false;
  let at = first.length;
  for (const [place, part] of rest.entries()) {
    if (isWhole && place === rest.length - 1) return path.length - part.length >= at && path.endsWith(part);
    const found = path.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return !isWhole || at === path.length;
}

/** "%E9%80%80" and "退" are the same path. */
function decoded(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}
