// Before a pack goes for good with the demo shop: FAQs of it that somebody rewrote or checked become the shop's own.
import type { Ctx } from "../../platform/context.ts";
import { transact } from "../../platform/db/index.ts";
import { detachCheckedRows } from "./faq-store.ts";

/** How many there were. The pack's FAQs that nobody touched stay with the pack. */
export function keepChangedFaqs(ctx: Ctx, pack: string): Promise<number> {
  return transact(ctx, (tx) => detachCheckedRows(tx, ctx.tenantId, pack));
}
