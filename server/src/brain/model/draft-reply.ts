// A reply drafted for an agent: from the texts of the shop near what was asked, the dialogue, and the agent's own points.
// A person reads it before it is sent, so it may leave gaps; a number or promise that nothing backs is taken out all the same,
// and what stands in no text is marked.

import type { Complete, Completion } from "../../inference/index.ts";
import type { Knowledge, Locale } from "../knowledge/knowledge.ts";
import type { DialogueRow } from "./dialogue.ts";
import { gatherSources } from "./gather-sources.ts";
import { type Marked, markUnsupported } from "./mark-unsupported.ts";
import { toneFor } from "./tone.ts";

export interface DraftFacts {
  shop: string;
  locale: Locale;
  /** Oldest first. */
  dialogue: readonly DialogueRow[];
  /** The agent's points; may be empty. */
  wish: string;
}

export type Draft =
  | ({ kind: "draft"; sources: string[]; model: string } & Marked)
  | { kind: "unsupported" }
  | Extract<Completion, { kind: "failure" }>;

const mostLines = 12;
/** The contact's last words are what is to be answered. */
const linesAsked = 2;

export async function draftReply(
  knowledge: Knowledge,
  complete: Complete,
  { shop, locale, dialogue, wish }: DraftFacts,
  signal: AbortSignal,
): Promise<Draft> {
  const contact = dialogue.filter(({ who }) => who === "contact").map(({ text }) => text);
  const question = [...contact.slice(-linesAsked), wish].filter((text) => text !== "").join("\n");
  const faqs = knowledge
    .retrieve(question, [])
    .matches.map(({ id, confidence }) => ({ faq: id, confidence }));
  const { sources } = gatherSources(knowledge, question, faqs, locale);
  const isEnglish = locale === "en";
  const reply = await complete(
    {
      prompt: "draft",
      language: isEnglish ? "en" : "zh",
      inputs: {
        words: { shop, tone: toneFor(undefined, locale), language: isEnglish ? "English" : "中文" },
        data: {
          passages: sources.map(({ id, title, text }) => ({ id, title, text })),
          dialogue: dialogue.slice(-mostLines),
          wish,
        },
      },
    },
    signal,
  );
  if (reply.kind === "failure") return reply;
  const said = dialogue.filter(({ who }) => who !== "contact");
  const backing = [...sources, ...said].map(({ text }) => text);
  const marked = markUnsupported(reply.text, [...backing, wish], contact, locale);
  if (marked === null) return { kind: "unsupported" };
  return { kind: "draft", sources: sources.map(({ title }) => title), model: reply.model, ...marked };
}
