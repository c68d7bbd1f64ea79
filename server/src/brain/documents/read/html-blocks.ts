/**
 * Turns the tags of a page, as they come, into blocks of text with what is known about each.
 */
import { HtmlTable } from "./html-table.ts";
import { besideContent, isContent, isInline, isUnread } from "./html-words.ts";
import { oneLine, tidy } from "./model.ts";
import type { PageFacts } from "./read-html.ts";

export interface HtmlBlock {
  text: string;
  /** 1 to 6 for a heading, 7 for the summary of a fold, 0 for text. */
  level: number;
  /** Whether it is links through and through. */
  isLink: boolean;
  isItem: boolean;
  isMain: boolean;
  isBeside: boolean;
}

interface Open {
  tag: string;
  isUnread: boolean;
  isMain: boolean;
  isBeside: boolean;
}

const deepest = 3_000;
const mostLinks = 5_000;

export class HtmlBlocks {
  title = "";
  readonly facts: PageFacts = {
    links: [],
    base: null,
    canonical: null,
    hasPasswordField: false,
    isKept: true,
    isFollowed: true,
    refresh: null,
    language: null,
  };
  readonly #blocks: HtmlBlock[] = [];
  readonly #open: Open[] = [];
  readonly #tables: HtmlTable[] = [];
  readonly #lists: { counted: number | null }[] = [];
  #unread = 0;
  #main = 0;
  #beside = 0;
  #inTitle = false;
  #inLink = 0;
  #inPre = 0;
  #level = 0;
  #mark = "";
  #text: string[] = [];
  #linked = 0;
  #term = "";

