// The sealed columns of this room, for key rotation: the wiring joins the rooms' lists, platform/crypto walks them.
import type { SealedColumn } from "../platform/crypto/index.ts";
import { demoSealedColumn } from "./tools/demo/demo-changes.ts";

export const brainSealedColumns: readonly SealedColumn[] = [demoSealedColumn];
