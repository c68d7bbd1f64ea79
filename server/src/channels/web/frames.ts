// The visitor's frames, parsed at the edge: everything here comes from a stranger's browser. The shapes are those of
// contract/widget.ts; sizes are limited again because a widget of somebody else's may send anything.
import { choice, content, maxTextLength, type WidgetClientFrame } from "@yingda/contract";
import { z } from "zod";

const clientMessageId = z.string().min(8).max(64);
const shortText = z.string().max(200);

/** What a visitor may say: no buttons, no cards, nothing that only a server makes. */
const visitorKinds = ["text", "image", "audio", "video", "file", "location"] as const;
export const visitorContent = content.refine(
  (value) => (visitorKinds as readonly string[]).includes(value.kind),
  {
    error: "kind",
  },
);

export const helloFrame = z.object({
  t: z.literal("hello"),
  v: z.int(),
  token: z.string().max(200).nullable(),
  conversationId: z.uuid().nullable(),
  since: z.int().min(0).max(Number.MAX_SAFE_INTEGER),
  locale: z.string().max(35),
  page: z.string().max(2_000),
  referrer: z.string().max(2_000),
  params: z
    .record(z.string().max(50), shortText)
    .refine((value) => Object.keys(value).length <= 30, { error: "many" }),
  jwt: z.string().max(4_000).optional(),
});

export const clientFrame = z.discriminatedUnion("t", [
  helloFrame,
  z.object({ t: z.literal("say"), clientMessageId, content: z.unknown() }),
  z.object({ t: z.literal("choose"), clientMessageId, choice }),
  z.object({ t: z.literal("human"), clientMessageId }),
  z.object({
    t: z.literal("leave"),
    clientMessageId,
    fields: z
      .record(z.string().max(50), z.string().max(maxTextLength))
      .refine((value) => Object.keys(value).length <= 12, { error: "many" }),
    consent: z.literal(true),
  }),
  z.object({ t: z.literal("stop-waiting") }),
  z.object({ t: z.literal("typing"), isTyping: z.boolean() }),
  z.object({ t: z.literal("read"), seq: z.int().min(0) }),
  z.object({ t: z.literal("rate"), score: z.int().min(1).max(5), comment: z.string().max(1_000) }),
  z.object({ t: z.literal("ping") }),
]);

export type HelloFrame = z.infer<typeof helloFrame>;
export type ClientFrame = z.infer<typeof clientFrame>;
/** A frame that puts a line into the record. */
export type LineFrame = Extract<ClientFrame, { t: "say" | "choose" | "human" | "leave" }>;

// the contract's type and this schema say the same: a frame the widget may send is a frame we take
export const framesAgree = (frame: WidgetClientFrame): z.input<typeof clientFrame> => frame;
