// What the contact had asked when the bot said something: the lines right before that bubble. Pure.

import { type Message, type MessageId, textOf } from "@yingda/contract";
import { contentOf, pickedChoice } from "../turn-input.ts";

/** Longer ones are stories; the question is in their beginning. */
const longestQuestion = 500;

/** "" when the bubble is not in the thread or nothing was written before it. `thread`: oldest first. */
export function linesBefore(thread: readonly Message[], messageId: MessageId): string {
  const end = thread.findIndex(({ id }) => id === messageId);
  return end < 0 ? "" : inboundBefore(thread, end);
}

/** The same for the last answer from an FAQ that came before the bubble. */
export function linesBeforeAnswer(thread: readonly Message[], messageId: MessageId): string {
  const end = thread.findIndex(({ id }) => id === messageId);
  const at = thread.slice(0, Math.max(0, end)).findLastIndex(isFaqAnswer);
  return at < 0 ? "" : inboundBefore(thread, at);
}

function isFaqAnswer({ author, content }: Message): boolean {
  if (author.kind !== "bot" || (content.kind !== "text" && content.kind !== "choices")) return false;
  return content.citations?.some(({ kind }) => kind === "faq") === true;
}

function inboundBefore(thread: readonly Message[], end: number): string {
  const lines: string[] = [];
  for (let at = end - 1; at >= 0; at -= 1) {
    const message = thread[at] as Message;
    if (message.kind === "outbound") break;
    const said = contentOf(message);
    if (said !== null && (said.kind === "text" || said.kind === "choices"))
      lines.unshift(pickedChoice(said)?.label ?? textOf(said));
  }
  return lines.join("\n").trim().slice(0, longestQuestion);
}
