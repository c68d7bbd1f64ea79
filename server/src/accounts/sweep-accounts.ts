// The nightly job of this room: expired sessions go, old audit entries give way to a checkpoint, the chain's head is logged.
import { makeCtx, type Services } from "../platform/context.ts";
import { auditHead, pruneAudit } from "./audit/write-chain.ts";
import { deleteExpiredSessions } from "./session-store.ts";
import { listTenantIds } from "./tenants.ts";

export async function sweepAccounts(services: Services): Promise<void> {
  await services.db.system((tx) => deleteExpiredSessions(tx, services.clock.now()));
  for (const tenantId of await listTenantIds(services)) {
    const ctx = makeCtx(services, { tenantId, actor: { kind: "system", name: "sweep" } });
    const pruned = await pruneAudit(ctx);
    const head = await auditHead(ctx);
    services.log.info(
      { tenantId, pruned, auditSeq: head?.seq ?? 0, auditLink: head?.link ?? "" },
      "audit chain head",
    );
  }
}
