// The sealed columns of this room, for key rotation: the wiring joins the rooms' lists, platform/crypto walks them.
import type { SealedColumn } from "../platform/crypto/index.ts";

export const accountSealedColumns: readonly SealedColumn[] = [
  { table: "tenant", column: "sealed_alert_webhook", rowFrom: ["tenant_id"] },
  { table: "app_user", column: "sealed_account", rowFrom: ["id"] },
  { table: "app_user", column: "sealed_name", rowFrom: ["id"] },
  { table: "app_user", column: "sealed_email", rowFrom: ["id"] },
  { table: "app_user", column: "sealed_totp", rowFrom: ["id"] },
  { table: "session", column: "sealed_device", rowFrom: ["id"] },
  { table: "session", column: "sealed_address", rowFrom: ["id"] },
  { table: "invitation", column: "sealed_name", rowFrom: ["id"] },
  { table: "audit_entry", column: "sealed_address", rowFrom: ["event_id"] },
];
