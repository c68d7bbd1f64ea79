// Takes the demo shop away: its people, conversations, quick replies, agents, pack and sample values. What the owner made or
// changed stays theirs, and so do the conversations of real visitors. Safe to repeat; called by the page, and by a new
// seeding that finds a half-made one.
import {
  getTenant,
  listMembersBrief,
  removeDemoMembers,
  requestAudit,
  updateTenant,
} from "../accounts/index.ts";
import { fillBlanks, keepChangedFaqs, listBlanks, switchFlow, switchPack } from "../brain/index.ts";
import { removeDemoRecord } from "../conversations/contacts/demo-contacts.ts";
import { applyTransition, conversationsOfAgent, listInboxes, updateInbox } from "../conversations/index.ts";
import type { Ctx } from "../platform/context.ts";
import { transact } from "../platform/db/index.ts";
import { putWaiting } from "../routing/enqueue.ts";
import { defaultQueue } from "../routing/index.ts";
import { leaveEntry } from "../routing/leave-entry.ts";
import { type DemoReceipt, deleteReceipt, readReceipt } from "./demo-receipt.ts";

export async function removeDemo(asker: Ctx): Promise<void> {
  const ctx: Ctx = { ...asker, actor: { kind: "system", name: "demo" } };
  const found = await readReceipt(ctx);
  if (!found) return;
  const { receipt } = found;
  await transact(ctx, async (tx) => {
    for (const id of receipt.conversationIds) await leaveEntry(ctx, tx, id, { ended: null, takenBy: null });
  });
  await removeDemoRecord(ctx);
  await returnToQueue(ctx);
  await removeDemoMembers(ctx);
  await removeKnowledge(ctx, receipt);
  for (const id of receipt.flows ?? []) await switchFlow(ctx, id, false, null);
  await putBack(ctx, receipt);
  await updateTenant(ctx, { hasDemo: false });
  await deleteReceipt(ctx);
  await transact(ctx, (tx) =>
    requestAudit(asker, tx, { action: "demo-removed", subject: "tenant", subjectId: ctx.tenantId }),
  );
}

/** Real visitors whom somebody gave to a demo agent: nobody would answer them. */
async function returnToQueue(ctx: Ctx): Promise<void> {
  for (const agent of (await listMembersBrief(ctx)).filter(({ isDemo }) => isDemo))
    for (const { id } of await conversationsOfAgent(ctx, agent.id))
      await transact(ctx, async (tx) => {
        const queueId = await defaultQueue(ctx, tx);
        const applied = await applyTransition(ctx, tx, id, {
          kind: "transfer",
          to: { queueId },
          at: ctx.clock.now(),
        });
        if (applied.kind === "applied")
          await putWaiting(ctx, tx, {
            conversationId: id,
            queueId,
            reason: "agent-transfer",
            declinedBy: [],
          });
      });
}

/** The pack stays where the shop uses it by itself: it was on before, or its blanks were filled with the shop's own facts. */
async function removeKnowledge(ctx: Ctx, { pack, packWasOn, blanks }: DemoReceipt): Promise<void> {
  const now = await listBlanks(ctx);
  const isSample = ({ key, value }: { key: string; value: string | null }) =>
    key in blanks && value === blanks[key];
  const isAdopted = now.some((blank) => blank.key in blanks && blank.value !== null && !isSample(blank));
  const samples = now.filter(isSample).map(({ key }) => [key, null] as const);
  if (samples.length > 0) await fillBlanks(ctx, Object.fromEntries(samples));
  if (packWasOn || isAdopted) return;
  await keepChangedFaqs(ctx, pack);
  await switchPack(ctx, pack, false);
}

async function putBack(ctx: Ctx, { name, widget }: DemoReceipt): Promise<void> {
  if (name && (await getTenant(ctx)).name === name.after) await updateTenant(ctx, { name: name.before });
  if (!widget) return;
  const inbox = (await listInboxes(ctx)).find(({ id }) => id === widget.inboxId);
  if (!inbox) return;
  await updateInbox(ctx, inbox.id, { version: inbox.version, widget: restored(inbox.widget, widget) });
}

/** Field by field: a greeting that the owner wrote stays, beside a title that goes back. */
function restored<T extends object>(now: T, { before, after }: { before: T; after: T }): T {
  const back = Object.keys(before).filter((key) => isSame(now[key as keyof T], after[key as keyof T]));
  return { ...now, ...Object.fromEntries(back.map((key) => [key, before[key as keyof T]])) };
}

/** Equal as JSON, whatever order the keys came back in from the database. */
function isSame(a: unknown, b: unknown): boolean {
  return stable(a) === stable(b);
}

function stable(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
