// How a route is described: server handlers, the workbench client and OpenAPI all derive from these values.
import type { z } from "zod";
import type { Permission } from "./user.ts";

export type Route = {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Fastify style: /api/conversations/:id */
  path: string;
  /** "public": no sign-in; "signed-in": any member; else the permission (or an API key's scope) needed. */
  access: "public" | "signed-in" | Permission;
  /** May an API key with that scope call it? */
  apiKey?: true;
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  /** Absent: 204, or a file described in `file`. */
  reply?: z.ZodType;
  file?: string;
  summary: string;
};

/** Keeps the literal types of a table of routes. */
export function defineRoutes<const Table extends Record<string, Route>>(table: Table): Table {
  return table;
}

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;
type Given<Schema> = Schema extends z.ZodType ? z.input<Schema> : undefined;
export type RouteParams<R extends Route> = Parsed<R["params"]>;
export type RouteQuery<R extends Route> = Parsed<R["query"]>;
export type RouteBody<R extends Route> = Parsed<R["body"]>;
export type RouteReply<R extends Route> = Parsed<R["reply"]>;
export type GivenParams<R extends Route> = Given<R["params"]>;
export type GivenQuery<R extends Route> = Given<R["query"]>;
export type GivenBody<R extends Route> = Given<R["body"]>;
