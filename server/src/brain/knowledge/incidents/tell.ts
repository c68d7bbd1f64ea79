// A pinned statement as it is said, and the note that a conversation has heard it.

import type { ConversationId, IncidentId } from "@yingda/contract";
import type { Ctx } from "../../../platform/context.ts";
import type { Tx } from "../../../platform/db/index.ts";
import { insertTold } from "./incident-store.ts";
import type { KnownIncident } from "./load-incidents.ts";

export type { KnownIncident } from "./load-incidents.ts";

export function textOfIncident(
  { text, textEn }: Pick<KnownIncident, "text" | "textEn">,
  locale: "zh-CN" | "en",
): string {
  return locale === "en" && textEn !== "" ? textEn : text;
}

/** Notes that this conversation was told; true the first time. Inside the caller's transaction, which told it. */
export function recordIncidentTold(
  ctx: Ctx,
  tx: Tx,
  id: IncidentId,
  conversationId: ConversationId,
): Promise<boolean> {
  return insertTold(tx, ctx.tenantId, id, conversationId, ctx.clock.now());
}
