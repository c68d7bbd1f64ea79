// The customer's id on the shop's own site, where the conversation is that of somebody who signed in there: the web channel
// proves it by the shop's signature (channels/web/visitor-identity.ts) and knows such people as "customer:ID".
import { type Channel, type ConversationId, channelCapabilities, type IdentityId } from "@yingda/contract";
import type { Ctx } from "../../platform/context.ts";
import { transact } from "../../platform/db/index.ts";
import { openExternalId } from "./contact-seal.ts";

const prefix = "customer:";

/** Null for a visitor whom nobody has vouched for, and on every other channel. */
export async function signedInCustomer(ctx: Ctx, conversationId: ConversationId): Promise<string | null> {
  const row = await transact(ctx, (tx) =>
    tx.maybe<{ id: IdentityId; sealed: Buffer; channel: Channel }>(
      `select i.id, i.sealed_external_id as sealed, b.channel from conversation c
       join identity i on i.tenant_id = $1 and i.id = c.identity_id
       join inbox b on b.tenant_id = $1 and b.id = c.inbox_id
       where c.tenant_id = $1 and c.id = $2`,
      [ctx.tenantId, conversationId],
    ),
  );
  // where we deliver ourselves, we also proved who it is; elsewhere such an id is only a name
  if (row === undefined || channelCapabilities[row.channel].delivery === "push") return null;
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const externalId = openExternalId(vault, row.id, row.sealed);
  return externalId.startsWith(prefix) ? externalId.slice(prefix.length) : null;
}
