// Asks the shop's model that can see what a customer's picture shows. What comes back is data (clean-seen.ts); whatever goes
// wrong, the bot asks what is written on it, as it does without a model.

import { type PictureSeen, pictureSeen } from "@yingda/contract";
import { type Complete, type PromptAsk, readShape } from "../../inference/index.ts";
import type { Locale } from "../knowledge/knowledge.ts";
import { cleanSeen } from "./clean-seen.ts";

export type Described =
  | { kind: "seen"; seen: PictureSeen; leftOut: number; model: string; tookMs: number }
  /** An error code of models. */
  | { kind: "failed"; code: string; tookMs: number };

type Image = Extract<PromptAsk, { prompt: "describe-picture" }>["images"][number];

const longestWords = 300;

/** `said`: what the customer wrote with it. Never rejects. */
export async function describePicture(
  complete: Complete,
  image: Image,
  said: string,
  locale: Locale,
  signal: AbortSignal,
): Promise<Described> {
  const isEnglish = locale === "en";
  const ask: PromptAsk = {
    prompt: "describe-picture",
    language: isEnglish ? "en" : "zh",
    inputs: {
      words: { language: isEnglish ? "English" : "中文" },
      data: { text: [...said].slice(0, longestWords).join("") },
    },
    shape: pictureSeen,
    images: [image],
  };
  const reply = await complete(ask, signal);
  const { tookMs } = reply;
  if (reply.kind === "failure") return { kind: "failed", code: reply.code, tookMs };
  const found = readShape(pictureSeen, reply.text);
  if (found.kind === "unfit") return { kind: "failed", code: "llm/shape-unmet", tookMs };
  return { kind: "seen", ...cleanSeen(found.value), model: reply.model, tookMs };
}
