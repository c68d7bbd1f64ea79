// Who is at work now and serves, busy or free: whom the bot may ask something.
import { rolePermissions, type UserId } from "@yingda/contract";
import { listMembersBrief } from "../accounts/index.ts";
import type { Ctx } from "../platform/context.ts";
import { transact } from "../platform/db/index.ts";
import { effectivePresence } from "./agents.ts";
import { listPresenceRows } from "./presence-store.ts";

export async function presentAgents(ctx: Ctx): Promise<UserId[]> {
  const [rows, members] = await Promise.all([transact(ctx, listPresenceRows), listMembersBrief(ctx)]);
  const nowMs = ctx.clock.nowMs();
  const here = new Set(
    rows.filter((row) => effectivePresence(row, nowMs) !== "away").map(({ userId }) => userId),
  );
  return members
    .filter(({ id, isActive }) => isActive && here.has(id))
    .filter(({ role }) => rolePermissions[role].includes("conversations-reply"))
    .map(({ id }) => id);
}
