// Which commands and conversations fit typed words. Pure; every word must be found, titles that begin with it come first.
import type { Conversation } from "@yingda/contract";
import type { Command, CommandGroup } from "../commands.ts";

const mostConversations = 6;
/** What is nearest to what one looks at comes first. */
const groupRank: Record<CommandGroup, number> = { thread: 0, list: 1, anywhere: 2, composer: 3 };

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
}

/** Commands that can run and fit, best first; all of them for no words. */
export function matchCommands(commands: readonly Command[], typed: string): Command[] {
  const words = wordsOf(typed);
  const runnable = commands.filter((command) => command.run && !command.isHidden);
  const fitting = runnable.filter((command) => {
    const text = `${command.title} ${command.words ?? ""}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const rank = (command: Command) => (words[0] && command.title.toLowerCase().startsWith(words[0]) ? 0 : 1);
  return fitting.toSorted((a, b) => rank(a) - rank(b) || groupRank[a.group] - groupRank[b.group]);
}

/** Known conversations by name, number or last words; newest first. */
export function matchConversations(conversations: readonly Conversation[], typed: string): Conversation[] {
  const words = wordsOf(typed);
  return conversations
    .filter((conversation) => {
      const text =
        `${conversation.contact.name} #${String(conversation.number)} ${conversation.lastMessage?.preview ?? ""}`.toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .toSorted((a, b) => (b.lastMessage?.at ?? "").localeCompare(a.lastMessage?.at ?? ""))
    .slice(0, mostConversations);
}
