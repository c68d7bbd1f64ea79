// The public page behind a product's code (/h/<key>/<code>) and the help centre (/h/<key>): one light page with its content in
// it, so that the first line is read without another request. Nobody is known here: no cookie, no visitor, limits by address.
import { channelCapabilities, type HelpPage, mediaId, type TenantId } from "@yingda/contract";
import type { FastifyReply, FastifyRequest } from "fastify";
import { findHelpFaults, helpPageOf, isHelpFile } from "../brain/index.ts";
import { findInboxByKey } from "../conversations/index.ts";
import { type Ctx, makeCtx, type Services } from "../platform/context.ts";
import { AppError } from "../platform/errors.ts";
import { addressOf, checkLimit, type HttpApp } from "../platform/http/index.ts";
import { signMediaUrl } from "../platform/media/index.ts";
import { pageOf, sendPage } from "./pages.ts";

const pageLimit = { name: "help-pages", count: 120, perSeconds: 60 };
const fileLimit = { name: "help-files", count: 600, perSeconds: 60 };
const faultLimit = { name: "help-faults", count: 60, perSeconds: 60 };
const longestFault = 100;
type KeyParams = { publicKey: string };
type CodeParams = KeyParams & { code: string };

export function helpRoutes(app: HttpApp, services: Services, file: string): void {
  const template = pageOf(file);
  const serve = async (
    request: FastifyRequest<{ Params: KeyParams }>,
    reply: FastifyReply,
    code: string | null,
  ): Promise<FastifyReply> => {
    checkLimit(request, pageLimit);
    const { ctx, accent } = await enter(services, request);
    const locale = localeOf(request);
    const { publicKey } = request.params;
    const shown = await helpPageOf(ctx, { publicKey, code, locale, accent });
    if (shown === null) return nothingHere(reply);
    if (!shown.isIndexed) reply.header("x-robots-tag", "noindex");
    reply.header("vary", "accept-language");
    return sendPage(request, reply, template && filled(template, shown.page), "'self'");
  };
  app.get<{ Params: KeyParams }>("/h/:publicKey", (request, reply) => serve(request, reply, null));
  app.get<{ Params: CodeParams }>("/h/:publicKey/:code", (request, reply) =>
    serve(request, reply, request.params.code.toLowerCase()),
  );
  app.get<{ Params: CodeParams; Querystring: { q?: string } }>(
    "/h/:publicKey/:code/fault",
    async (request, reply) => {
      checkLimit(request, faultLimit);
      const { ctx } = await enter(services, request);
      const said = String(request.query.q ?? "").slice(0, longestFault);
      const codes = await findHelpFaults(ctx, request.params.code.toLowerCase(), said);
      if (codes === null) throw new AppError("product/code-not-found");
      return reply.header("cache-control", "no-store").send({ codes });
    },
  );
  app.get<{ Params: KeyParams & { id: string } }>("/h/:publicKey/file/:id", async (request, reply) => {
    checkLimit(request, fileLimit);
    const { ctx } = await enter(services, request);
    const id = mediaId.safeParse(request.params.id);
    if (!id.success || !(await isHelpFile(ctx, id.data))) throw new AppError("media/not-found");
    const target = { tenantId: ctx.tenantId, mediaId: id.data, variant: "full" as const };
    const signed = signMediaUrl(await services.vault.forSystem(), target, services.clock.nowMs());
    return reply.header("cache-control", "no-store").redirect(signed, 302);
  });
}

const nothing = `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>404</title></head>
<body><h1>这里没有内容</h1><p>请核对二维码，或者联系卖给您的店铺。</p>
<p lang="en">There is nothing here. Please check the code, or ask the shop.</p></body></html>
`;

/** Whoever scans an old label reads a sentence, not a code. */
function nothingHere(reply: FastifyReply): FastifyReply {
  return reply
    .status(404)
    .header("cache-control", "no-store")
    .header("x-robots-tag", "noindex")
    .type("text/html; charset=utf-8")
    .send(nothing);
}

/** @throws AppError inbox/not-found, inbox/off */
async function enter(
  services: Services,
  request: FastifyRequest<{ Params: KeyParams }>,
): Promise<{ ctx: Ctx; accent: string }> {
  const found = await findInboxByKey(services, request.params.publicKey);
  if (!found || channelCapabilities[found.inbox.channel].delivery !== "record")
    throw new AppError("inbox/not-found");
  if (!found.inbox.isOn) throw new AppError("inbox/off");
  const ctx = makeCtx(services, {
    tenantId: found.tenantId as TenantId,
    actor: { kind: "system", name: "help" },
    address: addressOf(request),
  });
  return { ctx, accent: found.inbox.widget.accent };
}

/** As the address says, else as the browser prefers. */
function localeOf(request: FastifyRequest): HelpPage["locale"] {
  const { lang } = request.query as { lang?: unknown };
  const wanted = typeof lang === "string" ? lang : (request.headers["accept-language"] ?? "zh");
  return /^\s*(?:zh|yue|cmn)\b/i.test(wanted) ? "zh-CN" : "en";
}

/** The content goes in as JSON in which no tag can end the script. */
function filled(template: string, page: HelpPage): string {
  const name = page.product?.name ?? (page.title || page.shopName);
  const json = JSON.stringify(page)
    .replace(/</g, "\\u003c")
    .replace(/\u2028|\u2029/g, "");
  return template
    .replace('lang="zh-CN"', `lang="${page.locale}"`)
    .replace("{{title}}", () => escapeHtml(`${name} · ${page.shopName}`))
    .replace("{{page}}", () => json);
}

function escapeHtml(text: string): string {
  const marks: Record<string, string> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replace(/[&<>"']/g, (mark) => marks[mark] ?? mark);
}
