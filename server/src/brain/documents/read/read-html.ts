/**
 * A web page (or what mammoth makes of a Word file) into sections: its content without navigation, scripts and footers,
 * headings kept, tables as lines, lists with their marks. Also tells what a crawler asks: links, canonical address, login.
 *
 * One pass over the tags, no tree: a page of any depth costs what its length costs.
 */
import { Parser } from "htmlparser2";
import { type HtmlBlock, HtmlBlocks } from "./html-blocks.ts";
import { oneLine, type Reading, type ReadResult, type ReadSection } from "./model.ts";
import { SectionBuilder } from "./section-builder.ts";

export interface PageFacts {
  /** As they stand in the page, the first 5,000. */
  links: string[];
  /** The address that its <base> gives to relative links; null: the page's own. */
  base: string | null;
  canonical: string | null;
  hasPasswordField: boolean;
  /** What a robots meta tag asks: not to be kept, not to be followed. */
  isKept: boolean;
  isFollowed: boolean;
  /** Where a refresh sends the reader at once. */
  refresh: string | null;
  language: string | null;
}

/** The encoding that the page names in its first kilobytes. */
export function namedCharset(bytes: Uint8Array): string | null {
  const start = Buffer.from(bytes.subarray(0, 4_096)).toString("latin1");
  return (
    /<meta[^>]{1,200}?charset\s*=\s*["']?\s*([\w-]{2,20})/iu.exec(start)?.[1] ??
    /^\s*<\?xml[^>]{1,100}encoding\s*=\s*["']([\w-]{2,20})/iu.exec(start)?.[1] ??
    null
  );
}

export function readHtml(html: string, { name }: Reading): ReadResult & { facts: PageFacts } {
  const blocks = new HtmlBlocks();
  const parser = new Parser(
    {
      onopentag: (tag, attributes) => blocks.open(tag, attributes),
      ontext: (text) => blocks.text(text),
      onclosetag: (tag) => blocks.close(tag),
    },
    { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );
  parser.end(html);
  const found = blocks.end();
  const content = contentOf(found);
  const firstTitle = content.find(({ level }) => level === 1)?.text ?? "";
  const title = oneLine(firstTitle) || oneLine(blocks.title) || name;
  return { title, pages: 1, sections: sectionsOf(content), problems: [], facts: blocks.facts };
}

/** What stands in <main> or <article> when that is a fair part of the page; else everything beside the furniture. */
function contentOf(blocks: readonly HtmlBlock[]): HtmlBlock[] {
  const main = blocks.filter(({ isMain }) => isMain);
  const beside = blocks.filter(({ isBeside }) => !isBeside);
  const candidates =
    lengthOf(main) >= Math.min(140, lengthOf(beside) * 0.3) && main.length > 0 ? main : beside;
  const content = withoutLinkLists(candidates.length > 0 ? candidates : blocks);
  return content.length > 0 ? content : [...candidates];
}

function lengthOf(blocks: readonly HtmlBlock[]): number {
  return blocks.reduce((sum, { text }) => sum + text.length, 0);
}

/** Runs of three and more blocks that are links through and through are menus. */
function withoutLinkLists(blocks: readonly HtmlBlock[]): HtmlBlock[] {
  const isLink = blocks.map((block) => block.isLink);
  return blocks.filter((_, at) => {
    if (!isLink[at]) return true;
    let from = at;
    let to = at;
    while (isLink[from - 1] && at - from < 3) from -= 1;
    while (isLink[to + 1] && to - at < 3) to += 1;
    return to - from < 2;
  });
}

function sectionsOf(blocks: readonly HtmlBlock[]): ReadSection[] {
  const builder = new SectionBuilder();
  let list: string[] = [];
  const flush = () => {
    builder.block(list.join("\n"));
    list = [];
  };
  for (const { level, text, isItem } of blocks) {
    if (!isItem) flush();
    if (level > 0) builder.heading(level, text);
    else if (isItem) list.push(text);
    else builder.block(text);
  }
  flush();
  return builder.end();
}
