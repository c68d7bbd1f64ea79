// What every use case is given: the services of the process (built once, by app.ts) and for whom it works.
// There is no module-level database, clock or logger to be used by mistake.
import type { ApiKeyId, InboxId, Permission, Role, TenantId, UserId } from "@yingda/contract";
import type { Clock } from "./clock.ts";
import type { Config } from "./config.ts";
import type { Vault } from "./crypto/index.ts";
import type { Db } from "./db/transact.ts";
import { newId } from "./ids.ts";
import type { Jobs } from "./jobs/types.ts";
import type { Log } from "./log.ts";
import type { Mailer } from "./mail/index.ts";
import type { MediaStore } from "./media/index.ts";
import type { GuardedFetch } from "./net/index.ts";
import type { Outbox } from "./outbox/types.ts";
import type { Realtime } from "./realtime/types.ts";

/** Grows by one line per service; the type comes from the service's own folder. */
export interface Services {
  config: Config;
  clock: Clock;
  log: Log;
  db: Db;
  vault: Vault;
  outbox: Outbox;
  jobs: Jobs;
  realtime: Realtime;
  media: MediaStore;
  fetch: GuardedFetch;
  mailer: Mailer;
}

export type Actor =
  | { kind: "user"; userId: UserId; role: Role; permissions: ReadonlySet<Permission>; name: string }
  | { kind: "api-key"; apiKeyId: ApiKeyId; permissions: ReadonlySet<Permission> }
  | { kind: "visitor"; visitorId: string; inboxId: InboxId }
  | { kind: "bot" }
  | { kind: "system"; name: string };

export interface Ctx extends Services {
  tenantId: TenantId;
  actor: Actor;
  requestId: string;
  /** Network address of whoever asks; null inside the server. */
  address: string | null;
}

export interface Who {
  tenantId: TenantId;
  actor: Actor;
  requestId?: string;
  address?: string | null;
}

export function makeCtx(services: Services, who: Who): Ctx {
  return {
    ...services,
    tenantId: who.tenantId,
    actor: who.actor,
    requestId: who.requestId ?? newId<string>(),
    address: who.address ?? null,
  };
}
