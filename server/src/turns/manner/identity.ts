// "I am an AI assistant", once in a conversation: at the head of the bot's first words, unless the chat's face has shown a
// notice from the start. Pure.
import { type Content, channelCapabilities, identityText } from "@yingda/contract";
import type { InboxRecord } from "../../conversations/index.ts";
import type { Locale } from "../texts.ts";

/** What must be said, or null. */
export function identityToTell(inbox: InboxRecord, locale: Locale, isFirst: boolean): string | null {
  const { identity } = inbox.behaviour;
  if (!identity.isOn || !isFirst) return null;
  const side = locale === "en" ? "en" : "zh";
  const isShown = channelCapabilities[inbox.channel].showsAiNotice && inbox.widget.aiNotice[side] !== "";
  return isShown ? null : identity.text[side] || identityText[side];
}

/** Into the first bubble that has words; a bubble of its own where none has. */
export function tellIdentity(contents: readonly Content[], notice: string | null): Content[] {
  if (notice === null || contents.length === 0) return [...contents];
  const at = contents.findIndex(({ kind }) => kind === "text" || kind === "choices");
  const chosen = contents[at];
  if (chosen?.kind !== "text" && chosen?.kind !== "choices")
    return [{ kind: "text", text: notice }, ...contents];
  return contents.with(at, { ...chosen, text: `${notice}\n${chosen.text}` });
}
