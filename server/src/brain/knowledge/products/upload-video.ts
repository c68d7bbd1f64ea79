// A video for a product or a step: larger than what a message may carry, and only what every browser plays. The content says what
// it is, not its name.

import { type ProductFile, productBounds, productVideoTypes } from "@yingda/contract";
import { requirePermission } from "../../../accounts/index.ts";
import type { Ctx } from "../../../platform/context.ts";
import { AppError } from "../../../platform/errors.ts";

/** @throws AppError media/too-large, media/empty, media/type-refused (details: the type) */
export async function uploadProductVideo(
  ctx: Ctx,
  file: { source: AsyncIterable<Uint8Array>; name: string },
): Promise<ProductFile> {
  requirePermission(ctx, "knowledge-write");
  const { id, name, type, sizeBytes } = await ctx.media.put(ctx.tenantId, {
    ...file,
    inboxId: null,
    isLoose: true,
    maxBytes: productBounds.videoBytes,
  });
  if (!productVideoTypes.includes(type)) {
    await ctx.media.remove(ctx.tenantId, id);
    throw new AppError("media/type-refused", { details: { type } });
  }
  return { mediaId: id, name, type, sizeBytes };
}
