// What the demo changed, written down before it is done: the way back, also from a seeding that was cut off. One row a tenant.
import type { ConversationId, InboxId, WidgetSettings } from "@yingda/contract";
import type { Ctx } from "../platform/context.ts";
import { type Tx, transact } from "../platform/db/index.ts";

/** `before` is put back only where `after` still stands: what the owner changed since is theirs. */
export interface Change<T> {
  before: T;
  after: T;
}

export interface DemoReceipt {
  pack: string;
  /** The shop had switched the pack on by itself before. */
  packWasOn: boolean;
  /** Blanks that were empty, by the sample they were filled with. */
  blanks: Record<string, string>;
  /** Flows that the demo switched on; absent in a receipt older than flows. */
  flows?: string[];
  name: Change<string> | null;
  widget: (Change<WidgetSettings> & { inboxId: InboxId }) | null;
  conversationIds: ConversationId[];
}

export async function readReceipt(ctx: Ctx): Promise<{ receipt: DemoReceipt; seededAt: Date } | null> {
  const row = await transact(ctx, (tx) =>
    tx.maybe<{ receipt: DemoReceipt; seeded_at: Date }>(
      "select receipt, seeded_at from demo_receipt where tenant_id = $1",
      [ctx.tenantId],
    ),
  );
  return row ? { receipt: row.receipt, seededAt: row.seeded_at } : null;
}

/** False when there is one: somebody else is at it, or was. */
export async function putReceipt(ctx: Ctx, receipt: DemoReceipt): Promise<boolean> {
  const added = await transact(ctx, (tx) =>
    tx.run(
      "insert into demo_receipt (tenant_id, receipt, seeded_at) values ($1, $2, $3) on conflict do nothing",
      [ctx.tenantId, JSON.stringify(receipt), ctx.clock.now()],
    ),
  );
  return added === 1;
}

export async function changeReceipt(ctx: Ctx, tx: Tx, change: Partial<DemoReceipt>): Promise<void> {
  await tx.run("update demo_receipt set receipt = receipt || $2::jsonb where tenant_id = $1", [
    ctx.tenantId,
    JSON.stringify(change),
  ]);
}

export async function deleteReceipt(ctx: Ctx): Promise<void> {
  await transact(ctx, (tx) => tx.run("delete from demo_receipt where tenant_id = $1", [ctx.tenantId]));
}
