// A file that a platform names by address becomes ours: fetched through the guard, judged by its content, stored sealed.
// Called before the message is recorded. What cannot be had is shown to the agent as such and never fails the message.
import type { Content, InboxId } from "@yingda/contract";
import type { Ctx } from "../platform/context.ts";
import { AppError } from "../platform/errors.ts";
import type { StoredMedia } from "../platform/media/index.ts";
import type { InboundMedia } from "./adapter.ts";

const maxBytes = 20_000_000;
const timeoutMs = 20_000;

export async function takeInMedia(ctx: Ctx, inboxId: InboxId, media: InboundMedia): Promise<Content> {
  try {
    const reply = await ctx.fetch.expectOk(
      "channel",
      await ctx.fetch("channel", media.url, { maxBytes, timeoutMs }),
    );
    return contentOfMedia(
      await ctx.media.put(ctx.tenantId, { source: reply.body, name: media.name, inboxId, maxBytes }),
    );
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    ctx.log.warn(
      { err: error, inboxId, kind: media.kind },
      "file of an inbound message could not be taken in",
    );
    return { kind: "unsupported", described: media.name };
  }
}

/** What kind of bubble a stored file makes; decided by its content, not by what the sender called it. */
export function contentOfMedia(media: StoredMedia): Content {
  const file = { mediaId: media.id, name: media.name, type: media.type, sizeBytes: media.sizeBytes };
  switch (media.kind) {
    case "image":
      return {
        kind: "image",
        ...file,
        ...(media.width === null ? {} : { width: media.width }),
        ...(media.height === null ? {} : { height: media.height }),
      };
    case "audio":
    case "video":
    case "file":
      return { kind: media.kind, ...file };
    default:
      return media.kind satisfies never;
  }
}
