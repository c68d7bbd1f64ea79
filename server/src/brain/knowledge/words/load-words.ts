// A tenant's words out of the database, ready to be looked for. Called by the knowledge cache.

import type { Ctx } from "../../../platform/context.ts";
import { transact } from "../../../platform/db/index.ts";
import { type KnownWords, knownWords, noWords } from "./known-words.ts";
import { findWordsRow } from "./word-store.ts";

export async function loadWords(ctx: Ctx): Promise<KnownWords> {
  const row = await transact(ctx, (tx) => findWordsRow(tx, ctx.tenantId));
  return row === undefined ? noWords : knownWords(row.lists);
}
