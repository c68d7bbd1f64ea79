// What a channel must be able to do, and the shapes that pass through it. An adapter is pure protocol: no database, no
// timers, no queue of its own; it declares what it can do and the room enforces it. Every adapter passes conformance.ts.
// `parse` accepts only what `verify` made: forgetting the signature is a compile error.
import type {
  Channel,
  ChannelCapabilities,
  Content,
  DeliveryReason,
  InboxId,
  TenantId,
} from "@yingda/contract";
import type { Clock } from "../platform/clock.ts";
import type { GuardedFetch } from "../platform/net/index.ts";

/** A webhook call as it came over the wire; the body is untouched because signatures are over bytes. */
export interface RawRequest {
  method: string;
  /** Lower-case names. */
  headers: Readonly<Record<string, string | undefined>>;
  query: Readonly<Record<string, string>>;
  body: Buffer;
}

/** What an adapter is told about the inbox it works for. Secrets are in clear and live as long as the call. */
export interface Endpoint {
  tenantId: TenantId;
  inboxId: InboxId;
  webhookUrl: string | null;
  /** Valid secrets, newest last; two of them while one replaces the other. */
  secrets: readonly string[];
}

declare const isVerified: unique symbol;
/** A call whose signature and age were checked. Only `verified()` makes one, and only an adapter's `verify` calls it. */
export type Verified = { readonly [isVerified]: true; callId: string; body: Buffer; at: Date };
export function verified(call: { callId: string; body: Buffer; at: Date }): Verified {
  return call as Verified;
}

export type Verification =
  | { kind: "verified"; call: Verified }
  /** A handshake that wants nothing but this answer. */
  | { kind: "answer"; status: number; type: string; body: string }
  | { kind: "refused"; code: "channel/signature-invalid" | "channel/replayed" | "channel/payload-invalid" };

/** Media as a platform names it: fetched once, into our own store. */
export type InboundMedia = { kind: "image" | "audio" | "video" | "file"; url: string; name: string };
export type InboundEvent =
  | {
      kind: "message";
      /** The platform's id of the message: one message however often it is delivered. */
      externalId: string;
      contact: { id: string; name?: string };
      content: Content | { kind: "media"; media: InboundMedia };
      at: Date;
      context?: Record<string, string>;
      locale?: string;
    }
  | {
      kind: "receipt";
      /** The id that `send` was told. */
      externalId: string;
      status: "delivered" | "read" | "failed";
      reason?: DeliveryReason;
      at: Date;
    };
export type Parsed =
  | { kind: "events"; events: InboundEvent[] }
  | { kind: "invalid"; details: Record<string, string> };

/** One bubble to be sent. `key` is the same at every attempt: the platform or the receiver drops repetitions by it. */
export interface OutboundMessage {
  key: string;
  conversationId: string;
  messageId: string;
  seq: number;
  /** The contact's id on this channel. */
  to: string;
  author: { kind: "bot" | "agent" | "system"; name: string | null };
  content: Content;
  /** Signed addresses, valid for minutes, of the media the content names, by media id. */
  mediaUrls: Readonly<Record<string, string>>;
  at: Date;
}

/** Why a send was refused; the retry table (retry-table.ts) decides what that means. */
export const refusalKinds = [
  "rate",
  "temporary",
  "auth",
  "window",
  "quota",
  "recipient",
  "content",
  "unsupported",
  "too-large",
  "config",
] as const;
export type RefusalKind = (typeof refusalKinds)[number];
export type SendOutcome =
  | { kind: "accepted"; externalId: string }
  | { kind: "refused"; why: RefusalKind; code: string; retryAfterMs?: number }
  /** The line broke after sending: it may or may not have arrived. */
  | { kind: "unknown"; code: string };

export interface AdapterTools {
  fetch: GuardedFetch;
  clock: Clock;
}

export interface ChannelAdapter {
  readonly id: Channel;
  readonly capabilities: ChannelCapabilities;
  /** How many sends the platform allows in a period; absent: no limit of that kind. */
  readonly quota?: { per: "day" | "month"; limit: number };
  /** Absent: nobody calls us on this channel by webhook. */
  readonly hook?: {
    verify(request: RawRequest, endpoint: Endpoint, clock: Clock): Verification;
    /** Pure. One broken item of a batch becomes an "unsupported" message, not an error for all. */
    parse(call: Verified, endpoint: Endpoint): Parsed;
  };
  /** Sends exactly one bubble. Throws nothing: every outcome is a value. */
  send?(message: OutboundMessage, endpoint: Endpoint, tools: AdapterTools): Promise<SendOutcome>;
}
