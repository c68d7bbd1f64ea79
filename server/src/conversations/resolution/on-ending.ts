// Keeps how conversations ended, from the record's own events. Not told of every message: only of what may change it.

import type { ConversationId, Resolution, TenantId } from "@yingda/contract";
import type { Ctx } from "../../platform/context.ts";
import { type Tx, transact } from "../../platform/db/index.ts";
import type { HeardEvent, Subscriber } from "../../platform/outbox/index.ts";
import { type EndingEvent, resolutionAfter } from "./resolution.ts";

const kinds = [
  "conversation-queued",
  "conversation-assigned",
  "conversation-abandoned",
  "conversation-resolved",
  "conversation-reopened",
  "conversation-rated",
  "colleague-question-changed",
] as const;
type Kind = (typeof kinds)[number];

export const resolutionSubscriber: Subscriber<Kind> = {
  name: "resolution",
  kinds: [...kinds],
  wants: (event) => event.kind !== "colleague-question-changed" || event.payload.how === "answered",
  async handle(ctx, event, done) {
    const { conversationId } = event.payload;
    const cameBack = event.kind === "conversation-reopened" && (await isByContact(ctx, event));
    await transact(ctx, async (tx) => {
      if (cameBack) await writeReturn(tx, ctx.tenantId, conversationId, event.at);
      const now = await readResolution(tx, ctx.tenantId, conversationId);
      const after = resolutionAfter(now, endingOf(event));
      if (after !== now) await writeResolution(tx, ctx.tenantId, conversationId, after, event.at);
      await done(tx);
    });
  },
};

function endingOf(event: HeardEvent<Kind>): EndingEvent {
  switch (event.kind) {
    case "conversation-queued":
    case "conversation-assigned":
    // what a colleague had to say is no success of the bot alone
    case "colleague-question-changed":
      return { kind: "handed-over" };
    case "conversation-abandoned":
      return { kind: "abandoned" };
    case "conversation-resolved":
      return { kind: "resolved", by: event.payload.by, disposition: event.payload.disposition };
    case "conversation-reopened":
      return { kind: "reopened" };
    case "conversation-rated":
      return { kind: "rated", score: event.payload.score };
    default:
      return event satisfies never;
  }
}

/** A line of the contact's opened it, in one commit; a colleague's undo or further word did not. */
async function isByContact(ctx: Ctx, { aggregateId, seq }: HeardEvent<Kind>): Promise<boolean> {
  const around = await ctx.outbox.read(ctx.tenantId, aggregateId, Math.max(0, seq - 3), 3);
  const at = around.find((one) => one.seq === seq)?.at.getTime();
  return around.some((one) => one.kind === "message-received" && one.at.getTime() === at);
}

async function writeReturn(tx: Tx, tenantId: TenantId, id: ConversationId, at: Date): Promise<void> {
  await tx.run(
    `insert into conversation_return (tenant_id, conversation_id, at)
     select tenant_id, id, $3 from conversation where tenant_id = $1 and id = $2
     on conflict do nothing`,
    [tenantId, id, at],
  );
}

async function readResolution(tx: Tx, tenantId: TenantId, id: ConversationId): Promise<Resolution | null> {
  const row = await tx.maybe<{ state: Resolution }>(
    "select state from conversation_resolution where tenant_id = $1 and conversation_id = $2 for update",
    [tenantId, id],
  );
  return row?.state ?? null;
}

/** Nothing for a conversation that was erased meanwhile. */
async function writeResolution(
  tx: Tx,
  tenantId: TenantId,
  id: ConversationId,
  state: Resolution | null,
  at: Date,
): Promise<void> {
  if (state === null)
    await tx.run("delete from conversation_resolution where tenant_id = $1 and conversation_id = $2", [
      tenantId,
      id,
    ]);
  else
    await tx.run(
      `insert into conversation_resolution (tenant_id, conversation_id, state, at)
       select tenant_id, id, $3, $4 from conversation where tenant_id = $1 and id = $2
       on conflict (tenant_id, conversation_id) do update set state = excluded.state, at = excluded.at`,
      [tenantId, id, state, at],
    );
}
