// HTTP of this room: what models cost.

import { routes } from "@yingda/contract";
import { setBudget } from "../inference/index.ts";
import type { Services } from "../platform/context.ts";
import { type HttpApp, register } from "../platform/http/index.ts";
import { exportUsage, getUsage } from "./usage.ts";

export function insightRoutes(app: HttpApp, _services: Services): void {
  register(app, routes.getUsage, (ctx, { query }) => getUsage(ctx, query.month));
  register(app, routes.exportUsage, (ctx, { query }) => exportUsage(ctx, query.month));
  register(app, routes.setBudget, (ctx, { body }) => setBudget(ctx, body));
}
