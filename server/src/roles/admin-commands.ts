// What whoever has the machine may do without signing in: the commands behind `npm run yingda`. A running server does them for
// the command line over its admin socket; without one the command line opens the database and does them itself.
import { type HandoffAvailability, handoffAvailabilities } from "@yingda/contract";
import { z } from "zod";
import { type ChainVerdict, listTenantIds, resetOwner, verifyAudit } from "../accounts/index.ts";
import { tryIt } from "../brain/index.ts";
import { makeCtx, type Services } from "../platform/context.ts";
import { AppError } from "../platform/errors.ts";
import type { Backups } from "./backups.ts";
import type { KeyKeeper } from "./key-keeper.ts";

export interface AdminDeps {
  services: Services;
  backups: Backups;
  keys: KeyKeeper;
  version: string;
  startedAt: Date;
}

/** A command's arguments come from another process: parsed like any other input. */
interface AdminCommand<Args extends z.ZodType> {
  args: Args;
  run(deps: AdminDeps, args: z.output<Args>): Promise<unknown>;
}

function command<Args extends z.ZodType>(definition: AdminCommand<Args>): AdminCommand<Args> {
  return definition;
}

const nothing = z.object({});

export const adminCommands = {
  status: command({
    args: nothing,
    async run({ services, version, startedAt }) {
      const { outbox, realtime, config, clock } = services;
      return {
        version,
        base:
          config.publicUrl ??
          `${config.tls.mode === "off" ? "http" : "https"}://${config.host}:${config.port}`,
        upMs: clock.nowMs() - startedAt.getTime(),
        outbox: outbox.state(),
        sockets: realtime.hub.counts(),
      };
    },
  }),
  ask: command({
    args: z.object({
      text: z.string().trim().min(1).max(4_000),
      availability: z.enum(handoffAvailabilities),
      conversation: z.string().max(100).nullable(),
      locale: z.enum(["zh-CN", "en"]),
    }),
    async run({ services }, { text, availability, conversation, locale }) {
      const [tenantId] = await listTenantIds(services);
      if (!tenantId) return null;
      const ctx = makeCtx(services, { tenantId, actor: { kind: "system", name: "ask" } });
      const trial = { text, history: [], availability: availability satisfies HandoffAvailability, locale };
      return tryIt(ctx, { ...trial, ...(conversation === null ? {} : { conversation }) });
    },
  }),
  "reset-owner": command({ args: nothing, run: ({ services }) => resetOwner(services) }),
  "audit-verify": command({
    args: nothing,
    async run({ services }) {
      const verdicts: ChainVerdict[] = [];
      for (const tenantId of await listTenantIds(services))
        verdicts.push(
          await verifyAudit(makeCtx(services, { tenantId, actor: { kind: "system", name: "audit-verify" } })),
        );
      return verdicts;
    },
  }),
  backup: command({
    args: nothing,
    async run({ backups }) {
      const before = new Set((await backups.list()).map(({ name }) => name));
      await backups.nightly();
      const made = (await backups.list()).find(({ name }) => !before.has(name));
      if (!made) throw new AppError("backup/running");
      return { path: `${backups.folder}/${made.name}`, sizeBytes: made.sizeBytes };
    },
  }),
  demo: command({
    args: nothing,
    async run({ services }) {
      const { seedDemoAtStart } = await import("../operate/seed-demo.ts");
      return seedDemoAtStart(services);
    },
  }),
  "keys-rotate": command({
    args: nothing,
    async run({ services, keys }) {
      await keys.rotateAll();
      return { tenants: (await listTenantIds(services)).length };
    },
  }),
} as const;

export type AdminCommandName = keyof typeof adminCommands;

/** @throws AppError request/not-found, request/invalid, or what the command throws. */
export async function runAdminCommand(deps: AdminDeps, name: string, given: unknown): Promise<unknown> {
  if (!Object.hasOwn(adminCommands, name)) throw new AppError("request/not-found");
  const { args, run } = adminCommands[name as AdminCommandName] as AdminCommand<z.ZodType>;
  const parsed = args.safeParse(given);
  if (!parsed.success) throw new AppError("request/invalid");
  return run(deps, parsed.data);
}
