// For the wiring: all tenants of this installation, and what the demo leaves among the members.
import type { TenantId } from "@yingda/contract";
import type { Ctx, Services } from "../platform/context.ts";
import { transact } from "../platform/db/index.ts";
import { listTenants } from "./tenant-store.ts";
import { deleteDemoUsers } from "./user-store.ts";

export async function listTenantIds(services: Pick<Services, "db">): Promise<TenantId[]> {
  return (await services.db.system(listTenants)).map((tenant) => tenant.tenant_id);
}

/** Demo agents whom nobody has taken over go; one who accepted an invitation stays. */
export function removeDemoMembers(ctx: Ctx): Promise<number> {
  return transact(ctx, (tx) => deleteDemoUsers(tx, ctx.tenantId));
}
