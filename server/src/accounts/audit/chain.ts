// The chain itself, without I/O: every link is a keyed hash over the link before and the entry, so that an entry cannot be
// changed, dropped or put in between without the key, which never lies in the database in clear.
import type { TenantVault } from "../../platform/crypto/index.ts";

export interface ChainEntry {
  seq: number;
  eventId: string;
  at: Date;
  action: string;
  actorKind: string;
  actorId: string | null;
  subject: string;
  subjectId: string | null;
  details: Record<string, string | number | boolean | null>;
  /** In clear: it is stored encrypted, and encrypting it again under a new key must not break the chain. */
  address: string | null;
}

/** What stands before the first entry. */
export const chainStart = Buffer.alloc(32);

export function linkOf(vault: Pick<TenantVault, "mac">, before: Buffer, entry: ChainEntry): Buffer {
  return vault.mac("audit", [
    before,
    String(entry.seq),
    entry.eventId,
    entry.at.toISOString(),
    entry.action,
    entry.actorKind,
    entry.actorId ?? "",
    entry.subject,
    entry.subjectId ?? "",
    canonical(entry.details),
    entry.address === null ? "" : `from ${entry.address}`,
  ]);
}

/** Keys in order, because jsonb does not keep theirs. */
function canonical(details: ChainEntry["details"]): string {
  return JSON.stringify(Object.entries(details).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Proves where the chain ends. */
export function headSignature(vault: Pick<TenantVault, "mac">, seq: number, link: Buffer): Buffer {
  return vault.mac("audit", ["head", String(seq), link]);
}

/** A checkpoint stands in for entries that were pruned: "the chain was whole up to this link". */
export function checkpointSignature(
  vault: Pick<TenantVault, "mac">,
  seq: number,
  link: Buffer,
  at: Date,
): Buffer {
  return vault.mac("audit", ["checkpoint", String(seq), link, at.toISOString()]);
}
