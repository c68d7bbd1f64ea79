// What every change of a document leaves behind: the event that other nodes and screens hear, and the audit entry.

import { requestAudit } from "../../../accounts/index.ts";
import type { Ctx } from "../../../platform/context.ts";
import type { Tx } from "../../../platform/db/index.ts";
import { emit } from "../../../platform/outbox/index.ts";
import type { DocumentRow } from "./document-store.ts";

export type DocumentChanged = "added" | "changed" | "removed";

/** Last in the transaction: it locks the lane. */
export async function recordDocumentChange(
  ctx: Ctx,
  tx: Tx,
  { id, title, version }: Pick<DocumentRow, "id" | "title" | "version">,
  how: DocumentChanged,
): Promise<void> {
  await requestAudit(ctx, tx, {
    action: `document-${how}`,
    subject: "document",
    subjectId: id,
    details: { name: title, version },
  });
  await emit(ctx, tx, ctx.tenantId, [{ kind: "document-changed", payload: { documentId: id, how } }]);
}
