// The table picture_reading: what a vision model read in pictures. Owner: turns.
import { type ConversationId, type MessageId, type PictureSeen, pictureSeen } from "@yingda/contract";
import type { Ctx } from "../../platform/context.ts";
import { transact } from "../../platform/db/index.ts";

export interface KeptReading {
  messageId: MessageId;
  seen: PictureSeen;
  model: string;
  at: Date;
}

const readingPlace = (messageId: MessageId) => ({
  table: "picture_reading",
  column: "sealed_reading",
  row: messageId,
});

/** Once a picture; a second reading of the same is not kept. */
export async function keepReading(
  ctx: Ctx,
  conversationId: ConversationId,
  { messageId, seen, model }: Omit<KeptReading, "at">,
): Promise<void> {
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const sealed = vault.seal(readingPlace(messageId), JSON.stringify({ seen, model }));
  const values = [ctx.tenantId, messageId, conversationId, sealed, ctx.clock.now()];
  await transact(ctx, (tx) =>
    tx.run(
      `insert into picture_reading (tenant_id, message_id, conversation_id, sealed_reading, at)
       values ($1, $2, $3, $4, $5) on conflict do nothing`,
      values,
    ),
  );
}

/** Of one conversation, oldest first. */
export async function readingsOf(ctx: Ctx, conversationId: ConversationId): Promise<KeptReading[]> {
  const rows = await transact(ctx, (tx) =>
    tx.rows<{ id: MessageId; sealed: Buffer; at: Date }>(
      `select message_id as id, sealed_reading as sealed, at from picture_reading
       where tenant_id = $1 and conversation_id = $2 order by at, message_id`,
      [ctx.tenantId, conversationId],
    ),
  );
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  return rows.map(({ id, sealed, at }) => {
    const body = JSON.parse(vault.openText(readingPlace(id), sealed)) as { seen: unknown; model: string };
    return { messageId: id, seen: pictureSeen.parse(body.seen), model: body.model, at };
  });
}
