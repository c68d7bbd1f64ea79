// The record's sealed columns, for key rotation: app.ts joins the rooms' lists, platform/crypto walks them.
import type { SealedColumn } from "../platform/crypto/index.ts";

export const recordSealedColumns: readonly SealedColumn[] = [
  { table: "inbox", column: "sealed_secrets", rowFrom: ["id"] },
  { table: "contact", column: "sealed_name", rowFrom: ["id"] },
  { table: "contact", column: "sealed_phone", rowFrom: ["id"] },
  { table: "contact", column: "sealed_email", rowFrom: ["id"] },
  { table: "contact", column: "sealed_notes", rowFrom: ["id"] },
  { table: "contact", column: "sealed_context", rowFrom: ["id"] },
  { table: "identity", column: "sealed_external_id", rowFrom: ["id"] },
  { table: "conversation", column: "sealed_handoff_summary", rowFrom: ["id"] },
  { table: "conversation", column: "sealed_rating_comment", rowFrom: ["id"] },
  { table: "message", column: "sealed_content", rowFrom: ["id"] },
];

export { recordSearches } from "./search/rekey-search.ts";
