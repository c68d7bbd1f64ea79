// "Why did it say this?": the stored trace of one bot answer. GET /api/messages/:id/trace.
import type { MessageId, RouteReply, routes, TraceEntry } from "@yingda/contract";
import { accessConversation } from "../conversations/index.ts";
import type { Ctx } from "../platform/context.ts";
import { transact } from "../platform/db/index.ts";
import { AppError } from "../platform/errors.ts";
import { tracePlace } from "./turn-situation.ts";
import { findTrace } from "./turn-store.ts";

/** @throws message/not-found when the message has none. */
export async function getTrace(ctx: Ctx, messageId: MessageId): Promise<RouteReply<typeof routes.getTrace>> {
  const row = await transact(ctx, (tx) => findTrace(tx, messageId));
  if (!row) throw new AppError("message/not-found");
  await accessConversation(ctx, row.conversationId);
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const trace = JSON.parse(vault.openText(tracePlace(messageId), row.sealedTrace)) as TraceEntry[];
  const { outcome, faq, confidence, tookMs, at } = row;
  return { outcome, faq, confidence, trace, tookMs, at: at.toISOString() };
}
