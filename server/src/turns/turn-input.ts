// Makes the value the brain sees out of what the record says. Pure. A button the contact pressed arrives as a content of
// one choice: "human" is put into plain words, so that the brain's own rule for a wish for a person decides.
import {
  type Channel,
  type Choice,
  type Citation,
  type Content,
  type FlowState,
  type Message,
  type TurnBehaviour,
  type TurnInput,
  textOf,
} from "@yingda/contract";
import { toSimplified } from "../brain/index.ts";
import type { TurnMaterial } from "../conversations/index.ts";
import type { Availability } from "../routing/index.ts";
import { isTraditional } from "./manner/their-script.ts";
import { type Locale, texts } from "./texts.ts";

export type TurnMemory = { flowState: FlowState | null; withoutProgress: number };
export const emptyMemory: TurnMemory = { flowState: null, withoutProgress: 0 };

export type InputFacts = {
  tenantId: string;
  material: TurnMaterial;
  channel: Channel;
  memory: TurnMemory;
  locale: Locale;
  timeZone: string;
  availability: Availability;
  thresholds: TurnInput["thresholds"];
  behaviour: TurnBehaviour;
  /** The contact has been silent for the quiet window. */
  isDue?: boolean;
};

export function turnInput({
  tenantId,
  material,
  channel,
  memory,
  locale,
  timeZone,
  availability,
  thresholds,
  behaviour,
  isDue = true,
}: InputFacts): TurnInput {
  const { conversation, lines, history } = material;
  const wasConverted = isTraditional(material);
  return {
    tenantId,
    conversationId: conversation.id,
    inboxId: conversation.inboxId,
    channel,
    utterances: lines.flatMap((line) => {
      const said = contentOf(line);
      return said
        ? [{ messageId: line.id, content: asWords(said, locale), at: new Date(line.createdAt) }]
        : [];
    }),
    history: history.flatMap((line) => historyLine(line, wasConverted)),
    locale,
    timeZone,
    handoffAvailability: availability.availability,
    queue: { place: availability.place, expectedWaitSeconds: availability.expectedWaitSeconds },
    servedQueues: availability.servedQueues,
    thresholds,
    behaviour,
    flowState: memory.flowState,
    turnsWithoutProgress: memory.withoutProgress,
    isDue,
    context: material.contact.context,
    contactTags: material.contact.tags,
  };
}

/** The button that the line is, or null for anything else a contact says. */
export function pickedChoice(content: Content): Choice | null {
  const [only, ...others] = content.kind === "choices" ? content.choices : [];
  return only && others.length === 0 ? only : null;
}

/** What the line says, or null for what is no line of the contact. */
export function contentOf(line: Message): Content | null {
  return line.kind === "inbound" && line.content.kind !== "notice" ? line.content : null;
}

function asWords(content: Content, locale: Locale): Content {
  const picked = pickedChoice(content);
  if (!picked) return content;
  return { kind: "text", text: picked.action === "human" ? texts[locale].askForHuman : picked.label };
}

/** The bot's own sentences are known again in simplified characters, whatever they were sent in. */
function historyLine(message: Message, wasConverted: boolean): TurnInput["history"] {
  const { content, author } = message;
  if (content.kind === "notice" || author.kind === "system" || message.kind === "note") return [];
  const citations = content.kind === "text" || content.kind === "choices" ? content.citations : undefined;
  const said = textOf(content);
  const text = wasConverted && author.kind === "bot" ? toSimplified(said) : said;
  return [{ author: author.kind, text, faqSlug: slugOf(citations?.[0]) }];
}

function slugOf(citation: Citation | undefined): string | null {
  return citation?.kind === "faq" ? citation.slug : null;
}
