// "What would be found": the passages that a question finds, as the bot finds them.

import type { DocumentId, FoundPassage } from "@yingda/contract";
import { requirePermission } from "../../../accounts/index.ts";
import type { Ctx } from "../../../platform/context.ts";
import { knowledgeFor } from "../../knowledge/knowledge-cache.ts";

export async function searchDocuments(
  ctx: Ctx,
  { question, most }: { question: string; most: number },
): Promise<FoundPassage[]> {
  requirePermission(ctx, "knowledge-read");
  const shop = await knowledgeFor(ctx);
  const knowledge = (await shop.withVectors?.([question])) ?? shop;
  return knowledge.passages.find(question, most).map(({ checkedOn: _, document, heading, ...found }) => ({
    ...found,
    document: document as DocumentId,
    heading: [...heading],
  }));
}
