// The clock of this room: deliveries whose next attempt is due, and old webhook ids. One server does it: the leader.
import { makeCtx, type Services } from "../platform/context.ts";
import { deliverConversation } from "./deliver.ts";
import { dueDeliveries } from "./delivery-store.ts";
import { forgetSeen } from "./hook-store.ts";
import { type Adapters, forgetVisitors } from "./registry.ts";
import { replayWindowSeconds } from "./shared/signature.ts";

export interface ChannelSweep {
  start(): void;
  stop(): Promise<void>;
  /** One round, whoever leads; for tests. */
  run(): Promise<void>;
}

const everyMs = 1_000;
const batch = 50;
const forgetEvery = 600;
/** Beyond the window a repeated call is refused by its time stamp alone. */
const rememberedMs = 4 * replayWindowSeconds * 1_000;
/** As long as the events of what they said. */
const visitorsKeptMs = 400 * 86_400_000;

export function createChannelSweep(services: Services, adapters: Adapters): ChannelSweep {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let isRunning = false;
  let rounds = 0;

  function tick(): void {
    if (isRunning || !services.outbox.isLeader()) return;
    rounds += 1;
    isRunning = true;
    running = sweep(services, adapters, rounds % forgetEvery === 0)
      .catch((error: unknown) => services.log.error({ err: error }, "delivery sweep failed"))
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
    run: () => sweep(services, adapters, true),
  };
}

async function sweep(services: Services, adapters: Adapters, forgets: boolean): Promise<void> {
  const at = services.clock.now();
  const due = await services.db.system((tx) => dueDeliveries(tx, at, batch));
  // conversations do not wait for each other's slow receivers
  await Promise.all(
    due.map(({ tenantId, conversationId }) =>
      deliverConversation(
        makeCtx(services, { tenantId, actor: { kind: "system", name: "deliver" } }),
        adapters,
        conversationId,
      ),
    ),
  );
  if (!forgets) return;
  await services.db.system(async (tx) => {
    await forgetSeen(tx, new Date(at.getTime() - rememberedMs));
    await forgetVisitors(tx, new Date(at.getTime() - visitorsKeptMs));
  });
}
