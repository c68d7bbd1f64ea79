// The sealed columns of this room, for key rotation: the wiring joins the rooms' lists, platform/crypto walks them.
import type { SealedColumn } from "../platform/crypto/index.ts";
import { demoSealedColumn } from "./tools/demo/demo-changes.ts";
import { proofSealedColumn } from "./tools/identity/prove.ts";
import { callSealedColumn } from "./tools/shop/call-log.ts";
import { connectionSealedColumn } from "./tools/shop/definitions.ts";

export const brainSealedColumns: readonly SealedColumn[] = [
  demoSealedColumn,
  connectionSealedColumn,
  callSealedColumn,
  proofSealedColumn,
];
