// What models cost a shop: prices, the month's budget, and sums by day, model, task, channel and intent. Money is in yuan
// with up to six decimals, as a number to show and never to reckon on with.
import { z } from "zod";

/** Yuan per million tokens. */
export const modelPrice = z.object({
  input: z.number().min(0).max(10_000),
  cachedInput: z.number().min(0).max(10_000),
  output: z.number().min(0).max(10_000),
});
export type ModelPrice = z.infer<typeof modelPrice>;

export const usageBudget = z.object({
  monthlyYuan: z.number().min(0).max(1_000_000),
  /** At the limit no model is asked any more until the month ends; else the owner is only told. */
  stops: z.boolean(),
  /** The shop's own prices by model name ("deepseek/deepseek-chat"). */
  prices: z.record(z.string().min(1).max(200), modelPrice),
});
export type UsageBudget = z.infer<typeof usageBudget>;

const sums = {
  calls: z.int(),
  failed: z.int(),
  inputTokens: z.int(),
  outputTokens: z.int(),
  yuan: z.number(),
};
export const usageLine = z.object({ key: z.string(), ...sums });
export type UsageLine = z.infer<typeof usageLine>;

export const usageReport = z.object({
  /** YYYY-MM in the shop's time zone. */
  month: z.string(),
  total: z.object(sums),
  budget: usageBudget,
  /** At this pace at the end of the month; equals the total for a month that is over. */
  forecastYuan: z.number(),
  state: z.enum(["within", "warned", "over"]),
  /** Of the calls: the service did not count tokens, ours did; no price is known, one was assumed. */
  estimatedCalls: z.int(),
  assumedCalls: z.int(),
  /** Not among the calls: answers kept from before made them needless, and saved this. */
  savedCalls: z.int(),
  savedYuan: z.number(),
  /** Conversations a model was asked for, and how many of the month's were solved (see resolution). */
  conversations: z.int(),
  yuanPerConversation: z.number().nullable(),
  yuanPerSolved: z.number().nullable(),
  byDay: z.array(usageLine),
  byModel: z.array(usageLine.extend({ price: modelPrice, isAssumed: z.boolean() })),
  byTask: z.array(usageLine),
  byChannel: z.array(usageLine),
  byIntent: z.array(usageLine),
});
export type UsageReport = z.infer<typeof usageReport>;

/** A conversation's resolution, honest: see docs/usage.md. */
export const resolutions = ["confirmed", "assumed", "reopened", "handed-over", "abandoned"] as const;
export type Resolution = (typeof resolutions)[number];

export const resolutionReport = z.object({
  from: z.string(),
  to: z.string(),
  counts: z.record(z.enum(resolutions), z.int()),
  /** Conversations of these days that are still open. */
  open: z.int(),
  /** (confirmed + assumed) ÷ all that ended; null when none did. */
  solvedShare: z.number().nullable(),
});
export type ResolutionReport = z.infer<typeof resolutionReport>;
