// SQL for the public help centre's settings. No row: off.

import type { HelpSettings, TenantId } from "@yingda/contract";
import type { Tx } from "../../../platform/db/index.ts";
import type { ByWhom } from "../tables/table-store.ts";

interface HelpRow {
  is_on: boolean;
  is_indexed: boolean;
  title_zh: string;
  title_en: string;
  faqs: string[];
  version: number;
}

const columns = "is_on, is_indexed, title_zh, title_en, faqs, version";

export async function readHelpSettings(tx: Tx, tenantId: TenantId): Promise<HelpSettings | undefined> {
  const row = await tx.maybe<HelpRow>(`select ${columns} from help_centre where tenant_id = $1`, [tenantId]);
  return row && present(row);
}

/** Writes over exactly this version (0: there is no row yet); undefined when somebody else was faster. */
export async function writeHelpSettings(
  tx: Tx,
  tenantId: TenantId,
  settings: HelpSettings,
  by: ByWhom,
): Promise<HelpSettings | undefined> {
  const { isOn, isIndexed, title, faqs, version } = settings;
  const row = await tx.maybe<HelpRow>(
    `insert into help_centre as h (tenant_id, is_on, is_indexed, title_zh, title_en, faqs, updated_at, updated_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (tenant_id) do update set is_on = excluded.is_on, is_indexed = excluded.is_indexed,
       title_zh = excluded.title_zh, title_en = excluded.title_en, faqs = excluded.faqs,
       updated_at = excluded.updated_at, updated_by = excluded.updated_by, version = h.version + 1
     where h.version = $9
     returning ${columns}`,
    [tenantId, isOn, isIndexed, title.zh, title.en, faqs, by.at, by.userId, version],
  );
  return row && present(row);
}

/** Of those that are on: what stands behind a slug that is off or gone is not told. */
export async function readPublicCategories(
  tx: Tx,
  tenantId: TenantId,
  slugs: readonly string[],
): Promise<Map<string, string>> {
  const rows = await tx.rows<{ slug: string; category: string }>(
    "select slug, category from faq where tenant_id = $1 and slug = any($2::text[]) and is_on and deleted_at is null",
    [tenantId, slugs],
  );
  return new Map(rows.map(({ slug, category }) => [slug, category]));
}

function present({ is_on, is_indexed, title_zh, title_en, faqs, version }: HelpRow): HelpSettings {
  return {
    isOn: is_on,
    isIndexed: is_indexed,
    title: { zh: title_zh, en: title_en },
    faqs,
    version,
  };
}
