// HTTP of pinned statements. Registered by the room's routes.

import { routes } from "@yingda/contract";
import { type HttpApp, register } from "../../../platform/http/index.ts";
import {
  createIncident,
  deleteIncident,
  listIncidents,
  restoreIncident,
  updateIncident,
} from "./incidents.ts";

export function incidentRoutes(app: HttpApp): void {
  register(app, routes.listIncidents, (ctx) => listIncidents(ctx));
  register(app, routes.createIncident, (ctx, { body }) => createIncident(ctx, body));
  register(app, routes.updateIncident, (ctx, { params, body }) => updateIncident(ctx, params.id, body));
  register(app, routes.deleteIncident, (ctx, { params }) => deleteIncident(ctx, params.id));
  register(app, routes.restoreIncident, (ctx, { params }) => restoreIncident(ctx, params.id));
}
