// The latest lines of a conversation as a model is shown them: who said what, without notes and notices. Pure.

import { tellSeen, textOf } from "@yingda/contract";
import type { TurnMaterial } from "../../conversations/index.ts";
import type { KeptReading } from "../pictures/reading-store.ts";

const longestLine = 500;

export type DialogueLine = { who: "contact" | "bot" | "agent"; text: string };

/** `readings`: what a model read in pictures of it; told as such. */
export function dialogueOf(
  { history, lines }: Pick<TurnMaterial, "history" | "lines">,
  readings: readonly Pick<KeptReading, "messageId" | "seen">[] = [],
): DialogueLine[] {
  const seen = new Map(readings.map((reading) => [reading.messageId, tellSeen(reading.seen)]));
  return [...history, ...lines].flatMap(({ id, author, kind, content }) => {
    if (author.kind === "system" || kind === "note" || content.kind === "notice") return [];
    const told = seen.get(id) ?? "";
    const read = told === "" ? "" : ` (machine-read 机器识别: ${told})`;
    const text = `${textOf(content)}${read}`.slice(0, longestLine);
    return text.trim() === "" ? [] : [{ who: author.kind, text }];
  });
}
