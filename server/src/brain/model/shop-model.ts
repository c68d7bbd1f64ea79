// The shop's large model as a turn is given it: a function to ask, and how the shop speaks. Null while none is used, and
// while its settings cannot be opened: a turn is answered all the same.

import { getTenant } from "../../accounts/index.ts";
import { completerFor } from "../../inference/index.ts";
import type { Ctx } from "../../platform/context.ts";
import type { TurnModel } from "../answer-model.ts";
import { connectedTools } from "../tools/shop/tool-cache.ts";
import { modelToolsFor } from "../tools/shop-tools.ts";

export interface TurnAbout {
  /** Null in a trial. */
  conversationId: string | null;
  channel: string | null;
  inboxId?: string | null;
  /** The customer's id on the shop's site, where they are signed in there. */
  siteCustomer?: () => Promise<string | null>;
}

export async function modelFor(
  ctx: Ctx,
  { conversationId, channel, inboxId = null, siteCustomer = async () => null }: TurnAbout,
): Promise<TurnModel | null> {
  try {
    const complete = await completerFor(ctx, { conversationId, channel, intent: null });
    if (complete === null) return null;
    const { name } = await getTenant(ctx);
    const tools = await modelToolsFor(ctx, await connectedTools(ctx), {
      inboxId,
      conversationId,
      siteCustomer,
    });
    return { complete, shop: name, tools };
  } catch (error) {
    ctx.log.error({ err: error, tenantId: ctx.tenantId }, "large model not opened");
    return null;
  }
}