  open(tag: string, attributes: Record<string, string>): void {
    this.#note(tag, attributes);
    if (this.#open.length >= deepest) return;
    const isMain = isContent(tag, attributes);
    const opened: Open = {
      tag,
      isUnread: isUnread(tag, attributes),
      isMain,
      isBeside: besideContent.has(tag) && this.#main === 0,
    };
    if (!isInline(tag) || opened.isUnread) this.#flush();
    this.#open.push(opened);
    if (opened.isUnread) this.#unread += 1;
    if (opened.isMain) this.#main += 1;
    if (opened.isBeside) this.#beside += 1;
    if (this.#unread > 0) return;
    if (tag === "a") this.#inLink += 1;
    else if (tag === "pre") this.#inPre += 1;
    else if (tag === "br") this.#text.push("\n");
    else if (tag === "ul" || tag === "ol")
      this.#lists.push({ counted: tag === "ol" ? startOf(attributes) : null });
    else if (tag === "li") this.#mark = this.#nextMark();
    else if (tag === "table") this.#tables.push(new HtmlTable());
    else if (tag === "tr") this.#tables.at(-1)?.startRow();
    else if (tag === "td" || tag === "th") this.#tables.at(-1)?.startCell(tag === "th", attributes);
    else if (/^h[1-6]$/u.test(tag)) this.#level = Number(tag[1]);
    else if (tag === "summary") this.#level = 7;
  }

  text(text: string): void {
    if (this.#inTitle) this.title += text;
    if (this.#unread > 0 || this.#inTitle) return;
    const said = this.#inPre > 0 ? text : text.replace(/\s+/gu, " ");
    this.#text.push(said);
    if (this.#inLink > 0) this.#linked += said.trim().length;
  }

  close(tag: string): void {
    if (tag === "title") this.#inTitle = false;
    const at = this.#open.findLastIndex((one) => one.tag === tag);
    if (at < 0) return;
    while (this.#open.length > at) this.#closeOne(this.#open.pop());
  }

  end(): HtmlBlock[] {
    while (this.#open.length > 0) this.#closeOne(this.#open.pop());
    this.#flush();
    return this.#blocks;
  }

  #closeOne(closed: Open | undefined): void {
    if (closed === undefined) return;
    const { tag } = closed;
    if (!isInline(tag) && tag !== "br") this.#flush();
    if (this.#unread === 0) {
      if (tag === "a") this.#inLink = Math.max(0, this.#inLink - 1);
      else if (tag === "pre") this.#inPre = Math.max(0, this.#inPre - 1);
      else if (tag === "ul" || tag === "ol") this.#lists.pop();
      else if (tag === "li") this.#mark = "";
      else if (tag === "td" || tag === "th") this.#tables.at(-1)?.endCell();
      else if (tag === "tr") this.#tables.at(-1)?.endRow();
      else if (tag === "table") this.#endTable();
      else if (/^(?:h[1-6]|summary)$/u.test(tag)) this.#level = 0;
      else if (tag === "dl") this.#endTerm("");
      else if (tag === "details") this.#blocks.push({ ...this.#plain(), text: "", level: 7 });
    }
    if (closed.isUnread) this.#unread -= 1;
    if (closed.isMain) this.#main -= 1;
    if (closed.isBeside) this.#beside -= 1;
  }

  #note(tag: string, attributes: Record<string, string>): void {
    const { facts } = this;
    const { href, content = "" } = attributes;
    if (tag === "title" && this.title === "") this.#inTitle = true;
    if (tag === "html") facts.language = attributes["lang"]?.trim() || null;
    if (tag === "base" && href) facts.base ??= href.trim();
    if ((tag === "a" || tag === "area") && href && facts.links.length < mostLinks)
      if (!/\bnofollow\b/iu.test(attributes["rel"] ?? "")) facts.links.push(href.trim());
    if (tag === "link" && href && /(?:^|\s)canonical(?:\s|$)/iu.test(attributes["rel"] ?? ""))
      facts.canonical ??= href.trim();
    if (tag === "input" && attributes["type"]?.toLowerCase() === "password") facts.hasPasswordField = true;
    if (tag !== "meta") return;
    if (/^(?:robots|yingda)$/iu.test(attributes["name"] ?? "")) {
      if (/\b(?:noindex|none)\b/iu.test(content)) facts.isKept = false;
      if (/\b(?:nofollow|none)\b/iu.test(content)) facts.isFollowed = false;
    }
    if (/^refresh$/iu.test(attributes["http-equiv"] ?? ""))
      facts.refresh ??= /^\s*\d{1,3}\s*;\s*url\s*=\s*["']?([^"'\s]+)/iu.exec(content)?.[1] ?? null;
  }

  #nextMark(): string {
    const list = this.#lists.at(-1);
    const indent = "  ".repeat(Math.min(4, Math.max(0, this.#lists.length - 1)));
    if (list === undefined || list.counted === null) return `${indent}- `;
    list.counted += 1;
    return `${indent}${list.counted}. `;
  }

  #flush(): void {
    const raw = this.#text.join("");
    const linked = this.#linked;
    this.#text = [];
    this.#linked = 0;
    const text = this.#inPre > 0 ? tidy(raw) : tidy(raw.replace(/ {2,}/gu, " ").replace(/ ?\n ?/gu, "\n"));
    if (text === "") return;
    const table = this.#tables.at(-1);
    if (table?.isInCell) {
      if (this.#level === 0) {
        table.text(oneLine(text));
        return;
      }
      this.#leaveTables();
    }
    const within = this.#open.at(-1)?.tag;
    if (within === "dt") this.#endTerm(text);
    else if (within === "dd" && this.#term !== "") this.#endTerm("", text, linked);
    else this.#push(text, linked);
  }

  /** A term is said with what it means: apart, neither would be understood. */
  #endTerm(next: string, meaning = "", linked = 0): void {
    const term = this.#term;
    this.#term = next;
    if (term === "" && meaning === "") return;
    const isQuestion = /[?？]$/u.test(term);
    const colon = meaning === "" ? "" : isQuestion ? "\n" : /\p{Script=Han}/u.test(term) ? "：" : ": ";
    this.#push(`${term}${colon}${meaning}`, linked);
  }

  #push(text: string, linked: number): void {
    const isItem = this.#mark !== "" && this.#level === 0;
    this.#blocks.push({
      text: isItem ? this.#mark + text : text,
      level: this.#level,
      isLink: this.#level === 0 && linked >= text.length * 0.8,
      isItem,
      isMain: this.#main > 0,
      isBeside: this.#beside > 0,
    });
    if (isItem) this.#mark = this.#mark.replace(/\S/gu, " "); // a second paragraph of the item has no mark of its own
  }

  /** Headings or tables within the cells of a table: it only lays out the page. What it held so far comes first. */
  #leaveTables(): void {
    for (const table of this.#tables) {
      const text = table.leave().join("\n");
      if (text !== "") this.#blocks.push({ ...this.#plain(), text });
    }
  }

  #plain(): Omit<HtmlBlock, "text"> {
    return { level: 0, isLink: false, isItem: false, isMain: this.#main > 0, isBeside: this.#beside > 0 };
  }

  #endTable(): void {
    const table = this.#tables.pop();
    if (table === undefined) return;
    const lines = table.lines();
    if (lines.length === 0) return;
    if (lines.length > 1) this.#leaveTables();
    const outer = this.#tables.at(-1);
    if (outer?.isInCell) outer.text(lines.join("\n"));
    else this.#blocks.push({ ...this.#plain(), text: lines.join("\n") });
  }
}

function startOf(attributes: Record<string, string>): number {
  const start = Number.parseInt(attributes["start"] ?? "1", 10);
  return Number.isInteger(start) && Math.abs(start) < 100_000 ? start - 1 : 0;
}
