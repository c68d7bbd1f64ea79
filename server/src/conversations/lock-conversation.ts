// The row of a conversation held till the end of somebody's transaction (routing, turns).
import type { ConversationId } from "@yingda/contract";
import type { Tx } from "../platform/db/index.ts";
import { type ConversationRow, conversationColumns, recordOf } from "./conversation-store.ts";
import type { ConversationRecord } from "./model.ts";

/** null when the transaction's tenant has no such conversation. */
export async function lockConversation(
  tx: Tx,
  conversationId: ConversationId,
): Promise<ConversationRecord | null> {
  const row = await tx.maybe<ConversationRow>(
    `select ${conversationColumns} from conversation c where c.tenant_id = yingda_tenant() and c.id = $1
     for no key update of c`,
    [conversationId],
  );
  return row ? recordOf(row) : null;
}
