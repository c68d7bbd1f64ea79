// The bot's own sentences as this inbox wants them: plain, warm or lively, 您 or 你, with an emoji or none. What an owner wrote
// (FAQs, small talk, flows) is never touched. Pure; the few variants are made once.

import type { Persona } from "@yingda/contract";
import type { Locale } from "../knowledge/knowledge.ts";
import { type Words, words } from "../words.ts";

export const usualPersona: Persona = { tone: "warm", emoji: false, address: "formal" };

type Sentence = { [Name in keyof Words]: Words[Name] extends string ? Name : never }[keyof Words];

const tones: Record<Locale, Record<"plain" | "lively", Partial<Record<Sentence, string>>>> = {
  "zh-CN": {
    plain: {
      connecting: "正在转接人工客服，请稍候。",
      rephrase: "没有听懂，请换个说法。需要人工客服时，对我说“转人工”。",
      askBackMany: "您问的是下面哪一个？",
      noneOfThese: "请再说具体一点。需要人工客服时，对我说“转人工”。",
      held: "这个问题需要同事确认，请稍等。",
    },
    lively: {
      connecting: "好嘞，这就为您请人工客服过来，稍等一下下～",
      rephrase: "哎呀，我没太听懂，您换个说法再告诉我一次好吗？想找人工的话，对我说“转人工”就行～",
      askBackMany: "您想问的是下面哪一个呀？",
      noneOfThese: "好的好的，都不是。再多说一点点，我接着帮您找～想找人工就对我说“转人工”。",
      held: "这个问题我去问问同事，您稍等一下下，马上回来～",
    },
  },
  en: {
    plain: {
      connecting: "Connecting you to a colleague.",
      rephrase: "I did not get that. Please put it another way, or say “agent” for a person.",
      askBackMany: "Which of these?",
      noneOfThese: "Please tell me more, or say “agent” for a person.",
      held: "A colleague needs to confirm this. Please hold on.",
    },
    lively: {
      connecting: "On it! I am getting a colleague for you, just a moment.",
      rephrase: "Hmm, that one slipped past me. Could you say it another way? Or say “agent” for a person!",
      askBackMany: "Which of these did you have in mind?",
      noneOfThese:
        "Got it, none of these! Tell me a bit more and I will look again, or say “agent” for a person.",
      held: "Good question! Let me check with a colleague; hang on, someone will answer shortly.",
    },
  },
};

/** Never below bad news. */
const smiling: readonly (keyof Words)[] = [
  "connecting",
  "askBackMany",
  "askBackOne",
  "noneOfThese",
  "peakOffer",
];

const made = new Map<string, Words>();

/** The sentences for this persona; one value per persona and language, however often it is asked for. */
export function wordsFor(locale: Locale, persona: Persona = usualPersona): Words {
  const { tone, emoji, address } = persona;
  if (tone === "warm" && !emoji && address === "formal") return words[locale];
  const key = `${locale} ${tone} ${emoji} ${address}`;
  const known = made.get(key) ?? make(locale, persona);
  made.set(key, known);
  return known;
}

function make(locale: Locale, { tone, emoji, address }: Persona): Words {
  const base: Words = { ...words[locale], ...(tone === "warm" ? {} : tones[locale][tone]) };
  const say = (text: string, name?: keyof Words): string => {
    const addressed = address === "familiar" ? text.replaceAll("您", "你") : text;
    return emoji && smiling.some((one) => one === name) ? `${addressed} 😊` : addressed;
  };
  const entries = Object.entries(base).map(([name, value]): [string, unknown] => {
    const own = name as keyof Words;
    if (own === "summary" || own === "humanChoice") return [name, value]; // the agent's, and a button
    if (typeof value === "string") return [name, say(value, own)];
    if (typeof value === "function") {
      const speak = value as (...values: unknown[]) => string;
      return [name, (...values: unknown[]) => say(speak(...values), own)];
    }
    const several = Object.entries(value as Record<string, string>);
    return [name, Object.fromEntries(several.map(([which, text]) => [which, say(text)]))];
  });
  return Object.fromEntries(entries) as unknown as Words;
}
