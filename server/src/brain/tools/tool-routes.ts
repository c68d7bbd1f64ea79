// HTTP of a shop's tools. Registered by the room's routes.

import { type DescribedTools, routes, toolBounds } from "@yingda/contract";
import { requirePermission } from "../../accounts/index.ts";
import type { Ctx } from "../../platform/context.ts";
import { AppError } from "../../platform/errors.ts";
import { type HttpApp, register } from "../../platform/http/index.ts";
import { connectApplication, presentApplication } from "./catalogue/connect-application.ts";
import { type Application, families, findApplications, readCatalogue } from "./catalogue/index.ts";
import { describeMcp, describeOpenApi } from "./openapi/describe.ts";
import { listToolCalls } from "./shop/call-log.ts";
import {
  addConnection,
  deleteConnection,
  listTools,
  restoreConnection,
  updateConnection,
} from "./shop/manage-connections.ts";
import { addTool, deleteTool, restoreTool, updateTool } from "./shop/manage-tools.ts";
import { testTool } from "./shop/test-tool.ts";

/** A hundred tools of a large description. */
const large = { bodyLimit: 4 * 1_024 * 1_024 };
/** A file as one JSON text: what has to be escaped makes it longer. */
const description = { bodyLimit: 2 * toolBounds.descriptionBytes };

export function toolRoutes(app: HttpApp): void {
  register(app, routes.listTools, (ctx) => listTools(ctx));
  register(app, routes.addConnection, (ctx, { body }) => addConnection(ctx, body), large);
  register(app, routes.updateConnection, (ctx, { params, body }) => updateConnection(ctx, params.id, body));
  register(app, routes.deleteConnection, (ctx, { params }) => deleteConnection(ctx, params.id));
  register(app, routes.restoreConnection, (ctx, { params }) => restoreConnection(ctx, params.id));
  register(app, routes.addTool, (ctx, { params, body }) => addTool(ctx, params.id, body));
  register(app, routes.updateTool, (ctx, { params, body }) => updateTool(ctx, params.id, body));
  register(app, routes.deleteTool, (ctx, { params }) => deleteTool(ctx, params.id));
  register(app, routes.restoreTool, (ctx, { params }) => restoreTool(ctx, params.id));
  register(app, routes.testTool, (ctx, { params, body }) => testTool(ctx, params.id, body));
  register(app, routes.listToolCalls, (ctx, { query }) => listToolCalls(ctx, query));
  register(
    app,
    routes.describeOpenApi,
    (ctx, { body }): Promise<DescribedTools> => describeOpenApi(ctx, body),
    description,
  );
  register(app, routes.describeMcp, (ctx, { body }) => describeMcp(ctx, body));
  register(app, routes.listApplications, (ctx, { query }) => listApplications(ctx, query));
  register(app, routes.addApplication, (ctx, { params, body }) => {
    requirePermission(ctx, "settings-write");
    return addConnection(ctx, connectApplication(applicationNamed(params.slug), body.fields));
  });
}

function listApplications(ctx: Ctx, { q, family }: { q: string; family?: string | undefined }) {
  requirePermission(ctx, "settings-read");
  const known = families.find((each) => each === family);
  const found = findApplications(q, known === undefined ? {} : { family: known });
  return found.map(presentApplication);
}

function applicationNamed(slug: string): Application {
  const found = readCatalogue().find(({ id }) => id === slug);
  if (found === undefined) throw new AppError("tool/not-found");
  return found;
}
