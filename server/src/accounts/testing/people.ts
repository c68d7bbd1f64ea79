// What the tests of accounts start from: services on a test database, tenants, and members who can sign in. Time stands
// still until a test moves it.
import { type Role, rolePermissions, type TenantId, type UserId } from "@yingda/contract";
import type { TestDatabase } from "../../../test/database.ts";
import type { TestServices } from "../../../test/services.ts";
import { type Ctx, makeCtx, type Services } from "../../platform/context.ts";
import { newId } from "../../platform/ids.ts";
import { appendEntries } from "../audit/write-chain.ts";
import { addUser } from "../create-owner.ts";
import { enter, type SignedInUser } from "../sign-in.ts";

export const device = { userAgent: "Firefox on a test", address: "203.0.113.7" };
export const goodPassword = "a shop needs a key 7";

export interface Person {
  account: string;
  userId: UserId;
  ctx: Ctx;
  signedIn: SignedInUser;
  /** Header value of a signed-in browser. */
  cookie: string;
}

export interface Shop {
  tenantId: TenantId;
  system: Ctx;
  person(role: Role, name?: string): Promise<Person>;
}

export async function openShop(database: TestDatabase, services: Services): Promise<Shop> {
  const { tenantId } = await database.tenant();
  const system = makeCtx(services, { tenantId, actor: { kind: "system", name: "test" } });
  return {
    tenantId,
    system,
    async person(role, name = "小林") {
      const account = `${role}-${newId<string>().slice(-12)}@shop.example`;
      const row = await addUser(system, { account, password: goodPassword, name, role });
      const signedIn = await enter(services, row, device, "signed-in");
      return {
        account,
        userId: row.id,
        signedIn,
        ctx: makeCtx(services, { ...signedIn, address: device.address }),
        cookie: `yingda=${signedIn.session.token}`,
      };
    },
  };
}

/** Ctx of a member without an account, where a test needs only permissions. */
export function memberCtx(services: TestServices, tenantId: TenantId, role: Role): Ctx {
  const permissions = new Set(rolePermissions[role]);
  return makeCtx(services, {
    tenantId,
    actor: { kind: "user", userId: newId<UserId>(), role, permissions, name: role },
  });
}

/** Brings the audit chain up to date, as the outbox would. */
export async function chainAll(database: TestDatabase, ctx: Ctx): Promise<void> {
  type Requested = Parameters<typeof appendEntries>[1][number];
  const rows = await database.asAdmin<Omit<Requested, "tenantId" | "aggregateId"> & { aggregate_id: string }>(
    "select id, aggregate_id, seq, kind, at, payload from outbox_event where tenant_id = $1 and kind = 'audit-requested' order by seq",
    [ctx.tenantId],
  );
  const events = rows.map(
    ({ aggregate_id: aggregateId, ...row }) => ({ ...row, aggregateId, tenantId: ctx.tenantId }) as Requested,
  );
  const done = Object.assign(async () => undefined, { positions: [], written: () => undefined });
  if (events.length > 0) await appendEntries(ctx, events, done);
}

/** The code of the refusal a promise rejects with; "no refusal" when it resolves. */
export function codeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => "no refusal",
    (error: unknown) => (error instanceof Error && "code" in error ? String(error.code) : String(error)),
  );
}
