// Ends tools that can no longer be restored, and calls older than 30 days. Every night, for all tenants.

import type { Services } from "../../../platform/context.ts";
import { restorableDays } from "../../knowledge/faqs.ts";
import { purgeToolCalls } from "./call-log.ts";
import { purgeDeletedTools } from "./tool-store.ts";

const dayMs = 86_400_000;

export async function purgeTools(services: Pick<Services, "db" | "clock">): Promise<number> {
  const before = new Date(services.clock.nowMs() - restorableDays * dayMs);
  const tools = await services.db.system((tx) => purgeDeletedTools(tx, before));
  return tools + (await purgeToolCalls(services));
}
