// HTTP of the shop's policies. Registered by the room's routes.

import { routes } from "@yingda/contract";
import { type HttpApp, register } from "../../../platform/http/index.ts";
import { createPolicy, deletePolicy, listPolicies, restorePolicy, updatePolicy } from "./shop-policies.ts";
import { tryPolicy } from "./try-policy.ts";

export function policyRoutes(app: HttpApp): void {
  register(app, routes.listPolicies, (ctx) => listPolicies(ctx));
  register(app, routes.createPolicy, (ctx, { body }) => createPolicy(ctx, body));
  register(app, routes.updatePolicy, (ctx, { params, body }) => updatePolicy(ctx, params.id, body));
  register(app, routes.deletePolicy, (ctx, { params }) => deletePolicy(ctx, params.id));
  register(app, routes.restorePolicy, (ctx, { params }) => restorePolicy(ctx, params.id));
  register(app, routes.tryPolicy, async (ctx, { body }) => tryPolicy(ctx, body));
}
