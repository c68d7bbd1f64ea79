// How the bot behaves in one inbox, in words an owner understands: how sure it must be, how it introduces itself, when it
// steps aside. Kept with the inbox's settings; what is left out of a stored one is as for a new shop.
import { z } from "zod";
import { userId } from "./ids.ts";

/** From asking often to answering often. What each means for the engine is in `boldnessThresholds`. */
export const boldnesses = ["cautious", "balanced", "bold"] as const;
export type Boldness = (typeof boldnesses)[number];

/**
 * `answer`: the least confidence (0 to 1) at which the bot answers by itself; `askBack`: the least sum of confidences at
 * which asking "do you mean …?" is worth the contact's time.
 */
export const boldnessThresholds: Record<Boldness, { answer: number; askBack: number }> = {
  cautious: { answer: 0.88, askBack: 0.18 },
  balanced: { answer: 0.75, askBack: 0.18 },
  bold: { answer: 0.6, askBack: 0.12 },
};

/** Which of the three these thresholds are; null for an owner's own numbers. */
export function boldnessOf(thresholds: { answer: number; askBack: number }): Boldness | null {
  return (
    boldnesses.find((name) => {
      const { answer, askBack } = boldnessThresholds[name];
      return Math.abs(answer - thresholds.answer) < 0.005 && Math.abs(askBack - thresholds.askBack) < 0.005;
    }) ?? null
  );
}

const said = z.object({ zh: z.string().trim().max(300), en: z.string().trim().max(300) });

export const persona = z.object({
  tone: z.enum(["plain", "warm", "lively"]).default("warm"),
  emoji: z.boolean().default(false),
  /** 您 or 你, in the bot's own sentences; an FAQ's answer stays as it was written. */
  address: z.enum(["formal", "familiar"]).default("formal"),
});
export type Persona = z.infer<typeof persona>;

export const identityText = {
  zh: "我是 AI 智能助手，随时可以对我说“转人工”。",
  en: "I am an AI assistant; say “agent” whenever you want a person.",
};

/** Who the bot answers during a trial; "all": everybody. */
export const pilotModes = ["all", "off", "suggest", "off-hours", "share", "named"] as const;
export type PilotMode = (typeof pilotModes)[number];

export const botBehaviour = z.object({
  /** Said once in a conversation, unless the chat's face already shows a notice. An empty text: the usual one. */
  identity: z.object({ isOn: z.boolean(), text: said }).default({ isOn: true, text: identityText }),
  /** Who speaks first: the bot, whom the contact chooses, or a person while one is there. */
  opening: z.enum(["bot", "choice", "person"]).default("bot"),
  persona: persona.default({ tone: "warm", emoji: false, address: "formal" }),
  /** After so many turns in a row without progress a person takes over. */
  patience: z.int().min(1).max(5).default(2),
  /** When the bot answers at all: always, only while the shop is closed, only while it is open. */
  hours: z.enum(["always", "off-hours", "open-hours"]).default("always"),
  /** On while more than `longerThan` wait for a person, or the expected wait is longer than `waitMinutes`. */
  peak: z
    .object({ isOn: z.boolean(), longerThan: z.int().min(1).max(200), waitMinutes: z.int().min(1).max(120) })
    .default({ isOn: true, longerThan: 5, waitMinutes: 5 }),
  /** Answers in the contact's language where the words can be had; off: always the shop's two. */
  repliesInTheirLanguage: z.boolean().default(true),
  /** Where a fact is missing a colleague is asked; after `minutes` without a reply the conversation is handed over. */
  askColleague: z
    .object({ isOn: z.boolean(), minutes: z.int().min(1).max(1_440) })
    .default({ isOn: false, minutes: 15 }),
  pilot: z
    .object({
      mode: z.enum(pilotModes),
      /** Of conversations, by "share". */
      percent: z.int().min(1).max(100),
      /** The colleagues who see drafts, by "named". */
      userIds: z.array(userId).max(10),
    })
    .default({ mode: "all", percent: 10, userIds: [] }),
});
export type BotBehaviour = z.infer<typeof botBehaviour>;

/** Of a new shop; the same as the defaults above, written out because pages have no parser. */
export const usualBehaviour: BotBehaviour = {
  identity: { isOn: true, text: identityText },
  opening: "bot",
  persona: { tone: "warm", emoji: false, address: "formal" },
  patience: 2,
  hours: "always",
  peak: { isOn: true, longerThan: 5, waitMinutes: 5 },
  repliesInTheirLanguage: true,
  askColleague: { isOn: false, minutes: 15 },
  pilot: { mode: "all", percent: 10, userIds: [] },
};

/** Questions of the past that one preview looks at in all. */
export const previewedQuestions = 200;
