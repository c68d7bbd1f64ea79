// What a platform posts to us: verified, parsed, recorded, and only then acknowledged. Nothing slow stands before the
// answer except fetching a file that came by address, which the sender waits for.
import { createHash } from "node:crypto";
import type { Channel, InboxId, MessageId } from "@yingda/contract";
import { getInbox, type InboxRecord, receiveMessage, recordDelivery } from "../conversations/index.ts";
import { type Ctx, makeCtx, type Services } from "../platform/context.ts";
import { transact } from "../platform/db/index.ts";
import { AppError } from "../platform/errors.ts";
import { isUuid } from "../platform/ids.ts";
import type { ChannelAdapter, Endpoint, InboundEvent, RawRequest, Verification } from "./adapter.ts";
import { markSeen, resolveHookTenant, wasSeen } from "./hook-store.ts";
import { takeInMedia } from "./take-in-media.ts";

export type HookAnswer = { status: number; type: string; body: string };
export type Recorded = {
  externalId: string;
  conversationId: string;
  messageId: string;
  seq: number;
  duplicate: boolean;
};

/** @throws inbox/not-found, inbox/off, channel/signature-invalid, channel/replayed, channel/payload-invalid */
export async function receiveHook(
  services: Services,
  adapter: ChannelAdapter,
  inboxId: InboxId,
  request: RawRequest,
): Promise<HookAnswer> {
  const { ctx, inbox } = await openInbox(services, adapter.id, inboxId);
  if (!adapter.hook) throw new AppError("inbox/not-found");
  const endpoint = endpointOf(ctx, inbox);
  const verification: Verification = adapter.hook.verify(request, endpoint, ctx.clock);
  if (verification.kind === "refused") throw new AppError(verification.code);
  if (verification.kind === "answer") return verification;
  if (!inbox.isOn) throw new AppError("inbox/off");
  const { call } = verification;
  // the id alone is not signed on every channel, so the body belongs to it
  const seenAs = `${call.callId.slice(0, 100)}:${createHash("sha256").update(call.body).digest("base64url")}`;
  if (await transact(ctx, (tx) => wasSeen(tx, inboxId, seenAs)))
    return json(200, { accepted: [], duplicate: true });
  const parsed = adapter.hook.parse(call, endpoint);
  if (parsed.kind === "invalid") throw new AppError("channel/payload-invalid", { details: parsed.details });
  const accepted: Recorded[] = [];
  for (const event of parsed.events) {
    const recorded = await recordEvent(ctx, inbox, event);
    if (recorded) accepted.push(recorded);
  }
  await transact(ctx, (tx) => markSeen(tx, ctx.tenantId, inboxId, seenAs, ctx.clock.now()));
  return json(202, { accepted });
}

async function openInbox(
  services: Services,
  channel: Channel,
  inboxId: InboxId,
): Promise<{ ctx: Ctx; inbox: InboxRecord }> {
  const tenantId = await services.db.transact(null, (tx) => resolveHookTenant(tx, inboxId));
  if (!tenantId) throw new AppError("inbox/not-found");
  const ctx = makeCtx(services, { tenantId, actor: { kind: "system", name: `channel-${channel}` } });
  const inbox = await getInbox(ctx, inboxId);
  if (inbox?.channel !== channel) throw new AppError("inbox/not-found");
  return { ctx, inbox };
}

/** The secrets that are valid at this moment, newest last. */
export function endpointOf(ctx: Ctx, inbox: InboxRecord): Endpoint {
  const { webhook, previous, previousUntilAt } = inbox.secrets;
  const stillValid =
    previous !== null && previousUntilAt !== null && new Date(previousUntilAt) > ctx.clock.now();
  const secrets = [...(stillValid ? [previous] : []), ...(webhook === null ? [] : [webhook])];
  return { tenantId: ctx.tenantId, inboxId: inbox.id, webhookUrl: inbox.webhook?.url ?? null, secrets };
}

async function recordEvent(ctx: Ctx, inbox: InboxRecord, event: InboundEvent): Promise<Recorded | null> {
  if (event.kind === "receipt") {
    await recordReceipt(ctx, event);
    return null;
  }
  const content =
    event.content.kind === "media" ? await takeInMedia(ctx, inbox.id, event.content.media) : event.content;
  const received = await receiveMessage(ctx, {
    inboxId: inbox.id,
    externalContactId: event.contact.id,
    ...(event.contact.name ? { contactName: event.contact.name } : {}),
    isVerified: true,
    content,
    externalId: event.externalId,
    at: event.at,
    ...(event.context ? { context: event.context } : {}),
    ...(event.locale ? { locale: event.locale } : {}),
    isBotOn: inbox.bot.isOn,
    reopenWindowMs: inbox.reopenWindowMs,
  });
  const { conversationId, messageId, seq } = received;
  return {
    externalId: event.externalId,
    conversationId,
    messageId,
    seq,
    duplicate: received.kind === "duplicate",
  };
}

/** Our message's id, with the number of the bubble behind it where the text was cut. */
async function recordReceipt(ctx: Ctx, event: Extract<InboundEvent, { kind: "receipt" }>): Promise<void> {
  const [messageId = ""] = event.externalId.split("#");
  if (!isUuid(messageId)) return;
  await recordDelivery(ctx, {
    messageId: messageId as MessageId,
    status: event.status,
    ...(event.reason
      ? { reason: event.reason }
      : event.status === "failed"
        ? { reason: "rejected" as const }
        : {}),
  });
}

function json(status: number, body: unknown): HookAnswer {
  return { status, type: "application/json; charset=utf-8", body: JSON.stringify(body) };
}
