// Has a picture described by the shop's model that can see, where one was chosen: made small first, sent to nobody else, once. The
// description is kept for the people who serve; without one the turn goes on as it would without a model.
import type { Message, PictureLook, PictureSeen } from "@yingda/contract";
import { describePicture } from "../../brain/index.ts";
import { type Complete, completerFor, modelsFor } from "../../inference/index.ts";
import type { Ctx } from "../../platform/context.ts";
import { makeSmaller } from "../../platform/media/index.ts";
import type { Locale } from "../texts.ts";
import { keepReading } from "./reading-store.ts";

/** A picture of a turn, opened. */
export interface OpenPicture {
  message: Pick<Message, "id" | "conversationId">;
  bytes: Uint8Array;
  type: string;
}

export type LookAt = (picture: OpenPicture) => Promise<{ seen: PictureSeen | null; look: PictureLook }>;

export interface LookAbout {
  conversationId: string;
  channel: string;
  /** The flow that is open, for the count. */
  intent: string | null;
  /** What the contact wrote with the pictures. */
  said: string;
  locale: Locale;
}

/** Text on a label stays legible, and a picture costs about a thousand tokens. */
const longestSide = 1_280;
/** Of what is sent; a picture that cannot be made smaller here may be larger. */
const mostBytes = 1_500_000;
/** For all pictures of a turn: with the brain's own time it stays well below what a contact waits for a person. */
const mostMs = 15_000;
const asTheyAre = ["image/jpeg", "image/png", "image/webp"] as const;

/** Null where no model was chosen for pictures, or its settings cannot be opened. */
export async function lookerFor(ctx: Ctx, about: LookAbout): Promise<LookAt | null> {
  try {
    if ((await modelsFor(ctx))?.forTask("picture") == null) return null;
    const { conversationId, channel, intent } = about;
    const complete = await completerFor(ctx, { conversationId, channel, intent });
    if (complete === null) return null;
    const signal = AbortSignal.timeout(mostMs);
    return (picture) => look(ctx, complete, picture, about, signal);
  } catch (error) {
    ctx.log.error({ err: error, tenantId: ctx.tenantId }, "model for pictures not opened");
    return null;
  }
}

async function look(
  ctx: Ctx,
  complete: Complete,
  { message, bytes, type }: OpenPicture,
  { said, locale }: LookAbout,
  signal: AbortSignal,
): ReturnType<LookAt> {
  const image = await imageOf(bytes, type);
  if (image === null) return { seen: null, look: { kind: "failed", code: "picture-too-large", tookMs: 0 } };
  const described = await describePicture(complete, image, said, locale, signal);
  if (described.kind === "failed") return { seen: null, look: described };
  const { seen, model, leftOut, tookMs } = described;
  await keepReading(ctx, message.conversationId, { messageId: message.id, seen, model }).catch(
    (error: unknown) => ctx.log.warn({ err: error }, "description of a picture not kept"),
  );
  return { seen, look: { kind: "seen", model, leftOut, tookMs } };
}

/** Null where it is too large, or of a kind that models do not take. */
async function imageOf(
  bytes: Uint8Array,
  type: string,
): Promise<Parameters<typeof describePicture>[1] | null> {
  const small = await makeSmaller(bytes, longestSide);
  if (small !== undefined && small.length <= mostBytes) return { mediaType: "image/jpeg", bytes: small };
  const mediaType = asTheyAre.find((one) => one === type);
  return mediaType === undefined || bytes.length > mostBytes ? null : { mediaType, bytes };
}
