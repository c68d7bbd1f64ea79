// A conversation sleeps till a time, or till the contact writes; who has it keeps it. `wakeSnoozed` is the clock.
import type { ConversationId, TenantId } from "@yingda/contract";
import { type Ctx, makeCtx, type Services } from "../platform/context.ts";
import { transact } from "../platform/db/index.ts";
import { AppError } from "../platform/errors.ts";
import { accessConversation } from "./access.ts";
import { applyTransition } from "./apply-transition.ts";
import { changeConversation } from "./change-conversation.ts";

const longestMs = 400 * 86_400_000; // a forgotten conversation should wake within the year it was forgotten in

/** @throws request/invalid for a time that is past or too far; conversation/transition-refused while it waits for a person. */
export async function snoozeConversation(
  ctx: Ctx,
  conversationId: ConversationId,
  until: Date,
): Promise<void> {
  await accessConversation(ctx, conversationId, "snooze");
  const at = ctx.clock.now();
  if (until <= at || until.getTime() - at.getTime() > longestMs)
    throw new AppError("request/invalid", { details: { field: "until" } });
  await changeConversation(ctx, conversationId, { kind: "snooze", until, at });
}

const mostAtOnce = 500;

/**
 * Opens what has slept long enough, in all tenants. A job calls it every minute; when several processes do at once,
 * the second finds each conversation awake and passes on. Out: how many woke.
 */
export async function wakeSnoozed(services: Services): Promise<number> {
  const due = await services.db.system((tx) =>
    tx.rows<{ tenant_id: TenantId; id: ConversationId }>(
      `select tenant_id, id from conversation where status = 'snoozed' and snoozed_until_at <= $1
       order by snoozed_until_at limit ${mostAtOnce}`,
      [services.clock.now()],
    ),
  );
  let woken = 0;
  for (const { tenant_id: tenantId, id } of due) {
    const ctx = makeCtx(services, { tenantId, actor: { kind: "system", name: "snooze" } });
    const applied = await transact(ctx, (tx) => applyTransition(ctx, tx, id, { kind: "wake" }));
    if (applied.kind === "applied") woken += 1;
  }
  return woken;
}
