// Puts other people's words into a prompt as data. A fence carries a mark that is drawn anew for every prompt and told to
// the model in our own first line, so a text cannot close it; rows are JSON, so a line feed in one cannot begin another.

import { randomBytes } from "node:crypto";
import { inertText } from "./inert-text.ts";

/** A text as it is, or one JSON object a line. */
export type FenceContent = string | readonly Readonly<Record<string, unknown>>[];

/** 64 bits, not to be guessed in advance. */
export function newFenceMark(): string {
  return randomBytes(8).toString("hex");
}

/**
 * `content` between two lines that only the holder of the mark can write. Should the mark be in the content all the same,
 * dots stand for it.
 */
export function fence(name: string, content: FenceContent, mark: string): string {
  const text = typeof content === "string" ? content : content.map((row) => JSON.stringify(row)).join("\n");
  const inner = inertText(text)
    .replaceAll(mark, "…")
    .replaceAll(/<(?=\/?data[\s>-])/gi, "‹");
  return `<data name="${name}" mark="${mark}">\n${inner}\n</data mark="${mark}">`;
}
