// The lines of a conversation as a model is shown them, fenced as data. Pure.

import { tellSeen } from "@yingda/contract";
import { backedBySeen, seenIn } from "../pictures/seen-words.ts";
import type { Turn } from "../turn.ts";

/** Older lines cost more than they tell. */
const mostLines = 8;
const longestLine = 500;

export type DialogueRow = { who: "contact" | "bot" | "agent"; text: string };

export function dialogueRows({ input }: Pick<Turn, "input">): DialogueRow[] {
  return input.history.slice(-mostLines).map(({ author, text }) => ({
    who: author,
    text: text.slice(0, longestLine),
  }));
}

/** The dialogue and, after it, what a machine read in the pictures of the conversation. */
export function rowsWithPictures(turn: Pick<Turn, "input">): { who: string; text: string }[] {
  const { picturesBefore = [] } = turn.input;
  const seen = [...picturesBefore, ...seenIn(turn.input)].map(tellSeen).filter((text) => text !== "");
  return [
    ...dialogueRows(turn),
    ...seen.map((text) => ({
      who: "picture of the contact, machine-read",
      text: text.slice(0, longestLine),
    })),
  ];
}

/** What the contact wrote, this turn included, and what was read in their pictures: it backs what is told back, never an offer. */
export function customerWords({ input, heard }: Pick<Turn, "input" | "heard">): string[] {
  const before = input.history.filter(({ author }) => author === "contact").map(({ text }) => text);
  return [...before, heard.text, ...backedBySeen(input)].filter((text) => text !== "");
}
