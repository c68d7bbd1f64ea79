// How a use case asks for an audit entry: an event in its own transaction. The chain is written by one writer behind the
// outbox, so that the audit log neither slows nor serialises what people do.
import type { Ctx } from "../../platform/context.ts";
import type { Tx } from "../../platform/db/index.ts";
import { emit } from "../../platform/outbox/index.ts";

/** Where an address is sealed for on its way: the event's id is not known yet when an entry is asked for. */
export const requestPlace = { table: "audit_entry", column: "sealed_address", row: "requested" };

/** Where it is sealed for in the log. */
export function addressPlace(eventId: string) {
  return { ...requestPlace, row: eventId };
}

export interface AuditRequest {
  /** Noun and past participle: "member-changed". */
  action: string;
  subject: string;
  subjectId: string | null;
  /** Ids, codes and counts only; never a contact's words or a secret. */
  details?: Record<string, string | number | boolean | null>;
}

export async function requestAudit(ctx: Ctx, tx: Tx, entry: AuditRequest): Promise<void> {
  const { actor } = ctx;
  const address =
    ctx.address === null
      ? null
      : (await ctx.vault.forTenant(ctx.tenantId)).seal(requestPlace, ctx.address).toString("base64");
  const actorId = actor.kind === "user" ? actor.userId : actor.kind === "api-key" ? actor.apiKeyId : null;
  await emit(ctx, tx, ctx.tenantId, [
    {
      kind: "audit-requested",
      payload: {
        action: entry.action,
        actorKind: actor.kind === "system" ? `system:${actor.name}` : actor.kind,
        actorId,
        subject: entry.subject,
        subjectId: entry.subjectId,
        details: entry.details ?? {},
        address,
      },
    },
  ]);
}
