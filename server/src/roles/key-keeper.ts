// The recovery key and the rotation of data keys, as the settings page asks for them. What is sealed where is told by the
// rooms; the work itself is platform/crypto.
import type { TenantId } from "@yingda/contract";
import { accountSealedColumns, checkOwnPassword, listTenantIds, requestAudit } from "../accounts/index.ts";
import { brainSealedColumns } from "../brain/index.ts";
import { recordSealedColumns, recordSearches } from "../conversations/index.ts";
import { inferenceSealedColumns } from "../inference/index.ts";
import type { Ctx, Services } from "../platform/context.ts";
import {
  beginRotation,
  confirmRecovery,
  continueRotation,
  type MasterKey,
  makeRecovery,
  markRecoveryConfirmed,
  platformSealedColumns,
  recoveryState,
  storeRecovery,
  tenantsInRotation,
} from "../platform/crypto/index.ts";
import { transact } from "../platform/db/index.ts";
import { AppError } from "../platform/errors.ts";
import { turnsSealedColumns } from "../turns/index.ts";
import { LongTask, type Progress } from "./long-task.ts";

export interface KeyKeeper {
  /** @throws auth/wrong-credentials */
  makeRecoveryKey(ctx: Ctx, password: string): Promise<{ recoveryKey: string }>;
  /** @throws key/recovery-wrong {groups} */
  confirmRecoveryKey(ctx: Ctx, typed: string): Promise<void>;
  isRecoveryConfirmed(): Promise<boolean>;
  /** Begins to give a tenant new data keys. @throws auth/wrong-credentials */
  rotate(ctx: Ctx, password: string): Promise<Progress>;
  /** The same for every tenant, from the console; resolves when all is encrypted again. */
  rotateAll(): Promise<void>;
  /** Goes on with what a restart interrupted. */
  resume(): Promise<void>;
  readonly rotation: Progress | null;
  settled(): Promise<void>;
}

/** Of all rooms; a test compares the list with the tables. */
export const sealedColumns = [
  ...platformSealedColumns,
  ...accountSealedColumns,
  ...recordSealedColumns,
  ...inferenceSealedColumns,
  ...brainSealedColumns,
  ...turnsSealedColumns,
];

export function createKeyKeeper(services: Services, masterKey: MasterKey): KeyKeeper {
  const { db, clock, log, vault } = services;
  const task = new LongTask("key-rotation", clock, log);

  async function carryOn(tenantId: TenantId, report: (share: number) => void): Promise<void> {
    const rotation = { db, clock, vault, columns: sealedColumns, searches: recordSearches(db) };
    for (;;) {
      const result = await continueRotation(rotation, tenantId, ({ doneRows, totalRows }) =>
        report(totalRows === 0 ? 0 : doneRows / totalRows),
      );
      if (result.kind !== "waiting") return;
      const waitMs = Math.max(100, result.until.getTime() - clock.nowMs());
      // nobody has to stay up for it: a process that stops goes on with it after its next start
      await new Promise((resolve) => setTimeout(resolve, waitMs).unref());
    }
  }

  return {
    async makeRecoveryKey(ctx, password) {
      await checkOwnPassword(ctx, password);
      const { recoveryKey, wrapped } = makeRecovery(masterKey);
      await db.system((tx) => storeRecovery(tx, wrapped));
      await transact(ctx, (tx) =>
        requestAudit(ctx, tx, { action: "recovery-key-made", subject: "installation", subjectId: null }),
      );
      return { recoveryKey };
    },
    async confirmRecoveryKey(ctx, typed) {
      const { wrapped } = await db.system(recoveryState);
      if (!wrapped) throw new AppError("key/recovery-wrong");
      const answer = confirmRecovery(typed, wrapped);
      if (answer.kind === "mistyped")
        throw new AppError("key/recovery-wrong", { details: { groups: answer.groups } });
      if (answer.kind === "wrong") throw new AppError("key/recovery-wrong");
      await db.system((tx) => markRecoveryConfirmed(tx, clock.now()));
      await transact(ctx, (tx) =>
        requestAudit(ctx, tx, { action: "recovery-key-confirmed", subject: "installation", subjectId: null }),
      );
    },
    isRecoveryConfirmed: async () => (await db.system(recoveryState)).confirmedAt !== null,
    async rotate(ctx, password) {
      await checkOwnPassword(ctx, password);
      await beginRotation(services, masterKey, ctx.tenantId);
      await transact(ctx, (tx) =>
        requestAudit(ctx, tx, { action: "key-rotation-begun", subject: "tenant", subjectId: ctx.tenantId }),
      );
      task.begin((report) => carryOn(ctx.tenantId, report));
      if (!task.state) throw new AppError("request/conflict");
      return task.state;
    },
    async rotateAll() {
      await task.settled();
      for (const tenantId of await listTenantIds(services)) {
        await beginRotation(services, masterKey, tenantId);
        await carryOn(tenantId, () => {});
      }
    },
    async resume() {
      const tenants = await db.system(tenantsInRotation);
      if (tenants.length === 0) return;
      task.begin(async (report) => {
        for (const tenantId of tenants) await carryOn(tenantId as TenantId, report);
      });
    },
    get rotation() {
      return task.state;
    },
    settled: () => task.settled(),
  };
}
