// The clock of this room: offers that run out, agents whose line is gone, left messages whose morning has come, and
// whatever a crash swallowed. Nothing lives in memory only, so a restart loses nothing. One server does it: the leader.
import type { TenantId } from "@yingda/contract";
import { type Ctx, makeCtx, type Services } from "../platform/context.ts";
import { transact } from "../platform/db/index.ts";
import { lostAfterMs } from "./agents.ts";
import { assignNext } from "./assign-next.ts";
import { queuesWithoutDefault } from "./availability.ts";
import { expireOffer } from "./end-offer.ts";
import { overflow } from "./move-waiting.ts";
import { lostAgents } from "./presence-store.ts";
import { expiredOffers, forgetWaits, tenantsWithWaiting } from "./queue-store.ts";
import { requeueLost } from "./requeue-lost.ts";
import { tellNobody, waitingUntold } from "./tell-nobody.ts";

export interface RoutingSweep {
  start(): void;
  stop(): Promise<void>;
  /** One round, whoever leads; for tests. */
  run(): Promise<void>;
}

const everyMs = 1_000;
const batch = 200;
/** People who wait are looked at every few rounds: events do the work, this only finds what they missed. */
const waitingEvery = 5;
const forgetEvery = 3_600;
/** The estimate looks at one day; a month is kept for whoever wants to know how it was. */
const waitsKeptMs = 30 * 86_400_000;

export function createRoutingSweep(services: Services): RoutingSweep {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let isRunning = false;
  let rounds = 0;

  function tick(): void {
    if (isRunning || !services.outbox.isLeader()) return;
    isRunning = true;
    rounds += 1;
    running = sweep(services, rounds % waitingEvery === 0, rounds % forgetEvery === 0)
      .catch((error: unknown) => services.log.error({ err: error }, "routing sweep failed"))
      .finally(() => {
        isRunning = false;
      });
  }

  return {
    start() {
      timer ??= setInterval(tick, everyMs).unref();
    },
    async stop() {
      clearInterval(timer);
      timer = undefined;
      await running;
    },
    run: () => sweep(services, true, true),
  };
}

async function sweep(services: Services, looksAtWaiting: boolean, forgets: boolean): Promise<void> {
  const contextOf = (tenantId: string) =>
    makeCtx(services, { tenantId: tenantId as TenantId, actor: { kind: "system", name: "routing" } });
  const at = services.clock.now();

  // a shop that fails does not keep the others
  const attempt = (tenantId: string, work: (ctx: Ctx) => Promise<unknown>) =>
    work(contextOf(tenantId)).catch((error: unknown) =>
      services.log.error({ err: error, tenantId }, "routing sweep failed"),
    );

  const expired = await services.db.system((tx) => expiredOffers(tx, at, batch));
  for (const { tenantId, conversationId } of expired)
    await attempt(tenantId, (ctx) => expireOffer(ctx, conversationId));

  const before = new Date(at.getTime() - lostAfterMs);
  for (const { tenantId, userId } of await services.db.system((tx) => lostAgents(tx, before)))
    await attempt(tenantId, (ctx) => requeueLost(ctx, userId));

  if (forgets) await services.db.system((tx) => forgetWaits(tx, new Date(at.getTime() - waitsKeptMs)));
  if (!looksAtWaiting) return;
  for (const tenantId of await services.db.system((tx) => tenantsWithWaiting(tx, at)))
    await attempt(tenantId, async (ctx) => {
      await overflow(ctx);
      await assignNext(ctx);
      await tellAboutWaiting(ctx);
    });
}

/** People were promised, then everybody left, most often at closing time: the owner hears of it. */
async function tellAboutWaiting(ctx: Ctx): Promise<void> {
  const servedQueues = await queuesWithoutDefault(ctx);
  if (servedQueues === null) return;
  await transact(ctx, async (tx) => {
    for (const { conversationId } of await waitingUntold(tx, ctx.clock.now(), servedQueues, batch))
      await tellNobody(ctx, tx, conversationId, "nobody");
  });
}
