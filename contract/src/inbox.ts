// One configured endpoint of a channel, and the settings of its chat face.
import { z } from "zod";
import { botBehaviour } from "./behaviour.ts";
import { channel } from "./channel.ts";
import { choice } from "./content.ts";
import { inboxId, instant } from "./ids.ts";

const text = z.object({ zh: z.string().max(1_000), en: z.string().max(1_000) });

/** Shown when every given condition holds; the first rule that matches wins. */
export const greetingRule = z.object({
  when: z.object({
    pathContains: z.string().max(200).optional(),
    parameter: z.object({ name: z.string().max(50), value: z.string().max(200) }).optional(),
    source: z.string().max(100).optional(),
    isOpen: z.boolean().optional(),
    visitor: z.enum(["new", "returning"]).optional(),
  }),
  text,
  /** What is left empty or out is as on any other page. */
  suggestions: z.array(z.string().max(200)).max(8),
  suggestionsEn: z.array(z.string().max(200)).max(8).optional(),
  menu: z.array(choice).max(8).optional(),
  menuEn: z.array(choice).max(8).optional(),
});
export type GreetingRule = z.infer<typeof greetingRule>;

export const widgetSettings = z.object({
  title: text,
  subtitle: text,
  accent: z.string().regex(/^#[0-9a-fA-F]{6}$/),
  corner: z.enum(["right", "left"]),
  greeting: text,
  suggestions: z.array(z.string().max(200)).max(8),
  suggestionsEn: z.array(z.string().max(200)).max(8),
  /** Buttons above the suggested questions; the English ones have the same order. */
  menu: z.array(choice).max(8),
  menuEn: z.array(choice).max(8).optional(),
  rules: z.array(greetingRule).max(20),
  /** Empty, or a page that customers can open: it becomes a link in their chat. */
  privacyUrl: z.union([z.literal(""), z.url({ protocol: /^https?$/ }).max(500)]),
  aiNotice: text,
  sound: z.boolean(),
  askRating: z.boolean(),
  leaveMessageFields: z.array(z.enum(["name", "phone", "email"])).max(3),
});
export type WidgetSettings = z.infer<typeof widgetSettings>;

export const botSettings = z.object({
  isOn: z.boolean(),
  name: text,
  thresholds: z.object({ answer: z.number().min(0).max(1), askBack: z.number().min(0).max(1) }),
  quietWindowMs: z.int().min(200).max(10_000),
  /** After an agent's last reply, minutes of silence before the bot may answer again; 0 means never by itself. */
  giveBackMinutes: z.int().min(0).max(10_080),
});
export type BotSettings = z.infer<typeof botSettings>;

export const inbox = z.object({
  id: inboxId,
  channel,
  name: z.string(),
  /** Public key in the widget's script line and the QR link; not a secret. */
  publicKey: z.string(),
  isOn: z.boolean(),
  allowedOrigins: z.array(z.string()),
  widget: widgetSettings,
  bot: botSettings,
  behaviour: botBehaviour,
  reopenWindowMs: z.int(),
  webhook: z.object({ url: z.string(), hasSecret: z.boolean(), hasNextSecret: z.boolean() }).nullable(),
  health: z.object({
    state: z.enum(["ok", "warn", "down", "unknown"]),
    code: z.string().nullable(),
    at: instant.nullable(),
  }),
  createdAt: instant,
  version: z.int(),
});
export type Inbox = z.infer<typeof inbox>;
