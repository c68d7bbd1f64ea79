// SQL for the words of a shop: one row each. They are the shop's own rules and stand in clear, as FAQs do.

import type { ShopWordsDraft, TenantId, UserId } from "@yingda/contract";
import type { Tx } from "../../../platform/db/index.ts";

export interface WordsRow {
  lists: ShopWordsDraft;
  version: number;
}

/** Undefined where the shop never kept any. */
export function findWordsRow(tx: Tx, tenantId: TenantId): Promise<WordsRow | undefined> {
  return tx.maybe<WordsRow>("select lists, version from shop_words where tenant_id = $1", [tenantId]);
}

/** Writes over exactly this version (0: nothing kept yet); undefined when somebody else was faster. */
export function writeWordsRow(
  tx: Tx,
  tenantId: TenantId,
  { lists, version }: WordsRow,
  by: { userId: UserId | null; at: Date },
): Promise<WordsRow | undefined> {
  return tx.maybe<WordsRow>(
    version === 0
      ? `insert into shop_words (tenant_id, lists, updated_at, updated_by) select $1, $2::jsonb, $3, $4 where $5 = 0
         on conflict do nothing returning lists, version`
      : `update shop_words set lists = $2::jsonb, updated_at = $3, updated_by = $4, version = version + 1
         where tenant_id = $1 and version = $5 returning lists, version`,
    [tenantId, JSON.stringify(lists), by.at, by.userId, version],
  );
}
