// Makes messages findable within two seconds: an outbox subscriber that writes their search numbers in batches, away
// from the path on which they came in (there it would cost three times the whole line).
import { type Message, type MessageId, textOf } from "@yingda/contract";
import type { Ctx } from "../../platform/context.ts";
import type { TenantVault } from "../../platform/crypto/index.ts";
import { type Tx, transact } from "../../platform/db/index.ts";
import type { HeardEvent, Subscriber } from "../../platform/outbox/index.ts";
import { presentMessages } from "../present-messages.ts";

type Indexed = "message-received" | "message-queued" | "note-added";

/** `maxWaitMs` leaves a second of the promised two for the writing. */
export const searchSubscriber: Subscriber<Indexed> = {
  name: "search-index",
  kinds: ["message-received", "message-queued", "note-added"],
  wants: (event) => event.kind !== "message-queued" || event.payload.author !== "system",
  batch: {
    maxEvents: 200,
    maxWaitMs: 700,
    async handleMany(ctx, events, done) {
      const messages = await messagesOf(ctx, events);
      const vault = await ctx.vault.forTenant(ctx.tenantId);
      const entries = messages.flatMap((message) => entryOf(vault, message) ?? []);
      await transact(ctx, async (tx) => {
        await insertEntries(tx, ctx, vault.searchKeyId, entries);
        await done(tx);
      });
    },
  },
};

/** From memory where this process wrote them, else from the record; erased ones are gone. */
async function messagesOf(ctx: Ctx, events: readonly HeardEvent<Indexed>[]): Promise<Message[]> {
  const atHand = events.flatMap(({ message }) => message ?? []);
  const others = events.filter(({ message }) => !message).map(({ payload }) => payload);
  return [...atHand, ...(await presentMessages(ctx, others))];
}

export interface SearchEntry {
  messageId: MessageId;
  tokens: readonly number[];
}

/** null for what holds no words. */
export function entryOf(vault: TenantVault, message: Pick<Message, "id" | "content">): SearchEntry | null {
  if (message.content.kind === "notice") return null;
  const tokens = vault.grams(textOf(message.content));
  return tokens.length === 0 ? null : { messageId: message.id, tokens };
}

// The join keeps a message that is erased at this moment from leaving its search row behind.
async function insertEntries(
  tx: Tx,
  ctx: Ctx,
  keyId: number,
  entries: readonly SearchEntry[],
): Promise<void> {
  if (entries.length === 0) return;
  await tx.run(
    `insert into message_search (tenant_id, message_id, conversation_id, seq, key_id, tokens)
     select m.tenant_id, m.id, m.conversation_id, m.seq, $4, w.tokens::int4[]
     from unnest($2::uuid[], $3::text[]) as w (id, tokens)
     join message m on m.tenant_id = $1 and m.id = w.id
     for key share of m
     on conflict (tenant_id, message_id) do nothing`,
    [ctx.tenantId, entries.map(({ messageId }) => messageId), entries.map(arrayText), keyId],
  );
}

/** An array inside an array: PostgreSQL would take numbers of different lengths for one broken matrix. */
export function arrayText({ tokens }: SearchEntry): string {
  return `{${tokens.join(",")}}`;
}
