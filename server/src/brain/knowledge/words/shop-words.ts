// The words of a shop as people keep them: read, and written whole. Live when the call returns.

import { type ShopWords, type ShopWordsDraft, shopWordsDraft } from "@yingda/contract";
import { requestAudit, requirePermission } from "../../../accounts/index.ts";
import type { Ctx } from "../../../platform/context.ts";
import { transact } from "../../../platform/db/index.ts";
import { AppError } from "../../../platform/errors.ts";
import { emit } from "../../../platform/outbox/index.ts";
import { whoAndWhen } from "../faqs.ts";
import { reloadPart } from "../knowledge-cache.ts";
import { noLists } from "./known-words.ts";
import { findWordsRow, writeWordsRow } from "./word-store.ts";

export async function getWords(ctx: Ctx): Promise<ShopWords> {
  requirePermission(ctx, "knowledge-read");
  const row = await transact(ctx, (tx) => findWordsRow(tx, ctx.tenantId));
  return { ...noLists, ...row?.lists, version: row?.version ?? 0 };
}

/** A word that is given twice is kept once. @throws AppError words/version-moved */
export async function changeWords(ctx: Ctx, { version, ...draft }: ShopWords): Promise<ShopWords> {
  requirePermission(ctx, "knowledge-write");
  const lists = eachOnce(shopWordsDraft.parse(draft));
  const row = await transact(ctx, async (tx) => {
    const written = await writeWordsRow(tx, ctx.tenantId, { lists, version }, whoAndWhen(ctx));
    if (written === undefined) {
      const now = await findWordsRow(tx, ctx.tenantId);
      throw new AppError("words/version-moved", { details: { version: now?.version ?? 0 } });
    }
    await requestAudit(ctx, tx, {
      action: "words-changed",
      subject: "tenant",
      subjectId: ctx.tenantId,
      details: {
        sensitive: lists.sensitive.length,
        neverSay: lists.neverSay.length,
        promises: lists.promises.length,
        synonyms: lists.synonyms.length,
      },
    });
    await emit(ctx, tx, ctx.tenantId, [{ kind: "words-changed", payload: {} }]);
    return written;
  });
  await reloadPart(ctx, "words-changed");
  return { ...lists, version: row.version };
}

function eachOnce({ sensitive, neverSay, promises, synonyms }: ShopWordsDraft): ShopWordsDraft {
  const words = new Map(sensitive.map((one) => [one.word, one]));
  return {
    sensitive: [...words.values()],
    neverSay: [...new Set(neverSay)],
    promises: [...new Set(promises)],
    synonyms: synonyms.map((group) => [...new Set(group)]).filter(({ length }) => length > 1),
  };
}
