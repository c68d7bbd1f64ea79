// Serves what the browsers load: the workbench at /, the widget's script, its frame and full page. Hashed files are cached for
// a year; pages never, each with a nonce of its own for its scripts and style elements.
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "../platform/errors.ts";
import { type HttpApp, pagePolicy } from "../platform/http/index.ts";

export interface PageFolders {
  workbench: string;
  widget: string;
}

export interface PagesOptions {
  folders: PageFolders;
  /** Who may embed this inbox's chat, as a CSP source list; null when there is no such inbox. */
  frameAncestors(publicKey: string): Promise<string | null>;
}

const hashed = { immutable: true, maxAge: "365d", index: false, redirect: false } as const;
/** The one script with a stable name: shops link to it, so a new version must arrive within minutes. */
const loaderMaxAgeSeconds = 300;

const root = join(import.meta.dirname, "../../..");
export const builtPages: PageFolders = {
  workbench: join(root, "workbench/dist"),
  widget: join(root, "widget/dist"),
};

export async function pageRoutes(app: HttpApp, { folders, frameAncestors }: PagesOptions): Promise<void> {
  await serveAssets(app, join(folders.workbench, "assets"), "/assets/", true);
  await serveAssets(app, join(folders.widget, "assets"), "/w/assets/", false);
  const workbench = pageOf(join(folders.workbench, "index.html"));
  const chat = pageOf(join(folders.widget, "frame.html"));

  app.get("/widget.js", async (_request, reply) => {
    const script = fileOf(join(folders.widget, "widget.js"));
    return reply
      .header("cache-control", `public, max-age=${loaderMaxAgeSeconds}`)
      .header("cross-origin-resource-policy", "cross-origin")
      .header("access-control-allow-origin", "*")
      .type("text/javascript; charset=utf-8")
      .send(script);
  });
  app.get<{ Params: { publicKey: string } }>("/w/:publicKey/frame", async (request, reply) => {
    const ancestors = await frameAncestors(request.params.publicKey);
    if (ancestors === null) throw new AppError("inbox/not-found");
    reply
      .header("cross-origin-resource-policy", "cross-origin")
      .header("cross-origin-opener-policy", "unsafe-none");
    return sendPage(request, reply, chat, ancestors);
  });
  app.get<{ Params: { publicKey: string } }>("/c/:publicKey", async (request, reply) => {
    if ((await frameAncestors(request.params.publicKey)) === null) throw new AppError("inbox/not-found");
    return sendPage(request, reply, chat, "'self'"); // the set-up shows it beside its form
  });
  for (const name of ["favicon.svg", "favicon-unread.svg"]) {
    app.get(`/${name}`, async (_request, reply) =>
      reply
        .header("cache-control", "public, max-age=86400")
        .type("image/svg+xml")
        .send(fileOf(join(folders.workbench, name))),
    );
  }
  // every address of the workbench is the same page: its router reads the path
  app.get("/*", async (request, reply) => {
    if (!isPageAddress(request)) throw new AppError("request/not-found");
    return sendPage(request, reply, workbench, "'none'");
  });
}

async function serveAssets(app: HttpApp, folder: string, prefix: string, isFirst: boolean): Promise<void> {
  if (!existsSync(folder)) return;
  await app.register(fastifyStatic, { root: folder, prefix, decorateReply: isFirst, ...hashed });
}

function isPageAddress(request: FastifyRequest): boolean {
  const [path = ""] = request.url.split("?");
  const isFile = /\.[a-z0-9]+$/i.test(path);
  const isOurs = /^\/(?:api|w|c|h|media|hooks|assets|ws)(?:\/|$)/.test(path);
  return !isFile && !isOurs && (request.headers.accept ?? "").includes("text/html");
}

/** Read once; null while the pages are not built, which only happens in a half-made checkout. */
export function pageOf(path: string): string | null {
  return existsSync(path) ? readFileSync(path, "utf8") : null;
}

function fileOf(path: string): Buffer {
  if (!existsSync(path)) throw new AppError("request/not-found");
  return readFileSync(path);
}

export function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  page: string | null,
  ancestors: string,
): FastifyReply {
  if (page === null) throw new AppError("platform/unavailable", { details: { pages: "not-built" } });
  const nonce = randomBytes(16).toString("base64");
  return reply
    .header("content-security-policy", pagePolicy(nonce, request.host, ancestors))
    .header("cache-control", "no-store")
    .header("permissions-policy", "camera=(), geolocation=(), payment=(), usb=()")
    .type("text/html; charset=utf-8")
    .send(page.replaceAll("<script", `<script nonce="${nonce}"`));
}
