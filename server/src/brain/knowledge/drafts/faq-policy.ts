// How a shop publishes: save live at once (a shop of one person), drafts first, or drafts that another member publishes.

import type { FaqPolicy } from "@yingda/contract";
import { requestAudit, requirePermission } from "../../../accounts/index.ts";
import type { Ctx } from "../../../platform/context.ts";
import { type Tx, transact } from "../../../platform/db/index.ts";
import { AppError } from "../../../platform/errors.ts";
import { readPolicy, writePolicy } from "./draft-store.ts";

export function getFaqPolicy(ctx: Ctx): Promise<FaqPolicy> {
  requirePermission(ctx, "knowledge-read");
  return transact(ctx, (tx) => readPolicy(tx, ctx.tenantId));
}

export async function changeFaqPolicy(ctx: Ctx, policy: FaqPolicy): Promise<FaqPolicy> {
  requirePermission(ctx, "settings-write");
  const { needsReview } = policy;
  const savesAs = needsReview ? "draft" : policy.savesAs;
  return transact(ctx, async (tx) => {
    await writePolicy(tx, ctx.tenantId, { savesAs, needsReview });
    const details = { savesAs, needsReview };
    await requestAudit(ctx, tx, {
      action: "faq-policy-changed",
      subject: "tenant",
      subjectId: ctx.tenantId,
      details,
    });
    return { savesAs, needsReview };
  });
}

/**
 * Before an FAQ is written live by a person or a key. The server itself (set-up, demo, packs) is not held up.
 * @throws AppError faq/review-required
 */
export async function checkLiveWrite(ctx: Ctx, tx: Tx): Promise<void> {
  if (ctx.actor.kind === "system") return;
  if ((await readPolicy(tx, ctx.tenantId)).needsReview) throw new AppError("faq/review-required");
}
