// After the commit of whatever changed a document: customers are answered from it as it is now, or not at all.

import type { DocumentId } from "@yingda/contract";
import type { Ctx } from "../../../platform/context.ts";
import { transact } from "../../../platform/db/index.ts";
import { changeKnowledge, reloadPart } from "../../knowledge/knowledge-cache.ts";
import { findDocumentRow } from "./document-store.ts";
import { answers, loadDocument, stampOf } from "./load-documents.ts";

/** Once more when it changed again meanwhile, so that of two changes the later one stays. */
export async function refreshDocument(ctx: Ctx, id: DocumentId): Promise<void> {
  for (;;) {
    const row = await rowOf(ctx, id);
    const known = row !== null ? await loadDocument(ctx, row, true) : null;
    const now = await rowOf(ctx, id);
    if ((row && stampOf(row)) !== (now && stampOf(now))) continue;
    changeKnowledge(ctx, ({ passages }) => {
      if (known === null) passages.remove(id);
      else passages.set(known);
    });
    await reloadPart(ctx, "product-changed"); // it may be a product's manual
    return;
  }
}

/** Null when nobody is to be answered from it. */
async function rowOf(ctx: Ctx, id: DocumentId) {
  const row = await transact(ctx, (tx) => findDocumentRow(tx, ctx.tenantId, id));
  return row !== undefined && answers(row) ? row : null;
}
