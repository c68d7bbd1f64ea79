// Whether the shop has a public help centre, and which FAQs anybody may read in it. Off, and empty, until the owner says so.

import type { HelpSettings } from "@yingda/contract";
import { requestAudit, requirePermission } from "../../../accounts/index.ts";
import type { Ctx } from "../../../platform/context.ts";
import { transact } from "../../../platform/db/index.ts";
import { AppError } from "../../../platform/errors.ts";
import { emit } from "../../../platform/outbox/index.ts";
import { whoAndWhen } from "../faqs.ts";
import { readHelpSettings, writeHelpSettings } from "./help-store.ts";

export const helpOff: HelpSettings = {
  isOn: false,
  isIndexed: false,
  title: { zh: "", en: "" },
  faqs: [],
  version: 0,
};

export async function getHelpSettings(ctx: Ctx): Promise<HelpSettings> {
  requirePermission(ctx, "knowledge-read");
  return (await transact(ctx, (tx) => readHelpSettings(tx, ctx.tenantId))) ?? helpOff;
}

/** @throws AppError help/version-moved */
export async function setHelpSettings(ctx: Ctx, settings: HelpSettings): Promise<HelpSettings> {
  requirePermission(ctx, "knowledge-write");
  const faqs = [...new Set(settings.faqs)];
  return transact(ctx, async (tx) => {
    const before = await readHelpSettings(tx, ctx.tenantId);
    const written = await writeHelpSettings(tx, ctx.tenantId, { ...settings, faqs }, whoAndWhen(ctx));
    if (written === undefined)
      throw new AppError("help/version-moved", { details: { version: before?.version ?? 0 } });
    const { isOn, isIndexed, version } = written;
    await requestAudit(ctx, tx, {
      action: "help-changed",
      subject: "help-centre",
      subjectId: ctx.tenantId,
      details: { isOn, isIndexed, faqs: faqs.length, version },
    });
    await emit(ctx, tx, ctx.tenantId, [{ kind: "help-changed", payload: {} }]);
    return written;
  });
}
