// The latest lines of a conversation as a model is shown them: who said what, without notes and notices. Pure.

import { textOf } from "@yingda/contract";
import type { TurnMaterial } from "../../conversations/index.ts";

const longestLine = 500;

export type DialogueLine = { who: "contact" | "bot" | "agent"; text: string };

export function dialogueOf({ history, lines }: Pick<TurnMaterial, "history" | "lines">): DialogueLine[] {
  return [...history, ...lines].flatMap(({ author, kind, content }) => {
    if (author.kind === "system" || kind === "note" || content.kind === "notice") return [];
    const text = textOf(content).slice(0, longestLine);
    return text.trim() === "" ? [] : [{ who: author.kind, text }];
  });
}
