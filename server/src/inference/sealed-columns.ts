// The sealed columns of this room, for key rotation: the wiring joins the rooms' lists, platform/crypto walks them.
import type { SealedColumn } from "../platform/crypto/index.ts";

export const inferenceSealedColumns: readonly SealedColumn[] = [
  { table: "embedding_setting", column: "sealed_key", rowFrom: ["tenant_id"] },
  { table: "kept_answer", column: "sealed_text", rowFrom: ["id"] },
  { table: "language_model", column: "sealed_key", rowFrom: ["id"] },
];
