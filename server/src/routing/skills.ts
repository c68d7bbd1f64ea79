// What members can do that not everybody can, in the shop's own words. Kept here and not with the members: only routing
// and whoever asks a colleague makes anything of it.
import { type MemberSkills, skillKey, type UserId } from "@yingda/contract";
import { listMembersBrief, requestAudit, requirePermission } from "../accounts/index.ts";
import type { Ctx } from "../platform/context.ts";
import { transact } from "../platform/db/index.ts";
import { AppError } from "../platform/errors.ts";
import { emit } from "../platform/outbox/index.ts";
import { listQueueRows, listSkillRows, putSkills } from "./queue-settings-store.ts";

/** Members without any are left out. */
export function listSkills(ctx: Ctx): Promise<MemberSkills[]> {
  requirePermission(ctx, "members-read");
  return transact(ctx, listSkillRows);
}

/** Replaces them; a word that is there already in other letters counts once. @throws AppError user/not-found */
export async function setSkills(ctx: Ctx, userId: UserId, given: readonly string[]): Promise<MemberSkills> {
  requirePermission(ctx, "members-write");
  if (!(await listMembersBrief(ctx)).some(({ id }) => id === userId)) throw new AppError("user/not-found");
  const skills = [...new Map(given.map((word) => [skillKey(word), word] as const)).values()];
  await transact(ctx, async (tx) => {
    await putSkills(tx, ctx.tenantId, userId, skills);
    await emit(ctx, tx, ctx.tenantId, [{ kind: "queues-changed", payload: {} }]);
    await requestAudit(ctx, tx, { action: "skills-changed", subject: "user", subjectId: userId });
  });
  return { userId, skills };
}

/** By what a flow may name: queues by all their names, skills that somebody has who may sign in. */
export async function handoverPlaces(ctx: Ctx): Promise<{ queues: string[]; skills: string[] }> {
  const [{ queues, rows }, members] = await Promise.all([
    transact(ctx, async (tx) => ({ queues: await listQueueRows(tx), rows: await listSkillRows(tx) })),
    listMembersBrief(ctx),
  ]);
  const active = new Set(members.filter(({ isActive }) => isActive).map(({ id }) => id));
  return {
    queues: queues.flatMap(({ name, formerNames }) => [name, ...formerNames]),
    skills: rows.flatMap(({ userId, skills }) => (active.has(userId) ? skills : [])),
  };
}
