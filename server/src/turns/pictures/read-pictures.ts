// What stands in the pictures of a turn, before the brain is asked: their QR and bar codes, as data. A picture that was read is
// remembered for a while, because a held turn looks at it again.
import type { Message, PictureRead } from "@yingda/contract";
import type { Ctx } from "../../platform/context.ts";
import { decodePicture } from "./decode-picture.ts";

/** Describes a picture in words; a vision model's task. Null: it cannot. */
export type DescribePicture = (ctx: Ctx, mediaId: string) => Promise<string | null>;

const mostPictures = 3;
const mostBytes = 12_000_000;
const mostPixels = 30_000_000;
const mostKept = 500;
const kept = new Map<string, PictureRead>();

/** Of the last pictures among the lines; without codes and words where nothing was found. Never throws. */
export async function readPictures(
  ctx: Ctx,
  lines: readonly Message[],
  describe?: DescribePicture,
): Promise<PictureRead[]> {
  const pictures = lines.flatMap(({ id, kind, content }) =>
    kind === "inbound" && content.kind === "image" ? [{ messageId: id, mediaId: content.mediaId }] : [],
  );
  const read: PictureRead[] = [];
  for (const { messageId, mediaId } of pictures.slice(-mostPictures)) {
    const known = kept.get(messageId);
    const found = known ?? { messageId, ...(await readOne(ctx, mediaId, describe)) };
    kept.delete(messageId);
    kept.set(messageId, found);
    const [oldest] = kept.size > mostKept ? kept.keys() : [];
    if (oldest !== undefined) kept.delete(oldest);
    read.push(found);
  }
  return read;
}

async function readOne(
  ctx: Ctx,
  mediaId: Parameters<Ctx["media"]["open"]>[1],
  describe: DescribePicture | undefined,
): Promise<Omit<PictureRead, "messageId">> {
  try {
    const opened = await ctx.media.open(ctx.tenantId, mediaId);
    if (opened === undefined) return { codes: [], words: null };
    const { sizeBytes, width, height } = opened.media;
    if (sizeBytes > mostBytes || (width ?? 0) * (height ?? 0) > mostPixels) {
      opened.body.destroy();
      return { codes: [], words: null };
    }
    const codes = await decodePicture(Buffer.concat(await opened.body.toArray()));
    const words = codes.length > 0 || describe === undefined ? null : await describe(ctx, mediaId);
    return { codes, words };
  } catch (error) {
    ctx.log.warn({ err: error }, "picture not read");
    return { codes: [], words: null };
  }
}
