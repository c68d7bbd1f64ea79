// What a new shop starts with: a web chat and a queue, so that the first minute shows a working line. Safe to repeat.
import { createInbox, listInboxes } from "../conversations/index.ts";
import type { Ctx } from "../platform/context.ts";
import { transact } from "../platform/db/index.ts";
import { defaultQueue } from "../routing/index.ts";

const webInboxName = "网站客服";

export async function prepareTenant(ctx: Ctx): Promise<void> {
  const inboxes = await listInboxes(ctx);
  if (!inboxes.some(({ channel }) => channel === "web"))
    await createInbox(ctx, { channel: "web", name: webInboxName });
  await transact(ctx, async (tx) => {
    await defaultQueue(ctx, tx);
  });
}
