// Nightly: what was deleted more than 30 days ago can no longer be brought back, so its rows end.

import type { Services } from "../../platform/context.ts";
import { purgeDocuments } from "../documents/shop/document-jobs.ts";
import { purgeFlows } from "../flows/shop/write-flow.ts";
import { purgeTools } from "../tools/shop/purge-tools.ts";
import { purgeIncidents } from "./incidents/purge-incidents.ts";
import { purgePolicies } from "./policies/purge-policies.ts";
import { purgeProducts } from "./products/purge-products.ts";
import { purgeFaqs } from "./purge-faqs.ts";
import { purgeTables } from "./tables/purge-tables.ts";

export async function purgeKnowledge(given: Pick<Services, "db" | "clock" | "media">): Promise<void> {
  await purgeFaqs(given);
  await purgeTables(given);
  await purgeIncidents(given);
  await purgePolicies(given);
  await purgeProducts(given);
  await purgeFlows(given);
  await purgeDocuments(given);
  await purgeTools(given);
}
