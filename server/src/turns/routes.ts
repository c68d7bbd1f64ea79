// HTTP of this room: the trace behind an answer.
import { routes } from "@yingda/contract";
import type { Services } from "../platform/context.ts";
import { type HttpApp, register } from "../platform/http/index.ts";
import { getTrace } from "./get-trace.ts";

export function turnsRoutes(app: HttpApp, _services: Services): void {
  register(app, routes.getTrace, (ctx, { params }) => getTrace(ctx, params.id));
}
