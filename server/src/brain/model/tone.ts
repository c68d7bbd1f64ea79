// How the inbox's persona is told to a model: a few words of the prompt's language. Pure.

import type { TurnInput } from "@yingda/contract";
import type { Locale } from "../knowledge/knowledge.ts";
import { usualPersona } from "../manner/persona.ts";

const tones = {
  "zh-CN": { plain: "简洁、直接", warm: "亲切、简短", lively: "活泼、轻快、简短" },
  en: { plain: "plain and to the point", warm: "friendly and brief", lively: "lively, light and brief" },
} as const;

export function toneFor(behaviour: TurnInput["behaviour"], locale: Locale): string {
  const { tone, address } = behaviour?.persona ?? usualPersona;
  if (locale === "en") return tones.en[tone];
  return `${tones["zh-CN"][tone]}，称呼对方“${address === "formal" ? "您" : "你"}”，不用表情符号`;
}
