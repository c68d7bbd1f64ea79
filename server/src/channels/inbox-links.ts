// Where an inbox is found: the script line for a shop's own site, the page behind a link or QR code, and whether anybody but
// this machine can reach it. Also looks whether a page carries the script line.
import { networkInterfaces } from "node:os";
import type { InboxId } from "@yingda/contract";
import { requirePermission } from "../accounts/index.ts";
import { getInbox, type InboxRecord } from "../conversations/index.ts";
import type { Ctx } from "../platform/context.ts";
import { AppError, ExternalError } from "../platform/errors.ts";
import { isLoopback } from "../platform/http/index.ts";

export type InboxLinks = { script: string; page: string; lanPage: string | null; isLocalOnly: boolean };

/** `askedAt`: scheme and host under which the person who asks has reached us, used while no public address is set. */
export async function linksOf(ctx: Ctx, inboxId: InboxId, askedAt: string): Promise<InboxLinks> {
  requirePermission(ctx, "inboxes-read");
  const inbox = await knownInbox(ctx, inboxId);
  const { config } = ctx;
  const base = config.publicUrl ?? askedAt;
  const lan = lanAddress(config.host);
  const port = new URL(askedAt).port;
  const scheme = new URL(askedAt).protocol;
  return {
    script: `<script src="${base}/widget.js" data-key="${inbox.publicKey}" async></script>`,
    page: `${base}/c/${inbox.publicKey}`,
    lanPage: lan && `${scheme}//${lan}${port ? `:${port}` : ""}/c/${inbox.publicKey}`,
    isLocalOnly: config.publicUrl === null && lan === null,
  };
}

/** The first private IPv4 address of this machine, if we listen on it; null while we listen on the machine itself only. */
function lanAddress(host: string): string | null {
  if (isLoopback(host) || host === "localhost") return null;
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  const listensOnAll = host === "0.0.0.0" || host === "::";
  const found = all.find(
    ({ family, internal, address }) =>
      family === "IPv4" && !internal && (listensOnAll ? isPrivate(address) : address === host),
  );
  return found?.address ?? null;
}

function isPrivate(address: string): boolean {
  return /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(address);
}

const checkTimeoutMs = 8_000;
const mostPageBytes = 2_000_000;

/** Looks at the page as anybody would. `code`: found, script-missing, other-key, http-<status>, unreachable, address-refused. */
export async function checkWebsite(
  ctx: Ctx,
  inboxId: InboxId,
  address: string,
): Promise<{ found: boolean; code: string }> {
  requirePermission(ctx, "inboxes-write");
  const inbox = await knownInbox(ctx, inboxId);
  const url = URL.parse(/^https?:\/\//i.test(address) ? address : `https://${address}`);
  if (!url) throw new AppError("request/invalid", { details: { field: "url" } });
  try {
    const reply = await ctx.fetch("webhook", url, { timeoutMs: checkTimeoutMs, maxBytes: mostPageBytes });
    if (!reply.isOk) {
      await reply.discard();
      return { found: false, code: `http-${reply.status}` };
    }
    return judgePage(await reply.text(), inbox.publicKey);
  } catch (error) {
    if (!(error instanceof ExternalError)) throw error;
    const { reason, failure } = error.details;
    if (failure === "too-large") return { found: false, code: "too-large" };
    return { found: false, code: reason === undefined ? "unreachable" : "address-refused" };
  }
}

/** Pure: whether a page's source carries our script line with this key. */
export function judgePage(html: string, publicKey: string): { found: boolean; code: string } {
  const lines = html.match(/<script\b[^>]*\bwidget\.js\b[^>]*>/gi) ?? [];
  if (lines.some((line) => line.includes(publicKey))) return { found: true, code: "found" };
  return {
    found: false,
    code: lines.some((line) => /data-key/i.test(line)) ? "other-key" : "script-missing",
  };
}

async function knownInbox(ctx: Ctx, inboxId: InboxId): Promise<InboxRecord> {
  const inbox = await getInbox(ctx, inboxId);
  if (!inbox) throw new AppError("inbox/not-found");
  return inbox;
}
