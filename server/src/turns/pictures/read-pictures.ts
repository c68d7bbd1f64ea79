// What stands in the pictures of a turn, before the brain is asked: their QR and bar codes, and what a vision model sees where the
// shop chose one; both as data. What was read is remembered for a while, because a held turn looks at it again.
import type { Content, Message, PictureCode, PictureRead } from "@yingda/contract";
import type { Ctx } from "../../platform/context.ts";
import { decodePicture } from "./decode-picture.ts";
import type { LookAt } from "./look-at-picture.ts";

/** `isDue`: the contact has been silent, so what costs may be asked. */
export interface Looking {
  lookAt: LookAt;
  isDue: boolean;
}

const mostPictures = 3;
const mostBytes = 12_000_000;
const mostPixels = 30_000_000;
const mostKept = 500;
const kept = new Map<string, PictureRead>();

type Image = Extract<Content, { kind: "image" }>;

/** Of the last pictures among the lines; without codes and a description where nothing was found. Never throws. */
export function readPictures(
  ctx: Ctx,
  lines: readonly Message[],
  looking: Looking | null = null,
): Promise<PictureRead[]> {
  const pictures = lines.flatMap((message) =>
    message.kind === "inbound" && message.content.kind === "image"
      ? [{ message, image: message.content }]
      : [],
  );
  return Promise.all(
    pictures.slice(-mostPictures).map(async ({ message, image }) => {
      const known = kept.get(message.id);
      const isRead = known !== undefined && (looking === null || isLookedAt(known));
      const read = isRead ? known : await readOne(ctx, message, image, looking, known?.codes);
      kept.delete(message.id);
      kept.set(message.id, read);
      const [oldest] = kept.size > mostKept ? kept.keys() : [];
      if (oldest !== undefined) kept.delete(oldest);
      return read;
    }),
  );
}

/** A code says more than a description of it. */
function isLookedAt({ codes, look }: PictureRead): boolean {
  return codes.length > 0 || (look !== undefined && look.kind !== "later");
}

async function readOne(
  ctx: Ctx,
  message: Message,
  { mediaId, type }: Image,
  looking: Looking | null,
  known: PictureCode[] | undefined,
): Promise<PictureRead> {
  const read: PictureRead = { messageId: message.id, codes: known ?? [], seen: null };
  try {
    const isLater = looking !== null && !looking.isDue;
    if (known !== undefined && isLater) return { ...read, look: { kind: "later" } };
    const opened = await ctx.media.open(ctx.tenantId, mediaId);
    if (opened === undefined) return read;
    const { sizeBytes, width, height } = opened.media;
    if (sizeBytes > mostBytes || (width ?? 0) * (height ?? 0) > mostPixels) {
      opened.body.destroy();
      return read;
    }
    const bytes = Buffer.concat(await opened.body.toArray());
    read.codes = known ?? (await decodePicture(bytes));
    if (looking === null || read.codes.length > 0) return read;
    if (isLater) return { ...read, look: { kind: "later" } };
    return { ...read, ...(await looking.lookAt({ message, bytes, type: opened.type ?? type })) };
  } catch (error) {
    ctx.log.warn({ err: error }, "picture not read");
    return read;
  }
}
