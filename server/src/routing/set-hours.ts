// The business hours as a setting: read by everybody who may see settings, replaced as a whole.
import type { BusinessHours } from "@yingda/contract";
import { getTenant, requestAudit, requirePermission } from "../accounts/index.ts";
import type { Ctx } from "../platform/context.ts";
import { transact } from "../platform/db/index.ts";
import { AppError } from "../platform/errors.ts";
import { emit } from "../platform/outbox/index.ts";
import { forgetAvailability } from "./availability.ts";
import { isTimeZone } from "./hours.ts";
import { findHours, putHours } from "./hours-store.ts";

const allDay = [{ opensMinute: 0, closesMinute: 1_440 }];

/** Before any were set the shop counts as always open, and that is what is shown. */
export async function getHours(ctx: Ctx): Promise<BusinessHours> {
  requirePermission(ctx, "settings-read");
  const stored = await transact(ctx, findHours);
  if (stored) return stored;
  const { timeZone } = await getTenant(ctx);
  return { timeZone, week: Array.from({ length: 7 }, () => allDay), holidays: [] };
}

/** Whether hours were ever set, for the first-steps list. */
export async function hasHours(ctx: Ctx): Promise<boolean> {
  return (await transact(ctx, findHours)) !== null;
}

/** @throws request/invalid for a time zone this machine does not know, blocks that overlap, or a holiday named twice. */
export async function setHours(ctx: Ctx, hours: BusinessHours): Promise<BusinessHours> {
  requirePermission(ctx, "settings-write");
  checkHours(hours);
  const ordered: BusinessHours = {
    ...hours,
    week: hours.week.map(inOrder),
    holidays: hours.holidays
      .map((holiday) => ({ ...holiday, blocks: inOrder(holiday.blocks) }))
      .toSorted((a, b) => (a.on < b.on ? -1 : 1)),
  };
  await transact(ctx, async (tx) => {
    await putHours(tx, ctx.tenantId, ordered, ctx.clock.now());
    await emit(ctx, tx, ctx.tenantId, [{ kind: "hours-changed", payload: {} }]);
    await requestAudit(ctx, tx, { action: "hours-changed", subject: "business-hours", subjectId: null });
  });
  forgetAvailability(ctx);
  return ordered;
}

type Blocks = BusinessHours["week"][number];

function inOrder(blocks: Blocks): Blocks {
  return blocks.toSorted((a, b) => a.opensMinute - b.opensMinute);
}

function checkHours(hours: BusinessHours): void {
  if (!isTimeZone(hours.timeZone)) throw new AppError("request/invalid", { details: { field: "timeZone" } });
  const overlapping = hours.week.findIndex(overlaps);
  if (overlapping >= 0) throw new AppError("request/invalid", { details: { field: `week.${overlapping}` } });
  const seen = new Set<string>();
  hours.holidays.forEach(({ on, blocks }, index) => {
    if (overlaps(blocks) || seen.has(on))
      throw new AppError("request/invalid", { details: { field: `holidays.${index}` } });
    seen.add(on);
  });
}

function overlaps(blocks: Blocks): boolean {
  return inOrder(blocks).some((block, index, all) => block.opensMinute < (all[index - 1]?.closesMinute ?? 0));
}
