// Sends what the record has queued, one conversation at a time and in its order: a message that must be tried again holds
// back the later ones, so that a contact never reads an answer before the sentence it belongs to. Called when a message is
// queued and by the sweep. No transaction is open while sending.
import type { Content, ConversationId, MediaId } from "@yingda/contract";
import {
  getInbox,
  type InboxRecord,
  loadOutbound,
  type OutboundRecord,
  recordDelivery,
  recordInboxHealth,
} from "../conversations/index.ts";
import type { Ctx } from "../platform/context.ts";
import { transact } from "../platform/db/index.ts";
import { signMediaUrl } from "../platform/media/index.ts";
import type { ChannelAdapter, Endpoint, OutboundMessage, SendOutcome } from "./adapter.ts";
import {
  type Attempt,
  beginAttempt,
  endAttempt,
  firstAttempt,
  inFlight,
  notePart,
  planAttempt,
} from "./delivery-store.ts";
import { periodOf, takeQuota } from "./quota.ts";
import { endpointOf } from "./receive-hook.ts";
import type { Adapters } from "./registry.ts";
import { type NextStep, nextStep } from "./retry-table.ts";
import { splitText } from "./split-text.ts";

/** A send that says nothing for this long died with its server. */
const presumedDeadMs = 120_000;

/** Sends what is due, oldest first, until the line is empty or its first one must wait. Returns how many left the line. */
export async function deliverConversation(
  ctx: Ctx,
  adapters: Adapters,
  conversationId: ConversationId,
): Promise<number> {
  for (let ended = 0; ; ended += 1) {
    const attempt = await transact(ctx, (tx) => firstAttempt(tx, conversationId));
    if (!attempt || attempt.nextAttemptAt > ctx.clock.now()) return ended;
    const step = await deliverOne(ctx, adapters, attempt);
    if (step === "taken") return ended;
    if (step.kind === "retry") return ended;
  }
}

async function deliverOne(ctx: Ctx, adapters: Adapters, attempt: Attempt): Promise<NextStep | "taken"> {
  const outbound = await loadOutbound(ctx, attempt.conversationId, attempt.seq);
  const inbox = outbound && (await getInbox(ctx, outbound.inboxId));
  if (!outbound || !inbox) {
    await transact(ctx, (tx) => endAttempt(tx, attempt.messageId));
    return { kind: "failed", reason: "inbox-off", code: "gone" };
  }
  const adapter = adapters[inbox.channel];
  const isRepeated = attempt.lastCode === inFlight;
  const until = new Date(ctx.clock.nowMs() + presumedDeadMs);
  if (!(await transact(ctx, (tx) => beginAttempt(tx, attempt, until)))) return "taken";
  const unsafe: SendOutcome | null =
    isRepeated && !adapter.capabilities.idempotentSend ? { kind: "unknown", code: "interrupted" } : null;
  const outcome = unsafe ?? (await sendAll(ctx, adapter, inbox, outbound, attempt));
  const step = nextStep(outcome, attempt.attempts + 1, adapter.capabilities.idempotentSend, Math.random());
  await settle(ctx, attempt, step);
  await noteHealth(ctx, inbox, outcome);
  return step;
}

async function sendAll(
  ctx: Ctx,
  adapter: ChannelAdapter,
  inbox: InboxRecord,
  outbound: OutboundRecord,
  attempt: Attempt,
): Promise<SendOutcome> {
  if (!inbox.isOn || !adapter.send) return { kind: "refused", why: "config", code: "inbox-off" };
  if (!adapter.capabilities.contentKinds.includes(outbound.content.kind))
    return { kind: "refused", why: "unsupported", code: outbound.content.kind };
  const { replyWindowMs } = adapter.capabilities;
  const silentMs = ctx.clock.nowMs() - outbound.lastInboundAt.getTime();
  if (replyWindowMs !== null && silentMs > replyWindowMs)
    return { kind: "refused", why: "window", code: "window-closed" };
  const endpoint = endpointOf(ctx, inbox);
  const parts = partsOf(outbound.content, adapter.capabilities.maxTextLength);
  const mediaUrls = await signedUrls(ctx, outbound.content);
  let last: SendOutcome = { kind: "refused", why: "content", code: "empty" };
  for (let index = attempt.partsSent; index < parts.length; index += 1) {
    const content = parts[index];
    if (!content) break;
    if (!(await hasQuota(ctx, adapter, inbox))) return { kind: "refused", why: "quota", code: "quota" };
    const key = parts.length === 1 ? outbound.messageId : `${outbound.messageId}#${index + 1}`;
    last = await sendOne(ctx, adapter, endpoint, { ...outbound, key, content, mediaUrls });
    if (last.kind !== "accepted") return last;
    if (index + 1 < parts.length) await transact(ctx, (tx) => notePart(tx, attempt.messageId, index + 1));
  }
  return last;
}

