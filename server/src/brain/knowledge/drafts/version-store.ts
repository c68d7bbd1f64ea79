// SQL for what FAQs said before. Rows are written by the database itself (0241-faq-versions.sql).

import type { FaqDraft, FaqId, TenantId, UserId } from "@yingda/contract";
import type { Tx } from "../../../platform/db/index.ts";

export interface VersionRow {
  version: number;
  at: Date;
  by: UserId | null;
  body: FaqDraft;
}

const mostShown = 50;

/** Without what is live, the newest first. */
export function listVersionRows(tx: Tx, tenantId: TenantId, id: FaqId): Promise<VersionRow[]> {
  return tx.rows<VersionRow>(
    `select version, at, by, body from faq_version where tenant_id = $1 and faq_id = $2
     order by version desc limit ${mostShown}`,
    [tenantId, id],
  );
}
