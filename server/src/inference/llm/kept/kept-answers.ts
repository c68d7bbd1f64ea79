// Answers of the model that hold for anybody, kept for the next who asks the same of the same texts. Who asks says whether an
// answer may be kept (brain: only what its guard let through and nothing personal); this finds, keeps, bounds and ends them.
//
// The key is a keyed hash over the question, the language, the words of the prompt and its version, the model and the whole texts
// that were given, so an answer over a text that has changed is never found again; the listener ends it for good.

import type { EventKind } from "@yingda/contract";
import { requestAudit, requirePermission } from "../../../accounts/index.ts";
import type { Ctx, Services } from "../../../platform/context.ts";
import { transact } from "../../../platform/db/index.ts";
import { newId } from "../../../platform/ids.ts";
import type { EventRef, Listener } from "../../../platform/outbox/index.ts";
import type { ModelUsage } from "../language-model.ts";
import { countKept, deleteKept, keptPlace, putKept, takeKept, trimKept } from "./kept-store.ts";

export interface KeptAnswer {
  text: string;
  /** Model and prompt that made it. */
  model: string;
  prompt: string;
  usage: Pick<ModelUsage, "inputTokens" | "outputTokens">;
}

export interface KeptAnswers {
  /** `parts`: all that the answer depends on. Null for none. Never rejects. */
  find(parts: readonly string[]): Promise<KeptAnswer | null>;
  /** Returns at once and never throws; the row is written behind. */
  keep(parts: readonly string[], answer: KeptAnswer): void;
}

/** An answer of 300 letters and its keys take some 2 KB. */
export const mostKept = 2_000;
const keptMs = 30 * 86_400_000;

const writing = new Set<Promise<void>>();

export function keptAnswersOf(ctx: Ctx, most = mostKept): KeptAnswers {
  const since = () => new Date(ctx.clock.nowMs() - keptMs);
  const keyOf = async (parts: readonly string[]) =>
    (await ctx.vault.forTenant(ctx.tenantId)).mac("kept-answer", parts);
  return {
    async find(parts) {
      try {
        const key = await keyOf(parts);
        const row = await transact(ctx, (tx) => takeKept(tx, ctx.tenantId, key, since(), ctx.clock.now()));
        if (row === undefined) return null;
        const vault = await ctx.vault.forTenant(ctx.tenantId);
        const usage = { inputTokens: row.input_tokens, outputTokens: row.output_tokens };
        return {
          text: vault.openText(keptPlace(row.id), row.sealed_text),
          model: row.model,
          prompt: row.prompt,
          usage,
        };
      } catch (error) {
        ctx.log.error({ err: error }, "kept answer not read");
        return null;
      }
    },
    keep(parts, { text, model, prompt, usage }) {
      const write = async () => {
        const vault = await ctx.vault.forTenant(ctx.tenantId);
        const key = await keyOf(parts);
        const id = newId<string>();
        const sealed = vault.seal(keptPlace(id), text);
        const { inputTokens: input_tokens, outputTokens: output_tokens } = usage;
        await transact(ctx, async (tx) => {
          const row = { id, model, prompt, sealed_text: sealed, input_tokens, output_tokens };
          await putKept(tx, ctx.tenantId, key, row, ctx.clock.now());
          await trimKept(tx, ctx.tenantId, since(), most);
        });
      };
      const work: Promise<void> = write()
        .catch((error: unknown) => ctx.log.error({ err: error }, "answer not kept"))
        .finally(() => writing.delete(work));
      writing.add(work);
    },
  };
}

/** Resolves when everything handed in is written: in tests. */
export async function flushKept(): Promise<void> {
  await Promise.all(writing);
}

export function countKeptAnswers(ctx: Ctx): Promise<number> {
  return transact(ctx, (tx) => countKept(tx, ctx.tenantId, new Date(ctx.clock.nowMs() - keptMs)));
}

/** The owner wants all of them gone. */
export async function emptyKeptAnswers(ctx: Ctx): Promise<{ emptied: number }> {
  requirePermission(ctx, "settings-write");
  const emptied = await transact(ctx, async (tx) => {
    const count = await deleteKept(tx, ctx.tenantId);
    await requestAudit(ctx, tx, {
      action: "kept-answers-emptied",
      subject: "tenant",
      subjectId: ctx.tenantId,
      details: { count },
    });
    return count;
  });
  return { emptied };
}

/** What an answer may rest on. */
const knowledgeKinds: readonly EventKind[] = [
  "faq-changed",
  "table-changed",
  "product-changed",
  "policy-changed",
  "document-changed",
  "words-changed",
  "knowledge-changed",
];

/** Ends a shop's kept answers when what it knows has changed. */
export function keptAnswersListener({ db, log }: Pick<Services, "db" | "log">): Listener {
  return {
    name: "kept-answers",
    kinds: knowledgeKinds,
    heard(refs: readonly EventRef[]) {
      for (const tenantId of new Set(refs.map((ref) => ref.tenantId)))
        void transact({ db, tenantId }, (tx) => deleteKept(tx, tenantId)).catch((error: unknown) =>
          log.error({ err: error, tenantId }, "kept answers not ended"),
        );
    },
  };
}
