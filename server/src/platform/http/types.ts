// The words of the HTTP layer: what a handler gets, what it may give back, and who asks.
import type { Readable } from "node:stream";
import type {
  ErrorCode,
  Route,
  RouteBody,
  RouteParams,
  RouteQuery,
  RouteReply,
  TenantId,
} from "@yingda/contract";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Actor, Ctx, Services } from "../context.ts";

/** Who a request comes from, as accounts found out. */
export interface SignedIn {
  tenantId: TenantId;
  actor: Actor;
  via: "cookie" | "api-key";
  /** The session's or key's id: what `hub.cut` and "this session" go by. */
  sessionId: string;
}
/** null: nobody. Throws AppError for a key that is wrong or revoked. */
export type Authenticate = (request: FastifyRequest) => Promise<SignedIn | null>;

/** What a public route's handler gets: no tenant is known yet. */
export interface PublicCtx extends Services {
  requestId: string;
  address: string;
}

export interface Call<R extends Route> {
  params: RouteParams<R>;
  query: RouteQuery<R>;
  body: RouteBody<R>;
  request: FastifyRequest;
  reply: FastifyReply;
  /** null on public routes without a session. */
  signedIn: SignedIn | null;
}

/** What a route with `file` gives back. */
export interface FileReply {
  body: Readable | Uint8Array | string;
  name: string;
  /** Default: the route's `file`. */
  type?: string;
  sizeBytes?: number;
  /** Only raster images and sounds; everything else is an attachment. */
  isInline?: boolean;
}

export type CtxOf<R extends Route> = R["access"] extends "public" ? PublicCtx : Ctx;
export type ReplyOf<R extends Route> = R extends { file: string }
  ? FileReply
  : RouteReply<R> extends undefined
    ? unknown
    : RouteReply<R>;
export type Handler<R extends Route> = (ctx: CtxOf<R>, call: Call<R>) => Promise<ReplyOf<R>> | ReplyOf<R>;

/** `count` requests per `perSeconds` from one address, in a sliding window. */
export interface RateLimit {
  name: string;
  count: number;
  perSeconds: number;
}

export interface RegisterOptions {
  limit?: RateLimit;
  /** Bytes of a JSON body; 64 kB unless told. */
  bodyLimit?: number;
  /** The body is multipart/form-data: read it with `request.file()`; `body` is undefined. */
  isMultipart?: true;
  maxFileBytes?: number;
  /** How a longer file is refused; media/too-large unless told. */
  tooLarge?: ErrorCode;
  /** 200 unless told; 204 where the route has no reply. */
  status?: number;
}

/** The fastify instance that rooms' `xxxRoutes(app, services)` get. */
export type HttpApp = FastifyInstance;
