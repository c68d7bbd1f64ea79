// What a turn is told of the contact's pictures: those of its lines, read and looked at now, and what was seen in earlier ones.
import { type Message, type TurnInput, textOf } from "@yingda/contract";
import type { Ctx } from "../../platform/context.ts";
import type { Situation } from "../turn-situation.ts";
import { lookerFor } from "./look-at-picture.ts";
import { readPictures } from "./read-pictures.ts";
import { readingsOf } from "./reading-store.ts";

const mostBefore = 3;

/** Empty where the contact sent none. `isDue`: what costs may be asked. */
export async function picturesFor(
  ctx: Ctx,
  { material: { lines, history, conversation }, inbox, memory, locale }: Situation,
  isDue: boolean,
): Promise<Pick<TurnInput, "pictures" | "picturesBefore">> {
  const before = history.filter(isTheirPicture);
  const hasPicture = lines.some(isTheirPicture);
  if (!hasPicture && before.length === 0) return {};
  const said = lines.flatMap(({ content }) => (content.kind === "text" ? [textOf(content)] : [])).join("\n");
  const intent = memory.flowState?.kind === "flow" ? memory.flowState.flow : null;
  const about = { conversationId: conversation.id, channel: inbox.channel, intent, said, locale };
  const lookAt = await lookerFor(ctx, about);
  const pictures = hasPicture ? await readPictures(ctx, lines, lookAt && { lookAt, isDue }) : [];
  const ids = new Set(before.map(({ id }) => id));
  const readings = lookAt === null || before.length === 0 ? [] : await readingsOf(ctx, conversation.id);
  const seen = readings.filter(({ messageId }) => ids.has(messageId)).map((reading) => reading.seen);
  return {
    ...(pictures.length > 0 && { pictures }),
    ...(seen.length > 0 && { picturesBefore: seen.slice(-mostBefore) }),
  };
}

function isTheirPicture({ kind, content }: Message): boolean {
  return kind === "inbound" && content.kind === "image";
}
