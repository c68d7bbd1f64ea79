// Which agents have a live line. The realtime hub says when a line opens or the last one closes; while it is open the
// moment is refreshed, so that a server that dies takes its agents with it after three minutes at the latest.
// One per process, made and stopped by app.ts.
import type { TenantId, UserId } from "@yingda/contract";
import { type Ctx, makeCtx, type Services } from "../platform/context.ts";
import { transact } from "../platform/db/index.ts";
import { emit } from "../platform/outbox/index.ts";
import { forgetAvailability } from "./availability.ts";
import { keepConnected, touchPresence } from "./presence-store.ts";

export interface AgentConnections {
  /** From the hub's `onConnected`. Never rejects: a presence that could not be written is written at the next refresh. */
  changed(agent: { tenantId: TenantId; userId: UserId }, isConnected: boolean): Promise<void>;
  start(): void;
  stop(): void;
  /** One refresh, for tests. */
  refresh(): Promise<void>;
}

/** A third of what is forgiven (lostAfterMs), less a little: one lost write does no harm. */
const refreshMs = 45_000;

export function createAgentConnections(services: Services): AgentConnections {
  const connected = new Map<TenantId, Set<UserId>>();
  let timer: NodeJS.Timeout | undefined;

  const contextOf = (tenantId: TenantId) =>
    makeCtx(services, { tenantId, actor: { kind: "system", name: "presence" } });

  async function refresh(): Promise<void> {
    for (const [tenantId, users] of connected) {
      if (users.size === 0) continue;
      const ctx = contextOf(tenantId);
      const lost = await transact(ctx, (tx) => keepConnected(tx, [...users], ctx.clock.now()));
      for (const userId of lost) await agentSeen(ctx, userId);
    }
  }

  return {
    async changed({ tenantId, userId }, isConnected) {
      const users = connected.get(tenantId) ?? new Set<UserId>();
      connected.set(tenantId, users);
      if (isConnected) users.add(userId);
      else users.delete(userId);
      try {
        await agentSeen(contextOf(tenantId), userId);
      } catch (error) {
        services.log.warn({ err: error, tenantId, userId }, "presence not written");
      }
    },
    start() {
      timer ??= setInterval(() => {
        refresh().catch((error: unknown) => services.log.warn({ err: error }, "presence not refreshed"));
      }, refreshMs).unref();
    },
    stop() {
      clearInterval(timer);
      timer = undefined;
    },
    refresh,
  };
}

/** A line of theirs was alive just now. Whoever is new or had been lost is announced to the others. */
export async function agentSeen(ctx: Ctx, userId: UserId): Promise<void> {
  const isBack = await transact(ctx, async (tx) => {
    const seen = await touchPresence(tx, ctx.tenantId, userId, ctx.clock.now());
    if (seen.isBack)
      await emit(ctx, tx, ctx.tenantId, [
        { kind: "presence-changed", payload: { userId, presence: seen.presence } },
      ]);
    return seen.isBack;
  });
  if (isBack) forgetAvailability(ctx);
}