async function sendOne(
  ctx: Ctx,
  adapter: ChannelAdapter,
  endpoint: Endpoint,
  message: OutboundMessage,
): Promise<SendOutcome> {
  if (!adapter.send) return { kind: "refused", why: "config", code: "no-send" };
  try {
    return await adapter.send(message, endpoint, { fetch: ctx.fetch, clock: ctx.clock });
  } catch (error) {
    // an adapter's bug must not block the conversation for ever, and nobody knows how far it came
    ctx.log.error({ err: error, messageId: message.messageId }, "adapter threw while sending");
    return { kind: "unknown", code: "adapter-error" };
  }
}

/** Text longer than the channel takes becomes several bubbles; buttons stay with the last one. */
export function partsOf(content: Content, maxTextLength: number): Content[] {
  if (content.kind !== "text" && content.kind !== "choices") return [content];
  const texts = splitText(content.text, maxTextLength);
  const last = texts.at(-1);
  if (last === undefined || texts.length === 1) return [content];
  return [...texts.slice(0, -1).map((text): Content => ({ kind: "text", text })), { ...content, text: last }];
}

async function hasQuota(ctx: Ctx, { quota }: ChannelAdapter, inbox: InboxRecord): Promise<boolean> {
  if (!quota) return true;
  const period = periodOf(quota.per, ctx.clock.now());
  return transact(ctx, (tx) => takeQuota(tx, ctx.tenantId, inbox.id, period, quota.limit));
}

async function signedUrls(ctx: Ctx, content: Content): Promise<Record<string, string>> {
  const mediaId: MediaId | undefined =
    "mediaId" in content ? content.mediaId : content.kind === "card" ? content.imageMediaId : undefined;
  if (mediaId === undefined) return {};
  const vault = await ctx.vault.forSystem();
  const path = signMediaUrl(vault, { tenantId: ctx.tenantId, mediaId, variant: "full" }, ctx.clock.nowMs());
  return { [mediaId]: `${ctx.config.publicUrl ?? ""}${path}` };
}

async function settle(ctx: Ctx, attempt: Attempt, step: NextStep): Promise<void> {
  const { messageId } = attempt;
  if (step.kind === "retry") {
    const at = new Date(ctx.clock.nowMs() + step.afterMs);
    await transact(ctx, (tx) => planAttempt(tx, messageId, at, step.code));
    return;
  }
  // the record first: should we die in between, the next try finds a message that has its end and ends the attempt
  await recordDelivery(ctx, {
    messageId,
    status: step.kind,
    ...(step.kind === "sent" ? { externalId: step.externalId } : {}),
    ...(step.kind === "failed" ? { reason: step.reason } : {}),
  });
  await transact(ctx, (tx) => endAttempt(tx, messageId));
}

type Health = { state: "ok" | "warn" | "down"; code: string | null };

/** What a send says about the inbox; a refusal of one message (window, content) says nothing. */
export function healthOf(outcome: SendOutcome): Health | null {
  if (outcome.kind === "accepted") return { state: "ok", code: null };
  if (outcome.kind === "unknown") return { state: "warn", code: outcome.code };
  switch (outcome.why) {
    case "auth":
    case "config":
      return { state: "down", code: outcome.code };
    case "rate":
    case "temporary":
    case "quota":
      return { state: "warn", code: outcome.code };
    case "window":
    case "recipient":
    case "content":
    case "unsupported":
    case "too-large":
      return null;
    default:
      return outcome.why satisfies never;
  }
}

async function noteHealth(ctx: Ctx, inbox: InboxRecord, outcome: SendOutcome): Promise<void> {
  const health = healthOf(outcome);
  const isSame = health?.state === inbox.health.state && health.code === inbox.health.code;
  if (health && !isSame) await recordInboxHealth(ctx, inbox.id, health);
}
