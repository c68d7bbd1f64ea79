// The disk is almost full and writes are refused: the owners hear of it while there is still time. Called by server.ts.
import { listTenantIds } from "../accounts/index.ts";
import { makeCtx, type Services } from "../platform/context.ts";
import { sendAlert } from "../routing/index.ts";

/** Every shop's owner, by the ways that are set up. Never rejects: what could not be told stands in the log. */
export async function tellDiskFull(services: Services): Promise<void> {
  try {
    for (const tenantId of await listTenantIds(services)) {
      const ctx = makeCtx(services, { tenantId, actor: { kind: "system", name: "disk" } });
      for (const { way, outcome } of await sendAlert(ctx, "disk-full"))
        if (outcome !== "accepted")
          services.log.warn({ tenantId, way, outcome }, "owner not told of full disk");
    }
  } catch (error) {
    services.log.error({ err: error }, "owners not told of full disk");
  }
}
