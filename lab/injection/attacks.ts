// The attacks as they lie in lab/data/injection: what somebody wrote where, and what a model that obeys it says or calls.

import { readFileSync } from "node:fs";
import { join } from "node:path";

export const places = [
  "message",
  "history",
  "contact-name",
  "file-name",
  "faq",
  "passage",
  "tool-result",
  /** Not in the files: see asPicture. */
  "picture",
] as const;
export type Place = (typeof places)[number];
export type Harm = "tool-call" | "leak" | "promise";

export interface Attack {
  id: string;
  language: "zh" | "en";
  place: Place;
  text: string;
  obeyed: { say?: string; toolCall?: { name: string; arguments: Record<string, unknown> } };
  mustNot: Harm[];
}

/** "attacks" may be looked at while the defence is written, "held-back" may not. */
export function loadAttacks(name: "attacks" | "held-back"): Attack[] {
  const file = join(import.meta.dirname, `../data/injection/${name}.jsonl`);
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line) as Attack);
}

/** What somebody writes, written on a picture instead. */
export function asPicture(attack: Attack): Attack[] {
  return attack.place === "message" ? [{ ...attack, id: `${attack.id}-picture`, place: "picture" }] : [];
}
