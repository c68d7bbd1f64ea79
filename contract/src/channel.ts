// The kinds of medium. Channel ids are this one list; what a channel can do is asked of its adapter's capabilities.
import { z } from "zod";

export const channels = ["web", "api"] as const;
export const channel = z.enum(channels);
export type Channel = z.infer<typeof channel>;

/** What an adapter can do, as data; the server and the workbench ask this instead of the channel's name. */
export type ChannelCapabilities = {
  contentKinds: readonly string[];
  /** Longest text in grapheme clusters before the splitter cuts it. */
  maxTextLength: number;
  /** "record": the contact's client reads our own realtime log, so recording is sending. "push": adapter.send is called. */
  delivery: "record" | "push";
  /** Whether a send with the same idempotency key may be repeated after an unknown outcome. */
  idempotentSend: boolean;
  receipts: { delivered: boolean; read: boolean };
  typing: boolean;
  streaming: boolean;
  /** How long after the contact's last message a reply is allowed; null means always. */
  replyWindowMs: number | null;
  /** A bot turn's text replies are merged into one message (replies cost quota). */
  mergeReplies: boolean;
  quietWindowMs: number;
  /** The contact sees the inbox's notice about the bot before anything is said. */
  showsAiNotice: boolean;
};

/** The capabilities of every channel; an adapter carries its own line of this table, so that conversations and turns need no adapter. */
export const channelCapabilities: Record<Channel, ChannelCapabilities> = {
  web: {
    contentKinds: [
      "text",
      "image",
      "audio",
      "video",
      "file",
      "location",
      "choices",
      "card",
      "form",
      "unsupported",
    ],
    maxTextLength: 4_000,
    delivery: "record",
    idempotentSend: true,
    receipts: { delivered: true, read: true },
    typing: true,
    streaming: true,
    replyWindowMs: null,
    mergeReplies: false,
    quietWindowMs: 1_200,
    showsAiNotice: true,
  },
  api: {
    contentKinds: [
      "text",
      "image",
      "audio",
      "video",
      "file",
      "location",
      "choices",
      "card",
      "form",
      "unsupported",
    ],
    maxTextLength: 4_000,
    delivery: "push",
    idempotentSend: true,
    receipts: { delivered: true, read: true },
    typing: false,
    streaming: false,
    replyWindowMs: null,
    mergeReplies: false,
    quietWindowMs: 1_500,
    showsAiNotice: false,
  },
};
