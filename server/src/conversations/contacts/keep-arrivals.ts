// What a line of a known contact brings along besides its words: the page or link it came from, and a name where there
// was none. Rare next to lines, so it is a second, small write; called by receive-message.ts.
import type { ContactId, ConversationId } from "@yingda/contract";
import type { Ctx } from "../../platform/context.ts";
import type { TenantVault } from "../../platform/crypto/index.ts";
import { transact } from "../../platform/db/index.ts";
import { emit } from "../../platform/outbox/index.ts";
import { contextHash, nameGiven, sealContext, sealName } from "./contact-seal.ts";

/** Rows of a line just recorded, and what came with it. */
export async function keepArrivals(
  ctx: Ctx,
  vault: TenantVault,
  row: { contact_id: ContactId; conversation_id: ConversationId; is_named: boolean; is_context_new: boolean },
  arrival: { context?: Record<string, string>; contactName?: string },
): Promise<void> {
  const context = row.is_context_new ? arrival.context : undefined;
  const name = row.is_named ? null : nameGiven(arrival.contactName);
  if (!context && name === null) return;
  const id = row.contact_id;
  await transact(ctx, async (tx) => {
    await tx.run(
      `update contact set sealed_context = coalesce($3, sealed_context), context_hash = coalesce($7, context_hash), sealed_name = coalesce($4, sealed_name),
         is_named = is_named or $4 is not null, name_grams = coalesce($5, name_grams),
         name_key_id = case when $5 is null then name_key_id else $6 end, version = version + 1
       where tenant_id = $1 and id = $2`,
      [
        ctx.tenantId,
        id,
        context ? sealContext(vault, id, context) : null,
        name === null ? null : sealName(vault, id, name),
        name === null ? null : vault.grams(name),
        vault.searchKeyId,
        context ? contextHash(vault, context) : null,
      ],
    );
    await emit(ctx, tx, row.conversation_id, [{ kind: "contact-changed", payload: { contactId: id } }]);
  });
}
