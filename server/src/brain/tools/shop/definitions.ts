// A connected system as it is kept and as it is used: the definition stands in clear, secrets are sealed beside it.

import type {
  ConnectionDraft,
  ConnectionId,
  ShopTool,
  ToolConnection,
  ToolDraft,
  ToolId,
} from "@yingda/contract";
import type { TenantVault } from "../../../platform/crypto/index.ts";
import type { ConnectionRow, ToolRow } from "./tool-store.ts";

export type ConnectionDefinition = Omit<ConnectionDraft, "secrets">;
/** Inputs that only a proof of identity fills: whose data a tool may read. No flow can give them. */
export const provedInputs = { address: "verifiedAddress", customer: "verifiedCustomer" } as const;

export type Secrets = Record<string, string>;

/** A system with its secrets open, for one call. Never logged, never shown. */
export interface OpenConnection extends ConnectionDefinition {
  id: ConnectionId | null;
  version: number;
  secrets: Secrets;
}

export interface KnownTool extends ToolDraft {
  id: ToolId;
}

const placeOf = (id: string) => ({ table: "tool_connection", column: "sealed_secrets", row: id });
export const connectionSealedColumn = {
  table: "tool_connection",
  column: "sealed_secrets",
  rowFrom: ["id"],
};

export function sealSecrets(vault: TenantVault, id: ConnectionId, secrets: Secrets): Buffer | null {
  return Object.keys(secrets).length === 0 ? null : vault.seal(placeOf(id), JSON.stringify(secrets));
}

export function openSecrets(vault: TenantVault, row: Pick<ConnectionRow, "id" | "sealed_secrets">): Secrets {
  if (row.sealed_secrets === null) return {};
  return JSON.parse(vault.openText(placeOf(row.id), row.sealed_secrets)) as Secrets;
}

export function openConnection(vault: TenantVault, row: ConnectionRow): OpenConnection {
  return { ...row.definition, id: row.id, version: row.version, secrets: openSecrets(vault, row) };
}

export function presentConnection(row: ConnectionRow, toolCount: number): ToolConnection {
  const { id, definition, secret_names: secretNames, version, updated_at } = row;
  return { ...definition, id, secretNames, toolCount, version, updatedAt: updated_at.toISOString() };
}

export function presentTool(row: ToolRow, connectionName: string): ShopTool {
  const { id, connection_id: connectionId, definition, version, updated_at, last_at, last_state } = row;
  const last =
    last_at === null || last_state === null
      ? null
      : { at: last_at.toISOString(), state: last_state, error: row.last_error };
  return {
    ...definition,
    modelMayCall: definition.modelMayCall ?? false, // kept before there was the question
    id,
    connectionId,
    connectionName,
    version,
    updatedAt: updated_at.toISOString(),
    last,
  };
}
