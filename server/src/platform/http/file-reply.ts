// Sends a file so that no browser takes it for a page of ours: attachments unless asked otherwise, never sniffed, sandboxed.
import type { FastifyReply } from "fastify";
import type { FileReply } from "./types.ts";

export function sendFile(reply: FastifyReply, file: FileReply, standardType: string): FastifyReply {
  reply
    .type(file.type ?? standardType)
    .header("cache-control", "private, no-store")
    .header("x-content-type-options", "nosniff")
    .header("content-security-policy", "default-src 'none'; sandbox")
    .header("content-disposition", dispositionOf(file));
  if (file.sizeBytes !== undefined) reply.header("content-length", file.sizeBytes);
  return reply.send(file.body);
}

/** RFC 6266: an ASCII name for old clients, the true one in UTF-8. */
export function dispositionOf({ name, isInline }: Pick<FileReply, "name" | "isInline">): string {
  const ascii = name.replace(/[^\x20-\x7e]|["\\%;]/g, "_");
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${isInline ? "inline" : "attachment"}; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
