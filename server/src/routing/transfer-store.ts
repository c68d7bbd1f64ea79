// SQL of hand-overs between colleagues that wait for an answer. Owner: routing.
import type { ConversationId, UserId } from "@yingda/contract";
import type { Tx } from "../platform/db/index.ts";

export type TransferOffer = {
  conversationId: ConversationId;
  fromAgentId: UserId;
  toAgentId: UserId;
  expiresAt: Date;
};

export async function putTransferOffer(
  tx: Tx,
  offer: {
    tenantId: string;
    conversationId: ConversationId;
    from: UserId;
    to: UserId;
    at: Date;
    expiresAt: Date;
  },
): Promise<void> {
  await tx.run(
    `insert into transfer_offer (tenant_id, conversation_id, from_agent_id, to_agent_id, offered_at, offer_expires_at)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (tenant_id, conversation_id) do update set from_agent_id = excluded.from_agent_id,
       to_agent_id = excluded.to_agent_id, offered_at = excluded.offered_at, offer_expires_at = excluded.offer_expires_at`,
    [offer.tenantId, offer.conversationId, offer.from, offer.to, offer.at, offer.expiresAt],
  );
}

export function lockTransferOffer(
  tx: Tx,
  conversationId: ConversationId,
): Promise<TransferOffer | undefined> {
  return tx.maybe(
    `select conversation_id as "conversationId", from_agent_id as "fromAgentId", to_agent_id as "toAgentId", offer_expires_at as "expiresAt"
     from transfer_offer where conversation_id = $1 for update`,
    [conversationId],
  );
}

/** Removes it; undefined when there was none. */
export function removeTransferOffer(
  tx: Tx,
  conversationId: ConversationId,
): Promise<TransferOffer | undefined> {
  return tx.maybe(
    `delete from transfer_offer where conversation_id = $1
     returning conversation_id as "conversationId", from_agent_id as "fromAgentId", to_agent_id as "toAgentId", offer_expires_at as "expiresAt"`,
    [conversationId],
  );
}
