// Puts new questions into the groups they belong to, or into new ones, a batch at a time so that others are served in
// between. A group that is ignored keeps what comes to it ignored; one that an FAQ was made of takes nothing more, so that
// what the FAQ does not answer shows up again.

import type { GapId } from "@yingda/contract";
import { groupQuestions } from "../../brain/index.ts";
import type { Ctx } from "../../platform/context.ts";
import { transact } from "../../platform/db/index.ts";
import { newId } from "../../platform/ids.ts";
import {
  insertGap,
  joinGroup,
  listSamples,
  listUngrouped,
  type QuestionRow,
  textPlace,
} from "./gap-store.ts";

/** Some tens of milliseconds of comparing. */
const batch = 50;
const samples = { each: 3, groups: 300 };

export async function groupNewQuestions(ctx: Ctx): Promise<void> {
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const textOf = (row: QuestionRow) => vault.openText(textPlace(row.message_id), row.sealed_text);
  for (;;) {
    const { fresh, known } = await transact(ctx, async (tx) => ({
      fresh: await listUngrouped(tx, ctx.tenantId, batch),
      known: await listSamples(tx, ctx.tenantId, samples),
    }));
    if (fresh.length === 0) return;
    const groups = new Map<GapId, string[]>();
    for (const row of known)
      if (row.gap_id !== null) groups.set(row.gap_id, [...(groups.get(row.gap_id) ?? []), textOf(row)]);
    const { joined, formed } = groupQuestions(
      fresh,
      textOf,
      [...groups].map(([id, texts]) => ({ id, samples: texts })),
    );
    await transact(ctx, async (tx) => {
      for (const { item, group } of joined)
        await joinGroup(tx, ctx.tenantId, group as GapId, [item.message_id]);
      for (const { members } of formed) {
        const [middle] = members;
        if (middle === undefined) continue;
        const id = newId<GapId>();
        await insertGap(tx, ctx.tenantId, { id, label: middle.message_id, at: ctx.clock.now() });
        await joinGroup(
          tx,
          ctx.tenantId,
          id,
          members.map((row) => row.message_id),
        );
      }
    });
    await new Promise((resume) => setImmediate(resume));
  }
}
