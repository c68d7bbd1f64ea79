// What an agent says about themselves: available, busy or away. PUT /api/me/presence; also what others see of it.
import type { Offer, Presence, UserId } from "@yingda/contract";
import { listCounts } from "../conversations/index.ts";
import type { Ctx } from "../platform/context.ts";
import { transact } from "../platform/db/index.ts";
import { AppError } from "../platform/errors.ts";
import { emit } from "../platform/outbox/index.ts";
import { effectivePresence } from "./agents.ts";
import { forgetAvailability } from "./availability.ts";
import { listPresenceRows, putPresence } from "./presence-store.ts";
import { listOfferRows } from "./queue-store.ts";

/** Setting it proves a live line, so it also brings somebody back who was counted as lost. */
export async function setPresence(ctx: Ctx, presence: Presence): Promise<Presence> {
  if (ctx.actor.kind !== "user") throw new AppError("auth/not-allowed");
  const { userId } = ctx.actor;
  await transact(ctx, async (tx) => {
    await putPresence(tx, ctx.tenantId, userId, presence, ctx.clock.now());
    await emit(ctx, tx, ctx.tenantId, [{ kind: "presence-changed", payload: { userId, presence } }]);
  });
  forgetAvailability(ctx);
  return presence;
}

/** For the first fetch of the workbench: everybody's presence as others see it, and the offers on the table. */
export async function listPresencesAndOffers(
  ctx: Ctx,
): Promise<{ presences: Record<string, Presence>; offers: Offer[] }> {
  const { rows, offers } = await transact(ctx, async (tx) => ({
    rows: await listPresenceRows(tx),
    offers: await listOfferRows(tx),
  }));
  const nowMs = ctx.clock.nowMs();
  return {
    presences: Object.fromEntries(rows.map((row) => [row.userId, effectivePresence(row, nowMs)])),
    offers: offers.map(({ conversationId, agentId, offeredAt, expiresAt, skillMiss }) => ({
      conversationId,
      agentId,
      offeredAt: offeredAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
      skillMiss,
    })),
  };
}

/** For the list of members: presence as others see it, and how many conversations each has open. */
export async function loadOfMembers(
  ctx: Ctx,
): Promise<Map<UserId, { presence: Presence; openCount: number }>> {
  const [rows, counts] = await Promise.all([transact(ctx, listPresenceRows), listCounts(ctx)]);
  const nowMs = ctx.clock.nowMs();
  const presences = new Map(rows.map((row) => [row.userId, effectivePresence(row, nowMs)]));
  const users = new Set([...presences.keys(), ...(Object.keys(counts.byAgent) as UserId[])]);
  return new Map(
    [...users].map((id) => [
      id,
      { presence: presences.get(id) ?? "away", openCount: counts.byAgent[id] ?? 0 },
    ]),
  );
}
