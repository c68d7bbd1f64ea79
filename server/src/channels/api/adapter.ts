// The channel for own programs: signed JSON in, signed JSON out, the same scheme in both directions (shared/signature.ts).
// It is the reference for other adapters: the conformance suite ran against it first.
import { type Channel, type Content, channelCapabilities } from "@yingda/contract";
import type { Clock } from "../../platform/clock.ts";
import { ExternalError } from "../../platform/errors.ts";
import { isRetryableStatus, retryAfterMs } from "../../platform/net/index.ts";
import {
  type AdapterTools,
  type ChannelAdapter,
  type Endpoint,
  type InboundEvent,
  type OutboundMessage,
  type Parsed,
  type RawRequest,
  type RefusalKind,
  type SendOutcome,
  type Verification,
  type Verified,
  verified,
} from "../adapter.ts";
import { checkSignature, signatureHeaders, signWithAll } from "../shared/signature.ts";
import { type InboundItem, inboundBody, inboundContent } from "./inbound-schema.ts";

const id: Channel = "api";
const timeoutMs = 10_000;
const longestAnswerBytes = 64_000;

export const apiAdapter: ChannelAdapter = {
  id,
  capabilities: channelCapabilities[id],
  hook: { verify, parse },
  send,
};

function verify(request: RawRequest, endpoint: Endpoint, clock: Clock): Verification {
  const { headers, body } = request;
  const callId = headers[signatureHeaders.id];
  const given = { timestamp: headers[signatureHeaders.at], signature: headers[signatureHeaders.signature] };
  const check = checkSignature(endpoint.secrets, given, body, clock.nowMs());
  if (check === "invalid") return { kind: "refused", code: "channel/signature-invalid" };
  if (check === "outside-window") return { kind: "refused", code: "channel/replayed" };
  // not under the signature, so nothing is decided by it alone: see hooks.ts
  const isUsable = callId !== undefined && callId.length > 0 && callId.length <= 200;
  if (!isUsable) return { kind: "refused", code: "channel/payload-invalid" };
  return { kind: "verified", call: verified({ callId, body, at: clock.now() }) };
}

function parse(call: Verified): Parsed {
  let given: unknown;
  try {
    given = JSON.parse(call.body.toString("utf8"));
  } catch {
    return { kind: "invalid", details: { body: "not JSON" } };
  }
  const body = inboundBody.safeParse(given);
  if (!body.success) {
    const [issue] = body.error.issues;
    return { kind: "invalid", details: { [issue?.path.join(".") || "body"]: issue?.message ?? "invalid" } };
  }
  const items = "events" in body.data ? body.data.events : [body.data];
  return { kind: "events", events: items.map((item) => eventOf(item, call.at)) };
}

function eventOf(item: InboundItem, receivedAt: Date): InboundEvent {
  if ("receipt" in item) {
    const { messageId, status, at } = item.receipt;
    return { kind: "receipt", externalId: messageId, status, at: at ? new Date(at) : receivedAt };
  }
  const { contact, message, context, locale } = item;
  return {
    kind: "message",
    externalId: message.id,
    contact: { id: contact.id, ...(contact.name ? { name: contact.name } : {}) },
    content: contentOf(message.content),
    at: notAhead(message.at, receivedAt),
    ...(context ? { context } : {}),
    ...(locale ? { locale } : {}),
  };
}

/** A clock that runs ahead elsewhere must not write messages into our future. */
function notAhead(at: string | undefined, receivedAt: Date): Date {
  const given = at ? new Date(at) : receivedAt;
  return given > receivedAt ? receivedAt : given;
}

function contentOf(given: unknown): Extract<InboundEvent, { kind: "message" }>["content"] {
  const parsed = inboundContent.safeParse(given);
  if (parsed.success && !namesOurMedia(parsed.data)) return parsed.data;
  const kind =
    typeof given === "object" && given !== null && "kind" in given ? String(given.kind).slice(0, 50) : "";
  return { kind: "unsupported", described: kind };
}

/** Media come by address; an id of ours in an inbound message could name somebody else's file. */
function namesOurMedia(content: { kind: string }): boolean {
  return "mediaId" in content || "imageMediaId" in content;
}

/** What the receiver gets; documented for own programs, so fields are only ever added. */
function bodyOf(message: OutboundMessage): string {
  return JSON.stringify({
    event: "message",
    id: message.key,
    conversationId: message.conversationId,
    contact: { id: message.to },
    message: {
      id: message.messageId,
      seq: message.seq,
      author: message.author,
      /** The mark that a program made it, for receivers that must show it. */
      isAiMade: message.author.kind === "bot",
      content: withUrls(message.content, message.mediaUrls),
      at: message.at.toISOString(),
    },
  });
}

function withUrls(content: Content, urls: OutboundMessage["mediaUrls"]): unknown {
  const named =
    "mediaId" in content ? content.mediaId : "imageMediaId" in content ? content.imageMediaId : undefined;
  const url = named === undefined ? undefined : urls[named];
  return url === undefined ? content : { ...content, url };
}

async function send(
  message: OutboundMessage,
  endpoint: Endpoint,
  { fetch, clock }: AdapterTools,
): Promise<SendOutcome> {
  if (!endpoint.webhookUrl) return { kind: "refused", why: "config", code: "no-webhook-url" };
  if (endpoint.secrets.length === 0) return { kind: "refused", why: "config", code: "no-secret" };
  const body = bodyOf(message);
  const timestamp = Math.floor(clock.nowMs() / 1_000);
  try {
    const reply = await fetch("webhook", endpoint.webhookUrl, {
      method: "POST",
      headers: {
        "content-type": "application/json; charset=utf-8",
        [signatureHeaders.at]: String(timestamp),
        [signatureHeaders.signature]: signWithAll(endpoint.secrets, timestamp, body),
        [signatureHeaders.id]: message.key,
      },
      body,
      timeoutMs,
      maxBytes: longestAnswerBytes,
      maxRedirects: 0,
    });
    if (reply.isOk) return { kind: "accepted", externalId: externalIdOf(await reply.text()) ?? message.key };
    await reply.discard();
    const waitMs = retryAfterMs(reply.headers["retry-after"], clock.nowMs());
    return {
      kind: "refused",
      why: refusalOf(reply.status),
      code: `http-${reply.status}`,
      ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }),
    };
  } catch (error) {
    return outcomeOf(error);
  }
}

function externalIdOf(text: string): string | null {
  try {
    const answer = JSON.parse(text) as unknown;
    if (typeof answer !== "object" || answer === null || !("id" in answer)) return null;
    return typeof answer.id === "string" && answer.id.length > 0 && answer.id.length <= 200
      ? answer.id
      : null;
  } catch {
    return null;
  }
}

function refusalOf(status: number): RefusalKind {
  if (status === 429) return "rate";
  if (status === 401 || status === 403) return "auth";
  if (status === 413) return "too-large";
  if (status === 415 || status === 422) return "unsupported";
  if (isRetryableStatus(status)) return "temporary";
  // a redirect is not followed (the signature is for this address), and an address that is gone stays so until changed
  return status < 400 || status === 404 || status === 410 ? "config" : "content";
}

function outcomeOf(error: unknown): SendOutcome {
  if (!(error instanceof ExternalError)) throw error;
  const { failure, reason } = error.details;
  if (failure === "connect-failed") return { kind: "refused", why: "temporary", code: "connect-failed" };
  if (failure === "timed-out" || failure === "broken-off") return { kind: "unknown", code: failure };
  return { kind: "refused", why: "config", code: String(reason ?? failure ?? "refused") };
}
