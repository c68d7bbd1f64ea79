/**
 * Files on their way into a message: pasted, dropped or chosen, uploaded at once with progress, retried by hand. Kept per
 * conversation outside the components, so that looking at another conversation does not lose them.
 */
import type { Content, RouteReply } from "@yingda/contract";
import { useSyncExternalStore } from "react";
import { ApiError, type ApiErrorCode, routes, upload } from "../../../api.ts";

type Uploaded = RouteReply<typeof routes.uploadMedia>;
export type Attachment = {
  id: string;
  file: File;
  /** Object URL of a picture, for the small preview. */
  preview: string | null;
  share: number;
  state: { kind: "uploading" } | { kind: "failed"; code: ApiErrorCode } | { kind: "done"; media: Uploaded };
};

const none: readonly Attachment[] = [];
let all: ReadonlyMap<string, readonly Attachment[]> = new Map();
const aborts = new Map<string, AbortController>();
const listeners = new Set<() => void>();
let count = 0;

function change(conversationId: string, next: (now: readonly Attachment[]) => readonly Attachment[]): void {
  const attachments = next(all.get(conversationId) ?? none);
  const copy = new Map(all);
  if (attachments.length === 0) copy.delete(conversationId);
  else copy.set(conversationId, attachments);
  all = copy;
  for (const tell of listeners) tell();
}

function patch(conversationId: string, id: string, values: Partial<Attachment>): void {
  change(conversationId, (now) => now.map((other) => (other.id === id ? { ...other, ...values } : other)));
}

async function start(conversationId: string, attachment: Attachment): Promise<void> {
  const abort = new AbortController();
  aborts.set(attachment.id, abort);
  patch(conversationId, attachment.id, { share: 0, state: { kind: "uploading" } });
  try {
    const media = await upload(
      routes.uploadMedia,
      attachment.file,
      {},
      {
        signal: abort.signal,
        onProgress: (share) => patch(conversationId, attachment.id, { share }),
      },
    );
    patch(conversationId, attachment.id, { share: 1, state: { kind: "done", media } });
  } catch (error) {
    if (abort.signal.aborted) return;
    patch(conversationId, attachment.id, {
      state: { kind: "failed", code: error instanceof ApiError ? error.code : "internal" },
    });
  } finally {
    aborts.delete(attachment.id);
  }
}

/** Adds files and begins to upload them. */
export function addFiles(conversationId: string, files: readonly File[]): void {
  for (const file of files) {
    count += 1;
    const preview = file.type.startsWith("image/") ? URL.createObjectURL(file) : null;
    const attachment: Attachment = {
      id: `file-${String(count)}`,
      file,
      preview,
      share: 0,
      state: { kind: "uploading" },
    };
    change(conversationId, (now) => [...now, attachment]);
    void start(conversationId, attachment);
  }
}

export function retryUpload(conversationId: string, id: string): void {
  const attachment = all.get(conversationId)?.find((other) => other.id === id);
  if (attachment) void start(conversationId, attachment);
}

export function removeAttachment(conversationId: string, id: string): void {
  aborts.get(id)?.abort();
  const attachment = all.get(conversationId)?.find((other) => other.id === id);
  if (attachment?.preview) URL.revokeObjectURL(attachment.preview);
  change(conversationId, (now) => now.filter((other) => other.id !== id));
}

/** Takes the uploaded ones out, as contents ready to send. */
export function takeUploaded(conversationId: string): Content[] {
  const now = all.get(conversationId) ?? none;
  const contents = now.flatMap((attachment) =>
    attachment.state.kind === "done" ? [contentOf(attachment.state.media)] : [],
  );
  for (const attachment of now)
    if (attachment.state.kind === "done") removeAttachment(conversationId, attachment.id);
  return contents;
}

/** An uploaded file as the content of a message. */
export function contentOf(media: Uploaded): Content {
  const { kind, mediaId, name, type, sizeBytes, width, height } = media;
  const common = { mediaId, name, type, sizeBytes };
  if (kind !== "image") return { kind, ...common };
  return {
    kind,
    ...common,
    ...(width === undefined ? {} : { width }),
    ...(height === undefined ? {} : { height }),
  };
}

export function useAttachments(conversationId: string): readonly Attachment[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => all.get(conversationId) ?? none,
  );
}
