// What an FAQ is about, in the shop's own words: its category and its tags. For whoever looks for a colleague who knows it.
import type { Ctx } from "../../platform/context.ts";
import { transact } from "../../platform/db/index.ts";

/** Empty for an FAQ that is not there. */
export async function matterOfFaq(ctx: Ctx, slug: string): Promise<string[]> {
  const row = await transact(ctx, (tx) =>
    tx.maybe<{ category: string; tags: string[] }>(
      `select category, tags from faq where tenant_id = $1 and slug = $2 and deleted_at is null`,
      [ctx.tenantId, slug],
    ),
  );
  return row ? [row.category, ...row.tags].filter((word) => word !== "") : [];
}
