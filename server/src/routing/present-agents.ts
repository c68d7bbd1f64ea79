// Who is at work now and serves, busy or free: whom the bot may ask something.
import { rolePermissions, type UserId } from "@yingda/contract";
import { listMembersBrief } from "../accounts/index.ts";
import type { Ctx } from "../platform/context.ts";
import { transact } from "../platform/db/index.ts";
import { effectivePresence } from "./agents.ts";
import { listPresenceRows } from "./presence-store.ts";

export type PresentAgent = { userId: UserId; skills: string[] };

export async function presentAgents(ctx: Ctx): Promise<PresentAgent[]> {
  const [rows, members] = await Promise.all([transact(ctx, listPresenceRows), listMembersBrief(ctx)]);
  const nowMs = ctx.clock.nowMs();
  const here = new Map(
    rows.filter((row) => effectivePresence(row, nowMs) !== "away").map((row) => [row.userId, row.skills]),
  );
  return members.flatMap(({ id, isActive, role }) => {
    const skills = here.get(id);
    const serves = isActive && rolePermissions[role].includes("conversations-reply");
    return skills && serves ? [{ userId: id, skills }] : [];
  });
}
