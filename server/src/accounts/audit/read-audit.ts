// The audit log as people read it: pages, export, and the check of the whole chain.
import type { AuditEntry } from "@yingda/contract";
import { stringify } from "csv-stringify/sync";
import type { Ctx } from "../../platform/context.ts";
import { SealError, type TenantVault } from "../../platform/crypto/index.ts";
import { transact } from "../../platform/db/index.ts";
import { listMembersBrief } from "../members.ts";
import { requirePermission } from "../permissions.ts";
import {
  type Checkpoint,
  entriesAfter,
  entriesBefore,
  type Head,
  type LinkedEntry,
  newestCheckpoint,
  readHead,
} from "./audit-store.ts";
import { chainStart, checkpointSignature, headSignature, linkOf } from "./chain.ts";
import { addressPlace, requestAudit } from "./request-audit.ts";

const pageSize = 1_000;

async function presenter(ctx: Ctx): Promise<(entry: LinkedEntry) => AuditEntry> {
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const names = new Map<string, string>(
    (await listMembersBrief(ctx)).map((member) => [member.id, member.name]),
  );
  return (entry) => ({
    seq: entry.seq,
    at: entry.at.toISOString(),
    action: entry.action,
    actorKind: entry.actorKind,
    actorId: entry.actorId,
    actorName: entry.actorId ? (names.get(entry.actorId) ?? null) : null,
    subject: entry.subject,
    subjectId: entry.subjectId,
    details: entry.details,
    address: addressOf(vault, entry),
  });
}

function addressOf(vault: TenantVault, { eventId, sealedAddress }: LinkedEntry): string | null {
  return sealedAddress && vault.openText(addressPlace(eventId), sealedAddress);
}

export interface AuditQuery {
  before?: number | undefined;
  limit: number;
  action?: string | undefined;
}

export async function listAudit(
  ctx: Ctx,
  query: AuditQuery,
): Promise<{ entries: AuditEntry[]; nextBefore: number | null }> {
  requirePermission(ctx, "audit-read");
  const rows = await transact(ctx, (tx) =>
    entriesBefore(tx, ctx.tenantId, query.before ?? null, query.limit + 1, query.action ?? null),
  );
  const page = rows.slice(0, query.limit);
  return {
    entries: page.map(await presenter(ctx)),
    nextBefore: rows.length > query.limit ? (page.at(-1)?.seq ?? null) : null,
  };
}

/** The whole log as CSV with a byte-order mark (so that spreadsheets read Chinese); cells cannot become formulas. */
export async function exportAudit(ctx: Ctx): Promise<string> {
  requirePermission(ctx, "audit-read");
  const present = await presenter(ctx);
  const lines: string[] = [];
  for (let seq = 0; ; ) {
    const page = await transact(ctx, (tx) => entriesAfter(tx, ctx.tenantId, seq, pageSize));
    const rows = page
      .map(present)
      .map((entry) => [
        entry.seq,
        entry.at,
        entry.action,
        entry.actorKind,
        entry.actorName ?? entry.actorId,
        entry.subject,
        entry.subjectId,
        JSON.stringify(entry.details),
        entry.address,
      ]);
    lines.push(stringify(rows, { escape_formulas: true }));
    const last = page.at(-1);
    if (!last || page.length < pageSize) break;
    seq = last.seq;
  }
  await transact(ctx, (tx) =>
    requestAudit(ctx, tx, { action: "audit-exported", subject: "audit", subjectId: null }),
  );
  return `\uFEFFseq,at,action,actor kind,actor,subject,subject id,details,address\n${lines.join("")}`;
}

export interface ChainVerdict {
  ok: boolean;
  entries: number;
  /** Number of the first entry that does not fit. */
  brokenAt: number | null;
}

/**
 * Walks the chain from the newest checkpoint (or its start), recomputes every link and compares its end with the signed
 * head. What it cannot see: a database that was put back as a whole to an earlier state; the daily log line shows that.
 */
export async function verifyAudit(ctx: Ctx): Promise<ChainVerdict> {
  requirePermission(ctx, "audit-read");
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const checkpoint = await transact(ctx, (tx) => newestCheckpoint(tx, ctx.tenantId));
  if (checkpoint && !isGenuine(checkpoint)) return { ok: false, entries: 0, brokenAt: checkpoint.seq };
  let seq = checkpoint?.seq ?? 0;
  let link = checkpoint?.link ?? chainStart;
  let entries = 0;
  for (;;) {
    const page = await transact(ctx, (tx) => entriesAfter(tx, ctx.tenantId, seq, pageSize));
    for (const entry of page) {
      if (entry.seq !== seq + 1 || !isLinked(link, entry)) return { ok: false, entries, brokenAt: entry.seq };
      seq = entry.seq;
      link = entry.link;
      entries += 1;
    }
    if (page.length < pageSize) break;
  }
  const head = await transact(ctx, (tx) => readHead(tx, ctx.tenantId));
  const isWhole = head ? isEnd(head) : seq === 0;
  return isWhole ? { ok: true, entries, brokenAt: null } : { ok: false, entries, brokenAt: seq + 1 };

  function isEnd(head: Head): boolean {
    const isSigned = headSignature(vault, head.seq, head.link).equals(head.signature);
    return isSigned && head.seq === seq && head.link.equals(link);
  }

  function isLinked(before: Buffer, entry: LinkedEntry): boolean {
    try {
      return linkOf(vault, before, { ...entry, address: addressOf(vault, entry) }).equals(entry.link);
    } catch (error) {
      if (error instanceof SealError) return false;
      throw error;
    }
  }

  function isGenuine(found: Checkpoint): boolean {
    return checkpointSignature(vault, found.seq, found.link, found.at).equals(found.signature);
  }
}
