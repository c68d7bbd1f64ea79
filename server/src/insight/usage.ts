// What models cost a shop in a month, also for each conversation that was solved: inference knows the calls, conversations
// knows how they ended.

import type { ConversationId, UsageReport } from "@yingda/contract";
import { stringify } from "csv-stringify/sync";
import { requirePermission } from "../accounts/index.ts";
import { countSolved } from "../conversations/index.ts";
import { readUsage } from "../inference/index.ts";
import type { Ctx } from "../platform/context.ts";

/** `month` as YYYY-MM; the running one without it. */
export async function getUsage(ctx: Ctx, month?: string): Promise<UsageReport> {
  requirePermission(ctx, "settings-write");
  const { report, conversations } = await readUsage(ctx, month);
  const solved = await countSolved(
    ctx,
    conversations.map(({ id }) => id as ConversationId),
  );
  const yuan = conversations.reduce((sum, one) => sum + one.yuan, 0);
  return { ...report, yuanPerSolved: solved === 0 ? null : yuan / solved };
}

/** The statement by day, as csv that a spreadsheet opens. */
export async function exportUsage(ctx: Ctx, wanted?: string) {
  requirePermission(ctx, "settings-write");
  const { report } = await readUsage(ctx, wanted);
  const { month, byDay, total } = report;
  const rows = [...byDay, { ...total, key: month }].map(
    ({ key, calls, failed, inputTokens, outputTokens, yuan }) => [
      key,
      calls,
      failed,
      inputTokens,
      outputTokens,
      yuan.toFixed(6),
    ],
  );
  const header = [
    "日期 day",
    "次数 calls",
    "失败 failed",
    "输入 input tokens",
    "输出 output tokens",
    "元 yuan",
  ];
  const text = stringify([header, ...rows]);
  return { body: Buffer.from(`\uFEFF${text}`), name: `usage-${month}.csv`, type: "text/csv; charset=utf-8" };
}
