// How a message lies in the record: its content and the author's name as JSON, sealed for the message's own row.
// The name is kept with the line on purpose: a colleague who leaves or is renamed still signed what they wrote.
import type { MessageContent, MessageId } from "@yingda/contract";
import type { TenantVault } from "../platform/crypto/index.ts";

export interface MessageBody {
  content: MessageContent;
  /** The author's name as the contact saw it; null for the contact. */
  name: string | null;
}

export function sealBody(vault: TenantVault, messageId: MessageId, body: MessageBody): Buffer {
  return vault.seal(placeOf(messageId), JSON.stringify(body));
}

export function openBody(vault: TenantVault, messageId: MessageId, sealed: Uint8Array): MessageBody {
  return JSON.parse(vault.openText(placeOf(messageId), sealed)) as MessageBody;
}

function placeOf(messageId: MessageId) {
  return { table: "message", column: "sealed_content", row: messageId };
}
