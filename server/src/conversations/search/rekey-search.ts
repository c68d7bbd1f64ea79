// The search indexes under a new key, for key rotation (platform/crypto calls). Both keys are searched meanwhile.
import type { ContactId, MessageId, TenantId } from "@yingda/contract";
import type { SearchRekey, TenantVault } from "../../platform/crypto/index.ts";
import type { Db, Tx } from "../../platform/db/index.ts";
import { openName } from "../contacts/contact-seal.ts";
import { openBody } from "../message-seal.ts";
import { arrayText, entryOf } from "./index-messages.ts";

/** Messages and names; app.ts hands them to the rotation. */
export function recordSearches(db: Db): SearchRekey[] {
  return [
    rekeyIn(db, {
      count: "select count(*)::int as count from message_search where tenant_id = $1 and key_id <> $2",
      batch: rekeyMessages,
    }),
    rekeyIn(db, {
      count: `select count(*)::int as count from contact where tenant_id = $1 and name_key_id <> $2 and name_grams <> '{}'`,
      batch: rekeyNames,
    }),
  ];
}

interface Batch {
  tenantId: TenantId;
  vault: TenantVault;
  /** Rows after this id: those before were done in this process. */
  after: string;
  limit: number;
}
const beforeAll = "00000000-0000-0000-0000-000000000000";

function rekeyIn(
  db: Db,
  table: { count: string; batch(tx: Tx, batch: Batch): Promise<string[]> },
): SearchRekey {
  // where each tenant's walk stands; without it every batch would look through all that is done already
  const walks = new Map<string, string>();
  return {
    async remaining(tx, tenantId, keyId) {
      return (await tx.one<{ count: number }>(table.count, [tenantId, keyId])).count;
    },
    async rekeyBatch(tenantId, vault, limit) {
      const walk = `${tenantId}:${vault.searchKeyId}`;
      const from = walks.get(walk) ?? beforeAll;
      const next = (after: string) =>
        db.transact(tenantId, (tx) =>
          table.batch(tx, { tenantId: tenantId as TenantId, vault, after, limit }),
        );
      // at the end once more from the start: rows that a slower process still wrote under the old key
      let done = await next(from);
      if (done.length === 0 && from !== beforeAll) done = await next(beforeAll);
      const last = done.at(-1);
      if (last === undefined) walks.delete(walk);
      else walks.set(walk, last);
      return done.length;
    },
  };
}

async function rekeyMessages(tx: Tx, { tenantId, vault, after, limit }: Batch): Promise<string[]> {
  const rows = await tx.rows<{ id: MessageId; sealed_content: Buffer }>(
    `select s.message_id as id, m.sealed_content from message_search s
     join message m on m.tenant_id = s.tenant_id and m.id = s.message_id
     where s.tenant_id = $1 and s.message_id > $2 and s.key_id <> $3 order by s.message_id limit $4 for update of s`,
    [tenantId, after, vault.searchKeyId, limit],
  );
  const entries = rows.map(({ id, sealed_content: sealed }) => {
    const { content } = openBody(vault, id, sealed);
    return entryOf(vault, { id, content }) ?? { messageId: id, tokens: [] };
  });
  await tx.run(
    `update message_search s set tokens = w.tokens::int4[], key_id = $4
     from unnest($2::uuid[], $3::text[]) as w (id, tokens) where s.tenant_id = $1 and s.message_id = w.id`,
    [tenantId, entries.map(({ messageId }) => messageId), entries.map(arrayText), vault.searchKeyId],
  );
  return rows.map(({ id }) => id);
}

async function rekeyNames(tx: Tx, { tenantId, vault, after, limit }: Batch): Promise<string[]> {
  const rows = await tx.rows<{ id: ContactId; sealed_name: Buffer }>(
    `select id, sealed_name from contact where tenant_id = $1 and id > $2 and name_key_id <> $3 and name_grams <> '{}'
     order by id limit $4 for update`,
    [tenantId, after, vault.searchKeyId, limit],
  );
  for (const { id, sealed_name: sealed } of rows)
    await tx.run("update contact set name_grams = $3, name_key_id = $4 where tenant_id = $1 and id = $2", [
      tenantId,
      id,
      vault.grams(openName(vault, id, sealed)),
      vault.searchKeyId,
    ]);
  return rows.map(({ id }) => id);
}
