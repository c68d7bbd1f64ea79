// How each FAQ does: counted from what the turns left, not from guesses; who says nothing is not counted as solved.

import type { FaqFigures } from "@yingda/contract";
import { requirePermission } from "../../accounts/index.ts";
import type { Ctx } from "../../platform/context.ts";
import { transact } from "../../platform/db/index.ts";
import { countFaqFigures } from "./gap-store.ts";

const dayMs = 86_400_000;

/** By slug; an FAQ that was not asked in these days is left out. */
export async function getFaqFigures(ctx: Ctx, days: number): Promise<Record<string, FaqFigures>> {
  requirePermission(ctx, "knowledge-read");
  const since = new Date(ctx.clock.nowMs() - days * dayMs);
  const rows = await transact(ctx, (tx) => countFaqFigures(tx, ctx.tenantId, since));
  return Object.fromEntries(
    rows.map(({ faq, asked, solved, handed_over: handedOver, disliked }) => [
      faq,
      { asked, solved, handedOver, disliked },
    ]),
  );
}
