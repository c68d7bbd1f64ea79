// A statement that the owner pins for some hours: whoever asks about it hears it first, whoever waits hears it once.
import { z } from "zod";
import { idOf, instant } from "./ids.ts";

export const incidentId = idOf<"incident">();
export type IncidentId = z.infer<typeof incidentId>;

export const incidentBounds = { words: 30, faqs: 30, hours: 168, kept: 200 } as const;

export const incidentDraft = z.object({
  title: z.string().trim().min(1).max(60),
  text: z.string().trim().min(1).max(1_000),
  /** Empty: the Chinese text stands in. */
  textEn: z.string().trim().max(1_000).default(""),
  /** Said by whoever it concerns ("发货", "快递"); a line that holds one of them is about it. */
  words: z.array(z.string().trim().min(1).max(40)).max(incidentBounds.words).default([]),
  /** Slugs of the questions it concerns. */
  faqs: z.array(z.string().max(100)).max(incidentBounds.faqs).default([]),
  startsAt: instant,
  endsAt: instant,
});
export type IncidentDraft = z.infer<typeof incidentDraft>;

export const incident = incidentDraft.extend({
  id: incidentId,
  /** Conversations that were told. */
  toldCount: z.int(),
  version: z.int(),
});
export type Incident = z.infer<typeof incident>;

/** A question that the bot could not settle far more often within the last hour than usual. */
export const spike = z.object({
  faq: z.string(),
  question: z.string(),
  /** Conversations within the last hour. */
  count: z.int(),
  /** Conversations an hour in the day before, mean. */
  usual: z.number(),
});
export type Spike = z.infer<typeof spike>;
