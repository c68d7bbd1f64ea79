// What was read in the pictures of a conversation, for the people who serve. GET /api/conversations/:id/picture-readings.
import type { ConversationId, PictureReading } from "@yingda/contract";
import { accessConversation } from "../../conversations/index.ts";
import type { Ctx } from "../../platform/context.ts";
import { readingsOf } from "./reading-store.ts";

/** @throws conversation/not-found */
export async function listPictureReadings(ctx: Ctx, id: ConversationId): Promise<PictureReading[]> {
  await accessConversation(ctx, id);
  const readings = await readingsOf(ctx, id);
  return readings.map(({ at, ...reading }) => ({ ...reading, at: at.toISOString() }));
}
