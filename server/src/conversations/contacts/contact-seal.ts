// What a contact is, sealed column by column, and the keyed hashes by which they are found again.
import type { ContactId, IdentityId } from "@yingda/contract";
import type { TenantVault } from "../../platform/crypto/index.ts";
import { wellFormed } from "../well-formed.ts";

type SealedColumn = "sealed_name" | "sealed_phone" | "sealed_email" | "sealed_notes" | "sealed_context";

const longestName = 100;

export function sealName(vault: TenantVault, id: ContactId, name: string): Buffer {
  return sealColumn(vault, "sealed_name", id, name);
}

export function openName(vault: TenantVault, id: ContactId, sealed: Uint8Array): string {
  return vault.openText(placeOf("sealed_name", id), sealed);
}

export function sealContext(vault: TenantVault, id: ContactId, context: Record<string, string>): Buffer {
  return sealColumn(vault, "sealed_context", id, JSON.stringify(wellFormed(context)));
}

export function contextHash(vault: TenantVault, context: Record<string, string>): Buffer {
  return vault.lookup("context", JSON.stringify(context));
}

export function openContext(
  vault: TenantVault,
  id: ContactId,
  sealed: Uint8Array | null,
): Record<string, string> {
  return sealed ? JSON.parse(vault.openText(placeOf("sealed_context", id), sealed)) : {};
}

export function sealColumn(vault: TenantVault, column: SealedColumn, id: ContactId, text: string): Buffer {
  return vault.seal(placeOf(column, id), text.toWellFormed());
}

export function openColumn(
  vault: TenantVault,
  column: SealedColumn,
  id: ContactId,
  sealed: Uint8Array | null,
): string | null {
  return sealed ? vault.openText(placeOf(column, id), sealed) : null;
}

/** By this the identity is found; equal ids in two inboxes are told apart by the inbox column. */
export function externalHash(vault: TenantVault, externalContactId: string): Buffer {
  return vault.lookup("identity", externalContactId);
}

export function sealExternalId(vault: TenantVault, id: IdentityId, externalContactId: string): Buffer {
  return vault.seal(externalIdPlace(id), externalContactId);
}

export function openExternalId(vault: TenantVault, id: IdentityId, sealed: Uint8Array): string {
  return vault.openText(externalIdPlace(id), sealed);
}

/** A name worth keeping, trimmed and cut at a whole character; null when there is none. */
export function nameGiven(name: string | undefined): string | null {
  const trimmed = name?.toWellFormed().replace(/\s+/gu, " ").trim() ?? "";
  return trimmed === "" ? null : [...trimmed].slice(0, longestName).join("");
}

function placeOf(column: SealedColumn, id: ContactId) {
  return { table: "contact", column, row: id };
}

function externalIdPlace(id: IdentityId) {
  return { table: "identity", column: "sealed_external_id", row: id };
}
