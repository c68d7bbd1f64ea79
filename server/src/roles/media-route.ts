// Files by their signed links: the link is the permission, for five minutes. Ranges, because players ask for them.
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Services } from "../platform/context.ts";
import { AppError } from "../platform/errors.ts";
import type { HttpApp } from "../platform/http/index.ts";
import { checkMediaUrl, headersFor, type MediaTarget } from "../platform/media/index.ts";

export function mediaRoute(app: HttpApp, services: Services): void {
  app.get("/media/:tenant/:id/:variant", async (request, reply) => {
    const vault = await services.vault.forSystem();
    const checked = checkMediaUrl(vault, request.url, services.clock.nowMs());
    if (checked.kind === "expired") throw new AppError("media/link-expired");
    if (checked.kind === "invalid") throw new AppError("media/not-found");
    return send(services, checked.target, request, reply);
  });
}

async function send(
  services: Services,
  target: MediaTarget,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { tenantId, mediaId, variant } = target;
  const known = await services.media.find(tenantId, mediaId);
  if (!known) throw new AppError("media/not-found");
  const range = variant === "full" ? rangeOf(request.headers.range, known.sizeBytes) : null;
  if (range === "unsatisfiable")
    return reply.status(416).header("content-range", `bytes */${known.sizeBytes}`).send();
  const opened = await services.media.open(tenantId, mediaId, variant, range ?? undefined);
  if (!opened) throw new AppError("media/not-found");
  reply.headers(headersFor(opened.type, variant === "full" ? known.name : undefined));
  if (variant === "full") reply.header("accept-ranges", "bytes");
  if (range) {
    reply.status(206).header("content-range", `bytes ${range.start}-${range.end - 1}/${known.sizeBytes}`);
    reply.header("content-length", range.end - range.start);
  } else if (opened.totalBytes !== null) reply.header("content-length", opened.totalBytes);
  return reply.send(opened.body);
}

/** One range as RFC 9110 has it, end not included; null when none is asked for or it is none of ours. */
export function rangeOf(
  header: string | undefined,
  totalBytes: number,
): { start: number; end: number } | "unsatisfiable" | null {
  const [, from = "", to = ""] = /^bytes=(\d*)-(\d*)$/.exec(header ?? "") ?? [];
  if (from === "" && to === "") return null;
  const start = from === "" ? Math.max(0, totalBytes - Number(to)) : Number(from);
  const end = from === "" || to === "" ? totalBytes : Math.min(totalBytes, Number(to) + 1);
  if (!Number.isSafeInteger(start) || !Number.isSafeInteger(end) || start >= end) return "unsatisfiable";
  return { start, end };
}
