// The single writer of the audit chain: an outbox subscriber that takes requests in batches, and the pruning after the retention.
import type { Ctx } from "../../platform/context.ts";
import { transact } from "../../platform/db/index.ts";
import type { Done, HeardEvent, Subscriber } from "../../platform/outbox/index.ts";
import {
  deleteEntriesUpTo,
  insertCheckpoint,
  insertEntries,
  knownEvents,
  type LinkedEntry,
  lastEntryBefore,
  lockHead,
  writeHead,
} from "./audit-store.ts";
import { chainStart, checkpointSignature, headSignature, linkOf } from "./chain.ts";
import { addressPlace, requestPlace } from "./request-audit.ts";

/** Kept at least a year by law (PIPL asks for the records of processing); pruned after this many days. */
export const auditDays = 400;

export const auditSubscriber: Subscriber<"audit-requested"> = {
  name: "audit",
  kinds: ["audit-requested"],
  batch: { maxEvents: 200, maxWaitMs: 100, handleMany: appendEntries },
};

/** Continues the tenant's chain; an event that is already in it (delivered twice) is passed over. */
export async function appendEntries(
  ctx: Ctx,
  events: HeardEvent<"audit-requested">[],
  done: Done,
): Promise<void> {
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  await transact(ctx, async (tx) => {
    const head = await lockHead(tx, ctx.tenantId);
    const known = await knownEvents(
      tx,
      ctx.tenantId,
      events.map((event) => event.id),
    );
    let seq = head?.seq ?? 0;
    let link = head?.link ?? chainStart;
    const entries: LinkedEntry[] = [];
    for (const event of events) {
      if (known.has(event.id)) continue;
      seq += 1;
      const { address: requested, ...payload } = event.payload;
      const address =
        requested === null ? null : vault.openText(requestPlace, Buffer.from(requested, "base64"));
      const entry = { seq, eventId: event.id, at: new Date(event.at), ...payload };
      link = linkOf(vault, link, { ...entry, address });
      const sealedAddress = address === null ? null : vault.seal(addressPlace(event.id), address);
      entries.push({ ...entry, sealedAddress, link });
    }
    if (entries.length > 0) {
      await insertEntries(tx, ctx.tenantId, entries);
      await writeHead(tx, ctx.tenantId, { seq, link, signature: headSignature(vault, seq, link) });
    }
    await done(tx);
  });
}

/** Removes entries past the retention and leaves a signed checkpoint in their place. Returns how many went. */
export async function pruneAudit(ctx: Ctx): Promise<number> {
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const now = ctx.clock.now();
  return transact(ctx, async (tx) => {
    await lockHead(tx, ctx.tenantId);
    const last = await lastEntryBefore(tx, ctx.tenantId, new Date(now.getTime() - auditDays * 86_400_000));
    if (!last) return 0;
    await insertCheckpoint(tx, ctx.tenantId, {
      ...last,
      at: now,
      signature: checkpointSignature(vault, last.seq, last.link, now),
    });
    return deleteEntriesUpTo(tx, ctx.tenantId, last.seq);
  });
}

/** The newest link, for the daily log line: whoever keeps the logs can prove later that nothing was cut off the end. */
export async function auditHead(ctx: Ctx): Promise<{ seq: number; link: string } | null> {
  const head = await transact(ctx, (tx) => lockHead(tx, ctx.tenantId));
  return head ? { seq: head.seq, link: head.link.toString("hex") } : null;
}
